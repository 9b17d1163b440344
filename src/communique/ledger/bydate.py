"""How many acts of each type fall on each day, or in each month where days do not matter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from communique.ledger import schema
from communique.ledger.acts import Acts
from communique.ledger.filters import Filters

MONTHS = 12  # a ledger of fewer months is counted by day
Counted = Sequence[tuple[str, int | None, int]]


def by_day(connection: Connection, filters: Filters) -> Counted:
    """Type, last possible day (an ordinal; None for undated acts) and number of acts.

    Of a long record without filters, or with one for a type only, all acts of a month stand on its first day.
    """
    if filters == Filters(type=filters.type):
        months = _by_month(connection, filters.type)
        if len({day for _, day, _ in months}) > MONTHS:
            return [*months, *_undated(connection, filters.type)]
    acts = Acts(connection)
    counted = acts.by_type_and_day(acts.passing(filters))
    kinds = acts.names({kind for kind, *_ in counted})
    return [(kinds[kind], day or None, many) for kind, day, many in counted]


def _by_month(connection: Connection, kind: str | None) -> Counted:
    table = schema.month_count
    query = select(table.c.type, table.c.month, table.c.acts).where(table.c.acts > 0)
    rows = connection.execute(query.where(table.c.type == kind.upper()) if kind else query)
    return [(row[0], dt.date.fromisoformat(f"{row[1]}-01").toordinal(), row[2]) for row in rows]


def _undated(connection: Connection, kind: str | None) -> Counted:
    move = schema.move
    query = select(move.c.type, func.count()).where(move.c.until.is_(None)).group_by(move.c.type)
    rows = connection.execute(query.where(move.c.type == kind.upper()) if kind else query)
    return [(row[0], None, row[1]) for row in rows]
