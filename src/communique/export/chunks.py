"""A Record as rows of the tables, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from communique.export import event_rows, move_rows
from communique.export.record import Part, Record

Chunk = tuple[str, list[tuple[Any, ...]]]
T = TypeVar("T")
SIZE = 4000  # moves, threads or actors in one chunk


def chunks(record: Record) -> Iterator[Chunk]:
    """Names of tables with some of their rows. Each table's rows come in its order, however the tables alternate."""
    for part in record.parts():
        yield from event_chunks(part)
    for moves in record.move_rows():
        yield from move_rows.move_rows(moves).items()
    for threads in batches(record.threads(), SIZE):
        yield from move_rows.thread_rows(threads).items()
    for parties in batches(record.parties(), SIZE):
        yield "actors", move_rows.actor_rows(parties)
    yield "decisions", move_rows.decision_rows(record.decisions())
    yield "sources", move_rows.source_rows(record.sources())


def event_chunks(part: Part) -> Iterator[Chunk]:
    """The tables that hang on events."""
    events = [event for listed in part.events for event in listed]
    yield "events", event_rows.event_rows(part)
    yield "wide", event_rows.wide_rows(part)
    yield "event_actors", event_rows.party_rows(events)
    yield "terms", event_rows.term_rows(events)
    yield "attributions", event_rows.attribution_rows(events)
    yield "evidence", event_rows.evidence_rows(events)
    yield "articles", event_rows.article_rows(part.pages)


def batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values in lists of ``size``."""
    left = iter(values)
    while batch := list(islice(left, size)):
        yield batch
