"""Boosted trees at run time: a JSON file of splits, read with plain Python.

The file holds ``classes``, ``start`` (one number a class, or one for two classes), ``rate`` and ``trees``: a list of
rounds, each one tree a class, each tree a list of nodes ``[feature, threshold, left, right]`` or ``[value]``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Node = list[float]


@dataclass(frozen=True, slots=True)
class Trees:
    """A boosted model. ``classes`` are in the order of the scores; two classes share one score."""

    classes: tuple[str, ...]
    start: tuple[float, ...]
    rate: float
    rounds: tuple[tuple[tuple[Node, ...], ...], ...]

    def scores(self, row: Sequence[float]) -> list[float]:
        """The raw score of each class (of the second, where there are two)."""
        total = list(self.start)
        for trees in self.rounds:
            for number, tree in enumerate(trees):
                total[number] += self.rate * _leaf(tree, row)
        return total

    def chances(self, row: Sequence[float]) -> dict[str, float]:
        """The chance of each class; they sum to one."""
        scores = self.scores(row)
        if len(scores) == 1:
            scores = [0.0, scores[0]]
        top = max(scores)
        weights = [math.exp(score - top) for score in scores]
        return {name: weight / sum(weights) for name, weight in zip(self.classes, weights, strict=True)}


def _leaf(tree: Sequence[Node], row: Sequence[float]) -> float:
    node = tree[0]
    while len(node) > 1:
        node = tree[int(node[2] if row[int(node[0])] <= node[1] else node[3])]
    return node[0]


@cache
def load(name: str) -> Trees:
    """A model shipped in ``coding/model``. Raises FileNotFoundError where there is none of that name."""
    raw = json.loads(files("communique.coding").joinpath("model", name).read_text(encoding="utf-8"))
    rounds = tuple(tuple(tuple(tree) for tree in trees) for trees in raw["trees"])
    return Trees(tuple(raw["classes"]), tuple(raw["start"]), raw["rate"], rounds)
