"""An Event is one act as one article reports it.

On page P, outlet O, citing S, reports that A did V toward B about M on D; these words show it.
Fields and values follow the codebook (``communique codebook``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from communique.actor import Actor
from communique.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Term:
    """What a proposal gives, asks, or makes a condition: role, party id (or None) and words."""

    role: str
    actor: str | None
    evidence: Evidence

    def to_dict(self) -> dict[str, Any]:
        """The term as plain values, in the codebook's field names, ready for JSON."""
        span = [self.evidence.start, self.evidence.end]
        return {"role": self.role, "actor": self.actor, "quote": self.evidence.quote, "span": span}


@dataclass(frozen=True, slots=True)
class Event:
    """One act, with the words that show it.

    ``id`` is unique in its page (``e1``, ``e2``, ...). ``date`` is ``YYYY``, ``YYYY-MM``,
    ``YYYY-MM-DD``, a range ``start/end``, or None. ``according_to`` names the chain of
    sources, nearest to the fact first, and is empty when the page says it in its own voice.
    ``answers`` is the id of the event in the same page that this one answers.
    ``confidence`` is the calibrated chance, 0..1, that a careful coder would record it.
    """

    id: str
    type: str
    mode: str | None
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    evidence: Evidence
    about: str | None = None
    date: str | None = None
    place: str | None = None
    status: str = "actual"
    according_to: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    answers: str | None = None
    mentions: tuple[Evidence, ...] = ()
    confidence: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        """The event as plain values, in the codebook's field names, ready for JSON."""
        return {
            "id": self.id,
            "type": self.type,
            "mode": self.mode,
            "sources": [{"name": a.name, "id": a.id} for a in self.sources],
            "targets": [{"name": a.name, "id": a.id} for a in self.targets],
            "about": self.about,
            "date": self.date,
            "place": self.place,
            "status": self.status,
            "according_to": list(self.according_to),
            "terms": [term.to_dict() for term in self.terms],
            "answers": self.answers,
            "quote": self.evidence.quote,
            "span": [self.evidence.start, self.evidence.end],
            "mentions": [m.quote for m in self.mentions],
            "mention_spans": [[m.start, m.end] for m in self.mentions],
            "confidence": round(self.confidence, 3),
        }
