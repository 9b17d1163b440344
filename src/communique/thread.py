"""A Thread is a proposal or demand and what became of it: moves joined by links, in time order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from communique.move import Dispute

LinkKind = Literal["answers", "counters", "version", "agreement", "breach", "fulfils", "talks", "supports"]
Outcome = Literal[
    "open",
    "accepted",
    "conditionally accepted",
    "rejected",
    "countered",
    "agreed",
    "broken",
    "disputed",
]
Stance = Literal["proposes", "demands", "accepts", "accepts conditionally", "rejects", "supports", "denies", "agrees"]


@dataclass(frozen=True, slots=True)
class Link:
    """A later move (``move``) and what it stands to (``to``): it ``answers`` it, ``counters`` it, ...

    ``score`` is 1.0 where one page itself says so, else how alike the matters are (0..1).
    """

    move: str
    to: str
    kind: LinkKind
    score: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        """The link as plain values, ready for JSON."""
        return {"move": self.move, "to": self.to, "kind": self.kind, "score": round(self.score, 3)}


@dataclass(frozen=True, slots=True)
class Thread:
    """What was put on the table (``root``) and what became of it.

    ``outcome`` was reached on ``outcome_date`` (ISO 8601 or None) and rests on the moves in
    ``rests_on``. ``matter`` is what the thread is about in the words of its first reports;
    ``said_by`` names each independent source.
    """

    id: str
    root: str
    matter: str
    outcome: Outcome
    outcome_date: str | None
    rests_on: tuple[str, ...]
    moves: tuple[str, ...]
    links: tuple[Link, ...]
    actors: tuple[str, ...]
    since: int | None
    until: int | None
    outlets: tuple[str, ...]
    sources: tuple[str, ...]
    said_by: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The thread as plain values, ready for JSON."""
        return {
            "id": self.id,
            "root": self.root,
            "matter": self.matter,
            "outcome": self.outcome,
            "outcome_date": self.outcome_date,
            "rests_on": list(self.rests_on),
            "moves": list(self.moves),
            "links": [link.to_dict() for link in self.links],
            "actors": list(self.actors),
            "outlets": list(self.outlets),
            "independent_sources": list(self.sources),
            "said_by": list(self.said_by),
            "disputes": [dispute.to_dict() for dispute in self.disputes],
        }


@dataclass(frozen=True, slots=True)
class Position:
    """Where ``actor`` stood on ``matter`` at ``date``, read off ``move``.

    ``changed`` is true where the stance is not the one the actor took before on that matter.
    """

    actor: str
    matter: str
    thread: str
    stance: Stance
    date: str | None
    move: str
    changed: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The position as plain values, ready for JSON."""
        return {
            "actor": self.actor,
            "matter": self.matter,
            "thread": self.thread,
            "stance": self.stance,
            "date": self.date,
            "move": self.move,
            "changed": self.changed,
        }
