"""Triage: whether a page may hold an event, told from its words alone, thousands of pages a second.

Each sentence gets a chance of telling an act from the parties and the weighed words in it; the page gets one from its
likeliest sentences. Both are logistic regressions, fitted by ``python -m training.triage`` and kept in
``triage.json``, which also holds the chance below which a page is passed over.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from communique.batch.scan import Found, Scan, straight

WEIGHTS = Path(__file__).with_name("triage.json")
LONGEST = 16_000
"""Bytes of a text that are looked at: an article says what it is about before that."""
MOST_PARTIES = 3
BEST = 5
"""So many of a page's likeliest sentences are weighed one by one."""
FEATURES = (*(f"best {n}" for n in range(1, BEST + 1)), "expected")


class Triage:
    """The weights in matching form. ``least`` is the chance from which on a page is to be coded."""

    def __init__(self, weights: dict[str, Any]) -> None:
        words = list(weights["words"])
        self.scan = Scan(words)
        self._token = np.array([weights["kinds"].get(token, 0.0) for token in self.scan.tokens])
        self._token[len(self.scan.tokens) - len(words) :] = list(weights["words"].values())
        self._parties = np.array(weights["parties"])
        self._page = np.array(weights["page"])
        self._bias: float = weights["bias"]
        self.least: float = weights["least"]

    def chance(self, prose: bytes) -> float:
        """The chance, 0..1, that a page with this text holds an event (``prose.html_prose`` or ``text_prose``)."""
        logits = self.sentence_logits(self.scan(straight(prose[:LONGEST])))
        return float(1 / (1 + np.exp(-(self._bias + page_features(logits) @ self._page))))

    def sentence_logits(self, found: Found) -> np.ndarray:
        """The log odds of each sentence to tell an act."""
        words = np.bincount(found.sentence, self._token[found.token], len(found.parties))
        logits: np.ndarray = words + self._parties[np.minimum(found.parties, MOST_PARTIES)]
        return logits


def page_features(logits: np.ndarray) -> np.ndarray:
    """What the page is judged by (FEATURES): its best sentences' log odds, and how many acts it may tell."""
    found = np.full(BEST + 1, -8.0)
    kept = np.sort(logits)[: -BEST - 1 : -1]
    found[: len(kept)] = np.minimum(np.maximum(kept, -8), 8)
    found[BEST] = np.log1p((1 / (1 + np.exp(-np.minimum(np.maximum(logits, -30), 30)))).sum())
    return found


@cache
def triage() -> Triage:
    """The shipped triage, loaded once in a process."""
    return Triage(json.loads(WEIGHTS.read_text(encoding="utf-8")))
