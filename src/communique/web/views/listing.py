"""A part of a list, the latest first: of threads, or of acts, that pass some filters.

The list is walked from its top, in the order of last days. Days asked for end the walk early, but those that began
before the last day may end long after it; almost none do, so the few that took long are remembered and put first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, Table, select

from communique.ledger import schema
from communique.ledger.filters import Filters
from communique.ledger.prepared import KEPT, Prepared, several
from communique.ledger.queries import latest_of
from communique.ledger.sets import rows_in
from communique.web.room import Room

LONG = 60  # days: what took longer is remembered
Narrow = Callable[..., Select[Any]]  # a query for ids, filters and whatever else is asked for, to the narrowed query
Wide = Sequence[tuple[int, int, int]]  # id, first day, last day

_BODIES = {
    table.name: Prepared(select(table.c.id, table.c.body).where(table.c.id.in_(several())))
    for table in (schema.thread, schema.move)
}


def part(
    room: Room, table: Table, narrow: Narrow, filters: Filters, *asks: Any, most: int, start: int = 0
) -> list[Any]:
    """The ``id`` and ``body`` of ``most`` rows that ``narrow`` leaves, after the first ``start``."""
    first = _late_enders(room, table, narrow, filters, *asks) if filters.days else []
    shown = first[start : start + most]
    rows = bodies(room, table, shown)
    rest = _kept(table, narrow, filters, *asks)
    return rows + rest.rows(room.connection, most=most - len(shown), start=max(0, start - len(first)))


def bodies(room: Room, table: Table, ids: Sequence[int]) -> list[Any]:
    """The ``id`` and ``body`` of some rows, in the order of ``ids``."""
    rows = {row.id: row for row in _BODIES[table.name].rows_in(room.connection, ids)}
    return [rows[number] for number in ids]


@lru_cache(KEPT)
def _kept(table: Table, narrow: Narrow, filters: Filters, *asks: Any) -> Prepared:
    """The query for what does not end long after the days asked for, kept for the filters asked for lately."""
    ids = select(table.c.id)
    if filters.days:  # before all else, or SQLite begins at a later day that another condition names
        ids = ids.where(table.c.until <= filters.days[1] + LONG)
    return latest_of(table, narrow(ids, filters, *asks))


def _late_enders(room: Room, table: Table, narrow: Narrow, filters: Filters, *asks: Any) -> Sequence[int]:
    """The ids of what passes the filters and ends more than LONG days after the last day asked for, in order."""
    assert filters.days is not None
    last = filters.days[1]

    def find() -> Sequence[int]:
        late = [number for number, since, until in _wide(room, table) if until > last + LONG and since <= last]
        kept = {
            row[0] for row in rows_in(room.connection, narrow(select(table.c.id), filters, *asks), table.c.id, late)
        }
        return [number for number in late if number in kept]

    return room.recall(("late", table.name, narrow, filters, *asks), find)


def _wide(room: Room, table: Table) -> Wide:
    """What took more than LONG days, or may have, the latest end first."""
    query = select(table.c.id, table.c.since, table.c.until).where(table.c.until - table.c.since > LONG)
    query = query.order_by(table.c.until.desc(), table.c.id.desc())
    return room.recall(("wide", table.name), lambda: room.connection.execute(query).all())
