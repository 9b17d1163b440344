"""Which event of a page answers which: a refusal its offer, a denial its charge.

A logistic model over what two acts have in common, learnt from gold pages by ``training/answering.py``; its weights
are ``model/answering.json``, one number for each clue named here.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from operator import mul

from communique.coding.draft import Draft, parties_of
from communique.coding.pieces import MODEL

LIKELY = 0.2
"""An answer is drawn where its chance reaches this: most precise within a point of the best recall on gold pages."""
ANSWERED_BY = {
    "ACCEPT": {"PROPOSE", "REQUEST", "THREATEN", "AGREE"},
    "REJECT": {"PROPOSE", "REQUEST", "CONSULT", "AGREE", "THREATEN"},
    "DENY": {"ACCUSE", "ACCEPT", "ASSAULT", "PROPOSE", "AGREE", "CONSULT", "MOBILIZE", "AID", "BREACH", "REQUEST"},
    "PROPOSE": {"PROPOSE", "REQUEST"},
    "AGREE": {"PROPOSE", "REQUEST"},
    "SUPPORT": {"PROPOSE"},
    "CONCEDE": {"REQUEST"},
    "REQUEST": {"PROPOSE"},
}
"""For each type that answers, the types it may answer."""
TOGETHER = (
    *product(("crossed", "toward its doer", "same doer"), ("same sentence", "next sentence")),
    *product(("is ACCEPT", "is REJECT"), ("answers PROPOSE", "answers REQUEST")),
    ("crossed", "words shared of fewer"),
)
"""Clues that say more together: two acts of one sentence often go the same way, and hardly ever cross unanswered."""
_BOTH = [(f"{one}, {two}", one, two) for one, two in TOGETHER]


@dataclass(frozen=True, slots=True)
class Side:
    """An act as seen for answering: its type, parties, the number of its sentence and the sentence's longer words."""

    type: str
    sources: frozenset[str]
    targets: frozenset[str]
    sentence: int
    words: frozenset[str]


def long_words(text: str) -> frozenset[str]:
    """The lower-case words of four letters and more."""
    return frozenset(re.findall(r"\w{4,}", text.lower()))


def clues(answer: Side, other: Side) -> dict[str, float]:
    """What speaks for ``answer`` answering ``other``: nearness, crossed parties, shared words, fitting types."""
    gap, shared = answer.sentence - other.sentence, answer.words & other.words
    toward, by = bool(answer.targets & other.sources), bool(answer.sources & other.targets)
    found: dict[str, float] = {
        "same sentence": gap == 0,
        "next sentence": abs(gap) == 1,
        "two sentences off": abs(gap) == 2,
        "told after": gap >= 0,
        "toward its doer": toward,
        "by its addressee": by,
        "crossed": toward and by,
        "neither way": bool(answer.targets) and not toward and not by,
        "same doer": bool(answer.sources & other.sources),
        "same target": bool(answer.targets & other.targets),
        "answer has no target": not answer.targets,
        "other has no target": not other.targets,
        "just toward its doer": answer.targets == other.sources,
        "answers PROPOSE": other.type == "PROPOSE",
        "answers REQUEST": other.type == "REQUEST",
        "answers ACCUSE": other.type == "ACCUSE",
        "is ACCEPT": answer.type == "ACCEPT",
        "is DENY": answer.type == "DENY",
        "is REJECT": answer.type == "REJECT",
        "distance": min(abs(gap), 15) / 15,
        "words shared of all": len(shared) / max(1, len(answer.words | other.words)),
        "words shared of fewer": len(shared) / max(1, min(len(answer.words), len(other.words))),
    }
    return found | {both: found[one] * found[two] for both, one, two in _BOTH}


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads((MODEL / "answering.json").read_text(encoding="utf-8"))
    return weights


def chance(answer: Side, other: Side) -> float:
    """The chance that the first act answers the second."""
    weights, found = _weights(), clues(answer, other)
    score = weights["bias"] + sum(map(mul, map(weights.__getitem__, found), found.values()))
    return 1 / (1 + math.exp(-score))


def answers(groups: Sequence[Sequence[Draft]], text_of: Sequence[str]) -> list[int | None]:
    """For each act (its drafts) the position of the act it answers, or None. ``text_of`` are the page's sentences."""
    words = {n: long_words(text_of[n]) for n in {group[0].sentence for group in groups}}
    sides = [_side(group[0], words) for group in groups]
    said = [_said(i, groups) for i in range(len(groups))]
    return [_answered(i, sides) if partner is None else partner for i, partner in enumerate(said)]


def _said(i: int, groups: Sequence[Sequence[Draft]]) -> int | None:
    """The act that the words themselves say is answered ("turned down a U.S. offer")."""
    partners = [d.partner for d in groups[i] if d.partner is not None]
    homes = (j for j, group in enumerate(groups) if j != i and any(d is p for d in group for p in partners))
    return next(homes, None) if partners else None


def _side(draft: Draft, words: Mapping[int, frozenset[str]]) -> Side:
    sources, targets = frozenset(parties_of(draft.sources)), frozenset(parties_of(draft.targets))
    return Side(draft.type, sources, targets, draft.sentence, words[draft.sentence])


def _answered(i: int, sides: Sequence[Side]) -> int | None:
    fitting = ANSWERED_BY.get(sides[i].type, set())
    ranked = [(chance(sides[i], other), j) for j, other in enumerate(sides) if j != i and other.type in fitting]
    best = max(ranked, default=(0.0, -1))
    return best[1] if best[0] >= LIKELY else None
