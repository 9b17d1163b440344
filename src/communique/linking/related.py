"""Threads that stand beside each other: the same parties on the same matter, and none a part of the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from communique.linking.parties import alike
from communique.linking.words import likeness, matters
from communique.move import Move

NEEDED = 0.2  # likeness of what two threads began with
NAMED = 0.12  # where both name one matter ("step down", "departure")
MOST = 10


@dataclass(frozen=True, slots=True)
class Related:
    """Another thread, how alike its matter is (0..1), and whether it ``mirror``s this: who asks here is asked there."""

    thread: str
    score: float
    mirror: bool

    def to_dict(self) -> dict[str, Any]:
        """The relation as plain values, ready for JSON."""
        return {"thread": self.thread, "score": round(self.score, 3), "mirror": self.mirror}


def related(root: Move, others: Iterable[tuple[str, Move]]) -> list[Related]:
    """Of other threads (by id, each with its first move) those related to one begun with ``root``, mirrors first."""
    found = []
    for thread, other in others:
        score = likeness(root.words, other.words)
        shared = {*root.actors, *root.targets} & {*other.actors, *other.targets}
        if score >= _needed(root, other) and len(shared) >= 2:
            found.append(Related(thread, round(score, 4), _mirrors(root, other)))
    return sorted(found, key=lambda r: (not r.mirror, -r.score, r.thread))[:MOST]


def _needed(a: Move, b: Move) -> float:
    return NAMED if matters() & a.words.keys() & b.words.keys() else NEEDED


def _mirrors(a: Move, b: Move) -> bool:
    if not a.targets or not b.targets:
        return False
    return alike(a.actors, b.targets) > 0 and alike(a.targets, b.actors) > 0 and alike(a.actors, b.actors) < 1
