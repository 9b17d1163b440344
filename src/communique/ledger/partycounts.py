"""How many acts each party made and received, among those that share one thing: kept as pages come.

``party_count`` holds, for a ``field`` that is actor, type, status, outlet, month or year, and each ``value`` of it, how
many of those acts each party made and received. So the parties of most listings are read off, where counting a large
ledger's acts would keep the reader waiting.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, or_, select, text, union_all

from communique.ledger import schema
from communique.ledger.filters import Filters, narrow_moves
from communique.ledger.sets import insert_all
from communique.linking.days import month_of
from communique.move import Move

Key = tuple[str, str, str]
_ADD = text(
    "INSERT INTO party_count (field, value, actor, made, received) VALUES (:field, :value, :actor, :made, :received)"
    " ON CONFLICT (field, value, actor) DO UPDATE SET made = party_count.made + excluded.made,"
    " received = party_count.received + excluded.received"
)
_ROLES = "sum(CASE p.side WHEN 'source' THEN 1 ELSE 0 END), sum(CASE p.side WHEN 'target' THEN 1 ELSE 0 END)"
_ALL = (
    "SELECT 'type', p.type, p.actor, {roles} FROM move_actor p GROUP BY p.type, p.actor",
    "SELECT 'status', m.status, p.actor, {roles} FROM move_actor p JOIN move m ON m.id = p.move_id"
    " GROUP BY m.status, p.actor",
    "SELECT 'actor', o.actor, p.actor, {roles} FROM (SELECT DISTINCT move_id, actor FROM move_actor) o"
    " JOIN move_actor p ON p.move_id = o.move_id GROUP BY o.actor, p.actor",
    "SELECT 'outlet', o.outlet, p.actor, {roles} FROM (SELECT DISTINCT r.move_id, a.outlet FROM report r"
    " JOIN article a ON a.page_id = r.page_id WHERE a.outlet IS NOT NULL AND a.outlet <> '') o"
    " JOIN move_actor p ON p.move_id = o.move_id GROUP BY o.outlet, p.actor",
)


def tally_parties(connection: Connection, now: Iterable[Move], before: Iterable[Move]) -> None:
    """Bring the counts up to date where moves changed from ``before`` to ``now``."""
    made: Counter[Key] = Counter()
    received: Counter[Key] = Counter()
    for moves, sign in ((now, 1), (before, -1)):
        for move in moves:
            shared = list(_shared(move))
            made.update({(*one, actor): sign for one in shared for actor in move.actors})
            received.update({(*one, actor): sign for one in shared for actor in move.targets})
    changed = (key for key in sorted({*made, *received}) if made[key] or received[key])
    rows = [{"field": key[0], "value": key[1], "actor": key[2], "made": made[key], "received": received[key]}
            for key in changed]  # fmt: skip
    if rows:
        connection.execute(_ADD, rows)


def _shared(move: Move) -> Iterator[tuple[str, str]]:
    """What an act can be asked for by."""
    yield from (("type", move.type), ("status", move.status))
    yield from (("actor", actor) for actor in dict.fromkeys((*move.actors, *move.targets)))
    yield from (("outlet", outlet) for outlet in dict.fromkeys(move.outlets))
    month = month_of(move.until)
    if month:
        yield from (("month", month), ("year", month[:4]))


def tally_all_parties(connection: Connection) -> None:
    """Count from scratch."""
    connection.execute(delete(schema.party_count))
    for query in _ALL:
        insert = f"INSERT INTO party_count (field, value, actor, made, received) {query.format(roles=_ROLES)}"
        connection.exec_driver_sql(insert)
    months = _months(connection)
    insert_all(connection, schema.party_count, [*months, *_years(months)])


def _months(connection: Connection) -> list[dict[str, Any]]:
    """Counted by day in the database and by month here, since the two databases have no calendar in common."""
    party = schema.move_actor.c
    query = select(party.until, party.actor, party.side, func.count()).where(party.until.is_not(None))
    counts: dict[tuple[str, str], list[int]] = {}
    for day, actor, side, n in connection.execute(query.group_by(party.until, party.actor, party.side)):
        month = month_of(day)
        if month:
            counts.setdefault((month, actor), [0, 0])[side == "target"] += n
    return [{"field": "month", "value": month, "actor": actor, "made": n[0], "received": n[1]}
            for (month, actor), n in sorted(counts.items())]  # fmt: skip


def _years(months: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    counts: dict[tuple[str, str], list[int]] = {}
    for row in months:
        count = counts.setdefault((row["value"][:4], row["actor"]), [0, 0])
        count[0] += row["made"]
        count[1] += row["received"]
    return [{"field": "year", "value": year, "actor": actor, "made": n[0], "received": n[1]}
            for (year, actor), n in sorted(counts.items())]  # fmt: skip


def counted(connection: Connection, filters: Filters) -> Select[Any] | None:
    """A query for parties with acts that pass: ``id``, ``made``, ``received``; None where no kept count tells."""
    asked = [name for name in Filters.__dataclass_fields__ if getattr(filters, name)]
    if asked == ["between"]:
        return _between(filters)
    if len(asked) != 1 or asked[0] == "matter":
        return None
    values = _values(connection, asked[0], str(getattr(filters, asked[0])))
    if len(values) > 1:
        return None  # several outlets whose names differ in their capitals: an act can stand under both
    table = schema.party_count.c
    query = select(table.actor.label("id"), table.made, table.received)
    return query.where(table.field == asked[0], table.value.in_(values), table.made + table.received > 0)


def _values(connection: Connection, field: str, asked: str) -> list[str]:
    """The values that a filter means: types are in capitals, parties may be, and outlets are found in any case."""
    if field == "outlet":
        table = schema.outlet.c
        return list(connection.execute(select(table.name).where(func.lower(table.name) == asked.lower())).scalars())
    if field in ("type", "status"):
        return [asked.upper() if field == "type" else asked]
    known = schema.actor.c
    return list(connection.execute(select(known.id).where(known.id.in_({asked, asked.upper()}))).scalars())


def _between(filters: Filters) -> Select[Any] | None:
    """Whole years and months are read off: what ends in one lies in the days. What ends outside them is counted."""
    first, last = filters.days or (0, 0)
    months = whole_months(first, last)
    if months is None:
        return None
    begins, ends = months
    table, move, party = schema.party_count.c, schema.move, schema.move_actor
    whole = select(table.actor, table.made, table.received).where(or_(*_read_off(begins, ends)))
    beside = narrow_moves(select(move.c.id), filters)
    parts = [whole]
    for outside in ((move.c.until < begins), (move.c.until > ends)):
        acts = select(party.c.actor, *roles()).where(party.c.move_id.in_(beside.where(outside)))
        parts.append(acts.group_by(party.c.actor))
    both = union_all(*parts).subquery()
    made, received = func.sum(both.c.made), func.sum(both.c.received)
    query = select(both.c.actor.label("id"), made.label("made"), received.label("received"))
    return query.group_by(both.c.actor).having(made + received > 0)


def _read_off(begins: int, ends: int) -> list[ColumnElement[bool]]:
    """Which counts are read off for whole months from the first day of one to the last day of another."""
    table, first, last = schema.party_count.c, month_of(begins) or "", month_of(ends) or ""
    year, beyond = (first[:4] if first[5:] == "01" else f"{int(first[:4]) + 1:04}"), f"{int(last[:4]) + 1:04}"
    after = beyond if last[5:] == "12" else last[:4]
    if year >= after:
        return [and_(table.field == "month", table.value.between(first, last))]
    return [
        and_(table.field == "year", table.value >= year, table.value < after),
        and_(table.field == "month", table.value >= first, table.value < f"{year}-01"),
        and_(table.field == "month", table.value >= f"{after}-01", table.value <= last),
    ]


def roles() -> tuple[Any, Any]:
    """Columns that count the rows of parties: as those who made an act, and as those who received one."""
    side = schema.move_actor.c.side
    made, received = (func.count().filter(side == one) for one in ("source", "target"))
    return made.label("made"), received.label("received")


def whole_months(first: int, last: int) -> tuple[int, int] | None:
    """The first day of the first month and the last day of the last one that lie wholly within days; None for none."""
    if last > dt.date.max.toordinal() - 1 or first < 1:
        return None
    start, end = dt.date.fromordinal(first), dt.date.fromordinal(last + 1)
    if start.day > 1:
        start = (start.replace(day=1) + dt.timedelta(32)).replace(day=1)
    begins, ends = start.toordinal(), end.replace(day=1).toordinal() - 1
    return (begins, ends) if begins <= ends else None
