"""The mode of an act: an offer or a plan, asked or demanded, met or talked.

A logistic model for each type: the chances that the encoder's head gives the type's modes, taken together with the
words that show the act and the word it turns on. The weights, ``modes.json`` of each network, are learnt by
``training/modes.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

import numpy as np

from communique.coding.labels import MODES
from communique.coding.linear import Linear

Span = tuple[int, int]
WEIGHTS = "modes.json"
MODES_OF = {kind: [(i, name) for i, (owner, name) in enumerate(MODES) if owner == kind] for kind, _ in MODES}
"""The modes of each type, with their places in the head's answer."""
LEAST = 1e-4
_WORDS = re.compile(r"[a-z]+(?:['’][a-z]+)?")


def turning_word(text: str, trigger: Span, sentence: Span) -> str:
    """The whole word that an act turns on, in lower case: the trigger may be a piece of it."""
    (start, end), (low, high) = trigger, sentence
    while start > low and text[start - 1].isalnum():
        start -= 1
    while end < high and text[end].isalnum():
        end += 1
    return text[start:end].lower()


def mode_clues(kind: str, chances: np.ndarray, words: str, turning: str) -> dict[str, float]:
    """What speaks for one mode or another of a type: the head's log odds, the act's ``words`` and ``turning`` word."""
    logs = [(name, math.log(max(float(chances[i]), LEAST))) for i, name in MODES_OF[kind]]
    mean = math.fsum(log for _, log in logs) / len(logs)
    found = {f"head {name}": log - mean for name, log in logs}
    found |= {f"word {word}": 1.0 for word in _WORDS.findall(words.lower())}
    found[f"turns on {turning}"] = 1.0
    return found


def mode_of(
    kind: str, chances: np.ndarray, words: str, turning: str, models: Mapping[str, Linear]
) -> tuple[str | None, Callable[[], str]]:
    """The likeliest mode of an act of a type, None where the type has no modes; and what tells on what it rests."""
    if kind not in MODES_OF:
        return None, lambda: "the type has none"
    model, found = models[kind], mode_clues(kind, chances, words, turning)
    told = model.chances(found)
    best = max(range(len(told)), key=told.__getitem__)
    return model.classes[best], lambda: f"chance {told[best]:.2f}, {_most(model, found, best)}"


def _most(model: Linear, found: Mapping[str, float], best: int) -> str:
    return f"most by {' and '.join(repr(clue) for clue in model.telling(found, best))}"
