"""How many acts each party made and received, among those that share one thing: kept as pages come.

``party_count`` holds, for a ``field`` that is actor, type, status or outlet, and each ``value`` of it, how many of
those acts each party made and received. So the parties of plain listings are read off; others are counted (``acts``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select, text

from communique.ledger import schema
from communique.ledger.filters import Filters
from communique.ledger.prepared import Statement
from communique.move import Move

Key = tuple[str, str, str]
_ADD = Statement(
    text(
        "INSERT INTO party_count (field, value, actor, made, received)"
        " VALUES (:field, :value, :actor, :made, :received)"
        " ON CONFLICT (field, value, actor) DO UPDATE SET made = party_count.made + excluded.made,"
        " received = party_count.received + excluded.received"
    )
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
    _ADD.run(connection, rows)


def _shared(move: Move) -> Iterator[tuple[str, str]]:
    """What an act can be asked for by."""
    yield from (("type", move.type), ("status", move.status))
    yield from (("actor", actor) for actor in dict.fromkeys((*move.actors, *move.targets)))
    yield from (("outlet", outlet) for outlet in dict.fromkeys(move.outlets))


def tally_all_parties(connection: Connection) -> None:
    """Count from scratch."""
    connection.execute(delete(schema.party_count))
    for query in _ALL:
        insert = f"INSERT INTO party_count (field, value, actor, made, received) {query.format(roles=_ROLES)}"
        connection.exec_driver_sql(insert)


def counted(connection: Connection, filters: Filters) -> Select[Any] | None:
    """A query for parties with acts that pass: ``id``, ``made``, ``received``; None where no kept count tells."""
    asked = [name for name in Filters.__dataclass_fields__ if getattr(filters, name)]
    if len(asked) != 1 or asked[0] in ("between", "matter"):
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
