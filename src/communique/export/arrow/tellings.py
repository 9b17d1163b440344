"""Which move and thread each event of a ledger tells of. Held at once: some 60 bytes an event."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from sqlalchemy import select

from communique.export.arrow.asking import Ask
from communique.export.arrow.lists import Numbers
from communique.export.arrow.parts import numbers, plain
from communique.ledger import schema


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
        moves = ask(select(move.c.id, move.c.thread_id, move.c.key))
        threads = ask(select(thread.c.id, thread.c.key, thread.c.matter, thread.c.outcome))
        self._event, self._move = _by_id(told, "event_id", numbers(told["move_id"]))
        self._moves, self._threads = Rows(moves), Rows(threads)

    def of(self, events: pa.ChunkedArray) -> Telling:
        """What some events tell of, by their ids."""
        ids = numbers(events)
        at = np.searchsorted(self._event, ids)
        at[at == len(self._event)] = 0
        told = self._event[at] == ids if len(self._event) else np.zeros(len(ids), bool)
        move = self._moves.where(pa.array(self._move[at] if len(self._move) else ids, mask=~told))
        thread = self._threads.where(self._moves.column("thread_id").take(move))
        wanted = (self._threads.column(name).take(thread) for name in ("key", "matter", "outcome"))
        return Telling(self._moves.column("key").take(move), *wanted)


class Rows:
    """Rows of a table that are found by their ids."""

    def __init__(self, rows: pa.Table) -> None:
        self._rows = rows.combine_chunks()
        self._ids, self._places = _by_id(rows, "id", np.arange(len(rows)))

    def column(self, name: str) -> pa.Array:
        return plain(self._rows[name])

    def where(self, ids: pa.Array) -> pa.Array:
        """The place of each id; null where it is null, or there is no such row."""
        if not len(self._ids):
            return pa.nulls(len(ids), pa.int64())
        wanted = ids.fill_null(-1).to_numpy()
        at = np.minimum(np.searchsorted(self._ids, wanted), len(self._ids) - 1)
        return pa.array(self._places[at], mask=self._ids[at] != wanted)


def _by_id(rows: pa.Table, name: str, values: Numbers) -> tuple[Numbers, Numbers]:
    """Ids in order, and the values beside them."""
    ids = numbers(rows[name])
    order = np.argsort(ids, kind="stable")
    return ids[order], values[order]


def no_telling(count: int) -> Telling:
    """Of events that are not asked what they tell of."""
    return Telling(*[pa.nulls(count, pa.string())] * 4)
