"""Logistic models over clues that have names, at run time: one weight a clue and class.

A file holds for each model its ``classes``, a ``bias`` for each class, and under ``clues`` the weights of
each clue, in the order of the classes. A clue that the file does not name says nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Weights = list[float]


@dataclass(frozen=True, slots=True)
class Linear:
    """One model: its classes, and what speaks for each of them."""

    classes: tuple[str, ...]
    bias: Weights
    clues: Mapping[str, Weights]

    def chances(self, found: Mapping[str, float]) -> list[float]:
        """The chance of each class, in their order, where these clues are found."""
        sums = list(self.bias)
        for clue, value in found.items():
            weights = self.clues.get(clue)
            if weights is not None and value:
                for number, weight in enumerate(weights):
                    sums[number] += value * weight
        top = max(sums)
        powers = [math.exp(one - top) for one in sums]
        whole = math.fsum(powers)
        return [power / whole for power in powers]

    def telling(self, found: Mapping[str, float], number: int, most: int = 2) -> list[str]:
        """The clues found that speak most for a class against the mean of all, the weightiest first."""
        gains = [(_gain(self.clues[c], number) * v, c) for c, v in found.items() if c in self.clues]
        return [clue for gain, clue in sorted(gains, reverse=True)[:most] if gain > 0]


def _gain(weights: Weights, number: int) -> float:
    return weights[number] - math.fsum(weights) / len(weights)


@cache
def load(path: Path) -> dict[str, Linear]:
    """The models of a file, by their names."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return {key: Linear(tuple(one["classes"]), one["bias"], one["clues"]) for key, one in raw.items()}
