"""The columns of a table of records: name, kind of value, and where the value comes from. Missing is None."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from communique.actor import Actor
from communique.api.records import Disputed, Party, ToldEvent
from communique.linking.days import bounds
from communique.move import Dispute, Move
from communique.thread import Position, Thread

T = TypeVar("T")
Kind = Literal["text", "number", "share", "yes", "day", "texts", "terms", "links", "disputes", "sides"]


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: its name, what kind of values it holds, and how a record gives its value."""

    name: str
    kind: Kind
    value: Callable[[T], Any]


def _day(ordinal: int | None) -> dt.date | None:
    return None if ordinal is None else dt.date.fromordinal(ordinal)


def _edge(date: str | None, last: bool) -> dt.date | None:
    """The first or last day of a codebook date, which may be a range."""
    first_part, _, last_part = (date or "").partition("/")
    found = bounds((last_part or first_part) if last else first_part)
    return _day(found[last]) if found else None


def _disputes(listed: Sequence[Dispute]) -> list[dict[str, Any]]:
    return [dispute.to_dict() for dispute in listed]


def _ids(actors: Sequence[Actor]) -> list[str]:
    return [actor.id for actor in actors]


def _names(actors: Sequence[Actor]) -> list[str]:
    return [actor.name for actor in actors]


def _terms(told: ToldEvent) -> list[dict[str, Any]]:
    return [
        {"role": t.role, "actor": t.actor, "quote": t.evidence.quote, "start": t.evidence.start, "end": t.evidence.end}
        for t in told.event.terms
    ]


def _answers(told: ToldEvent) -> str | None:
    return f"{told.page}-{told.event.answers}" if told.event.answers else None


THREADS: tuple[Column[Thread], ...] = (
    Column("id", "text", lambda t: t.id),
    Column("matter", "text", lambda t: t.matter),
    Column("outcome", "text", lambda t: t.outcome),
    Column("outcome_date", "text", lambda t: t.outcome_date),
    Column("first_day", "day", lambda t: _day(t.since)),
    Column("last_day", "day", lambda t: _day(t.until)),
    Column("actors", "texts", lambda t: list(t.actors)),
    Column("root", "text", lambda t: t.root),
    Column("moves", "texts", lambda t: list(t.moves)),
    Column("rests_on", "texts", lambda t: list(t.rests_on)),
    Column("links", "links", lambda t: [link.to_dict() for link in t.links]),
    Column("outlets", "texts", lambda t: list(t.outlets)),
    Column("independent_sources", "texts", lambda t: list(t.sources)),
    Column("said_by", "texts", lambda t: list(t.said_by)),
    Column("disputes", "disputes", lambda t: _disputes(t.disputes)),
)
MOVES: tuple[Column[Move], ...] = (
    Column("id", "text", lambda m: m.id),
    Column("type", "text", lambda m: m.type),
    Column("mode", "text", lambda m: m.mode),
    Column("sources", "texts", lambda m: list(m.actors)),
    Column("targets", "texts", lambda m: list(m.targets)),
    Column("about", "text", lambda m: m.about),
    Column("date", "text", lambda m: m.date),
    Column("first_day", "day", lambda m: _day(m.since)),
    Column("last_day", "day", lambda m: _day(m.until)),
    Column("status", "text", lambda m: m.status),
    Column("quote", "text", lambda m: m.quote),
    Column("reports", "texts", lambda m: list(m.reports)),
    Column("outlets", "texts", lambda m: list(m.outlets)),
    Column("independent_sources", "texts", lambda m: list(m.sources)),
    Column("said_by", "texts", lambda m: list(m.said_by)),
    Column("contested_by", "texts", lambda m: list(m.contested)),
    Column("disputes", "disputes", lambda m: _disputes(m.disputes)),
)
EVENTS: tuple[Column[ToldEvent], ...] = (
    Column("id", "text", lambda e: e.id),
    Column("page", "text", lambda e: e.page),
    Column("outlet", "text", lambda e: e.outlet),
    Column("title", "text", lambda e: e.title),
    Column("published", "text", lambda e: e.published),
    Column("url", "text", lambda e: e.url),
    Column("type", "text", lambda e: e.event.type),
    Column("mode", "text", lambda e: e.event.mode),
    Column("sources", "texts", lambda e: _ids(e.event.sources)),
    Column("targets", "texts", lambda e: _ids(e.event.targets)),
    Column("source_names", "texts", lambda e: _names(e.event.sources)),
    Column("target_names", "texts", lambda e: _names(e.event.targets)),
    Column("about", "text", lambda e: e.event.about),
    Column("date", "text", lambda e: e.event.date),
    Column("first_day", "day", lambda e: _edge(e.event.date, False)),
    Column("last_day", "day", lambda e: _edge(e.event.date, True)),
    Column("place", "text", lambda e: e.event.place),
    Column("status", "text", lambda e: e.event.status),
    Column("according_to", "texts", lambda e: list(e.event.according_to)),
    Column("terms", "terms", _terms),
    Column("answers", "text", _answers),
    Column("quote", "text", lambda e: e.event.evidence.quote),
    Column("start", "number", lambda e: e.event.evidence.start),
    Column("end", "number", lambda e: e.event.evidence.end),
    Column("confidence", "share", lambda e: e.event.confidence),
    Column("move", "text", lambda e: e.move),
    Column("thread", "text", lambda e: e.thread),
    Column("coder", "text", lambda e: e.coder),
    Column("coder_version", "text", lambda e: e.coder_version),
    Column("codebook_version", "text", lambda e: e.codebook_version),
)
ACTORS: tuple[Column[Party], ...] = (
    Column("id", "text", lambda a: a.id),
    Column("name", "text", lambda a: a.name),
    Column("moves", "number", lambda a: a.moves),
    Column("made", "number", lambda a: a.made),
    Column("received", "number", lambda a: a.received),
)
DISPUTES: tuple[Column[Disputed], ...] = (
    Column("id", "text", lambda d: d.id),
    Column("of", "text", lambda d: d.of),
    Column("kind", "text", lambda d: d.dispute.kind),
    Column("sides", "sides", lambda d: d.dispute.to_dict()["sides"]),
)
POSITIONS: tuple[Column[Position], ...] = (
    Column("actor", "text", lambda p: p.actor),
    Column("matter", "text", lambda p: p.matter),
    Column("thread", "text", lambda p: p.thread),
    Column("stance", "text", lambda p: p.stance),
    Column("date", "text", lambda p: p.date),
    Column("move", "text", lambda p: p.move),
    Column("changed", "yes", lambda p: p.changed),
)
