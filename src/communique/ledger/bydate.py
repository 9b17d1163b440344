"""How many acts of each type fall on each day, or in each month where days do not matter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from communique.ledger import schema
from communique.ledger.filters import Filters, narrow_moves
from communique.ledger.rarity import looked_up

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
    if filters.actor and filters == Filters(type=filters.type, actor=filters.actor):
        return _of_party(connection, filters)
    move = schema.move
    query = narrow_moves(select(move.c.type, move.c.until, func.count()), filters, looked_up(connection, filters))
    return [(row[0], row[1], row[2]) for row in connection.execute(query.group_by(move.c.type, move.c.until))]


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


def _of_party(connection: Connection, filters: Filters) -> Counted:
    """Each act of or toward a party once, even where the party is on both sides."""
    table = schema.move_actor
    acts = select(table.c.type, table.c.until, table.c.move_id).where(table.c.actor == _known(connection, filters))
    acts = acts.where(table.c.type == filters.type.upper()) if filters.type else acts
    inside = acts.group_by(table.c.until, table.c.move_id, table.c.type).subquery()
    query = select(inside.c.type, inside.c.until, func.count()).group_by(inside.c.type, inside.c.until)
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def _known(connection: Connection, filters: Filters) -> str:
    """The id of the party that is meant, as the ledger has it: states may be asked for in small letters."""
    wanted, table = filters.actor or "", schema.actor
    query = select(table.c.id).where(table.c.id.in_({wanted, wanted.upper()})).order_by(table.c.id.desc())
    return str(connection.execute(query).scalar() or wanted)
