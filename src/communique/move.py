"""A Move is one act in the world: all Events, from any page, that tell of it.

It knows which outlets assert it, which hang it on whom, and where they differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

DisputeKind = Literal["whether", "who", "direction", "date", "terms", "acceptance"]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: what it says, which sources say so, and the words of each report."""

    says: str
    sources: tuple[str, ...]
    reports: tuple[str, ...]
    words: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The side as plain values, ready for JSON."""
        return {
            "says": self.says,
            "sources": list(self.sources),
            "reports": list(self.reports),
            "words": list(self.words),
        }


@dataclass(frozen=True, slots=True)
class Dispute:
    """A point on which sources differ: its kind, and at least two sides."""

    kind: DisputeKind
    sides: tuple[Side, ...]

    def to_dict(self) -> dict[str, Any]:
        """The dispute as plain values, ready for JSON."""
        return {"kind": self.kind, "sides": [side.to_dict() for side in self.sides]}


@dataclass(frozen=True, slots=True)
class Move:
    """One act, told by ``reports`` (keys of Events).

    ``id`` is ``m-`` and the key of the move's first report; the key of any of its reports names the
    move as well, so an id once written down never goes dead. ``since`` and ``until`` are the days
    (proleptic ordinals) between which it took place, None where open. ``outlets`` published it;
    ``sources`` are the *independent* ones: copies of one wire, or papers citing one paper, count once; ``said_by``
    names each in words. ``contested`` are reports that deny it or say that it did not happen.
    """

    id: str
    type: str
    mode: str | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    about: str | None
    date: str | None
    since: int | None
    until: int | None
    status: str
    reports: tuple[str, ...]
    outlets: tuple[str, ...]
    sources: tuple[str, ...]
    words: dict[str, float]
    quote: str
    said_by: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The move as plain values, ready for JSON (without its weighted words)."""
        return {
            "id": self.id,
            "type": self.type,
            "mode": self.mode,
            "sources": list(self.actors),
            "targets": list(self.targets),
            "about": self.about,
            "date": self.date,
            "status": self.status,
            "quote": self.quote,
            "reports": list(self.reports),
            "outlets": list(self.outlets),
            "independent_sources": list(self.sources),
            "said_by": list(self.said_by),
            "contested_by": list(self.contested),
            "disputes": [dispute.to_dict() for dispute in self.disputes],
        }
