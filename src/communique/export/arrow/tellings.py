"""Which move and thread each event of a ledger tells of. Held at once: some 60 bytes an event."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from sqlalchemy import select

from communique.export.arrow.asking import Ask
from communique.export.arrow.coded import recoded
from communique.export.arrow.lists import Ids, Numbers
from communique.export.arrow.made import numbers_in, of_numbers
from communique.export.arrow.parts import numbers, plain
from communique.ledger import schema

Few = np.ndarray[Any, np.dtype[np.int32]]


class Telling(NamedTuple):
    """Keys of the move and thread, and the thread's matter and outcome, for each of some events; null without any."""

    move: pa.Array
    thread: pa.Array
    matter: pa.Array
    outcome: pa.Array


class Tellings:
    """The moves and threads of all events."""

    def __init__(self, ask: Ask) -> None:
        report, move, thread = schema.report, schema.move, schema.thread
        told = ask(select(report.c.event_id, report.c.move_id).where(report.c.move_id.is_not(None)))
        moves, inside = ask(select(move.c.id, move.c.key)), ask(select(move.c.id, move.c.thread_id))
        threads = ask(select(thread.c.id, thread.c.key, thread.c.matter, thread.c.outcome))
        self._threads = Rows(threads)
        self._keys = plain(moves["key"])
        places = Ids(numbers(moves["id"]))
        self._thread = np.full(len(moves), -1, np.int32)  # by the place of the move
        thread_of = numbers(inside["thread_id"])
        self._thread[places.places(numbers(inside["id"]))] = self._threads.places(thread_of)
        self._events = Ids(numbers(told["event_id"]))
        self._move = places.places(numbers(told["move_id"])).astype(np.int32)  # by the place of the event

    def of(self, events: pa.ChunkedArray) -> Telling:
        """What some events tell of, by their ids."""
        event = self._events.places(numbers(events))
        move = _at(self._move, event)
        threads, where = np.unique(_at(self._thread, move), return_inverse=True)
        some, each = _indices(threads), of_numbers(where)
        wanted = (recoded(self._threads.column(name).take(some), each) for name in ("key", "matter", "outcome"))
        return Telling(self._keys.take(_indices(move)), *wanted)


def _at(values: Few, places: Numbers) -> Numbers:
    """The values at some places; -1 for -1."""
    return np.where(places < 0, -1, values[places]) if len(values) else np.full(len(places), -1)


def _indices(places: Numbers) -> pa.Array:
    """Places as Arrow takes them: null for -1."""
    return of_numbers(places, places >= 0)


class Rows:
    """Rows of a table that are found by their ids."""

    def __init__(self, rows: pa.Table) -> None:
        self._rows = rows.combine_chunks()
        self._ids = Ids(numbers(rows["id"]))

    def column(self, name: str) -> pa.Array:
        """A column."""
        return plain(self._rows[name])

    def places(self, ids: Numbers) -> Numbers:
        """The place of each id; -1 where there is no such row."""
        return self._ids.places(ids)

    def of(self, ids: pa.Array, name: str) -> pa.Array:
        """The value of a column for each id; null where it is null, or there is no such row."""
        return self.column(name).take(_indices(self.places(numbers_in(ids))))


def no_telling(count: int) -> Telling:
    """Of events that are not asked what they tell of."""
    return Telling(*[pa.nulls(count, pa.string())] * 4)
