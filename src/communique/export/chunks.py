"""A Record as rows of the tables, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from communique.export import event_rows, move_rows
from communique.export.record import EventRow, Part, Record
from communique.export.tables import chosen

Rows = list[tuple[Any, ...]]
Chunk = tuple[str, Rows]
T = TypeVar("T")
SIZE = 4000  # moves, threads or actors in one chunk


OF_EVENTS: dict[str, Callable[[list[EventRow]], Rows]] = {
    "event_actors": event_rows.party_rows,
    "terms": event_rows.term_rows,
    "attributions": event_rows.attribution_rows,
    "evidence": event_rows.evidence_rows,
}
OF_PARTS: dict[str, Callable[[Part], Rows]] = {
    "events": event_rows.event_rows,
    "wide": event_rows.wide_rows,
    "articles": lambda part: event_rows.article_rows(part.pages),
}
OF_MOVES = frozenset({"moves", "move_actors", "move_reports", "move_sources", "disputes"})
OF_THREADS = frozenset({"threads", "thread_moves", "thread_actors", "answers", "disputes"})


def chunks(record: Record) -> Iterator[Chunk]:
    """Names of the tables that were asked for with some of their rows.

    Each table's rows come in its order, however the tables alternate. What no table needs is not read.
    """
    names = chosen(record.focus.tables)
    if names.keys() & (OF_EVENTS.keys() | OF_PARTS.keys()):
        for part in record.parts():
            yield from event_chunks(part, names)
    if names.keys() & OF_MOVES:
        for moves in record.move_rows():
            yield from _of(names, move_rows.move_rows(moves))
    if names.keys() & OF_THREADS:
        for threads in batches(record.threads(), SIZE):
            yield from _of(names, move_rows.thread_rows(threads))
    yield from small_chunks(record, names)


def small_chunks(record: Record, names: Container[str]) -> Iterator[Chunk]:
    """The tables that are small however large the source is: parties, decisions and outlets."""
    if "actors" in names:
        for parties in batches(record.parties(), SIZE):
            yield "actors", move_rows.actor_rows(parties)
    if "decisions" in names:
        yield "decisions", move_rows.decision_rows(record.decisions())
    if "sources" in names:
        yield "sources", move_rows.source_rows(record.sources())


def event_chunks(part: Part, names: Container[str]) -> Iterator[Chunk]:
    """The tables that hang on events."""
    yield from ((name, rows(part)) for name, rows in OF_PARTS.items() if name in names)
    events = [event for listed in part.events for event in listed]
    yield from ((name, rows(events)) for name, rows in OF_EVENTS.items() if name in names)


def _of(names: Container[str], found: dict[str, Rows]) -> Iterator[Chunk]:
    return (chunk for chunk in found.items() if chunk[0] in names)


def batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values in lists of ``size``."""
    left = iter(values)
    while batch := list(islice(left, size)):
        yield batch
