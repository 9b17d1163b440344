"""What people ask of a ledger: its threads, moves, actors, positions, disputes, and anything by its id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Integer, Select, Table, bindparam, select

from communique.ledger import partycounts, schema
from communique.ledger.actors import names_of
from communique.ledger.acts import Acts
from communique.ledger.errors import NotFound
from communique.ledger.filters import Filters, narrow_moves, narrow_threads
from communique.ledger.packing import glance_at_thread, unpack_move, unpack_thread
from communique.ledger.prepared import Prepared, several
from communique.ledger.rarity import seldom_in_threads, seldom_passed
from communique.linking.positions import positions as positions_in
from communique.move import Move
from communique.thread import Position, Thread


def threads(connection: Connection, filters: Filters, limit: int, offset: int = 0) -> list[Thread]:
    """Threads, those with the latest move first."""
    return _threads(connection, filters, limit, offset)


def moves(connection: Connection, filters: Filters, limit: int, offset: int = 0) -> list[Move]:
    """Moves, the latest first."""
    return _moves(connection, filters, limit, offset)


def disputes(connection: Connection, filters: Filters, limit: int, offset: int = 0) -> list[Move]:
    """Moves on which sources differ, the latest first."""
    return _moves(connection, filters, limit, offset, schema.move.c.disputed)


def disputed_threads(connection: Connection, filters: Filters, limit: int, offset: int = 0) -> list[Thread]:
    """Threads on whose outcome sources differ, the latest first."""
    return _threads(connection, filters, limit, offset, schema.thread.c.disputed)


def _threads(connection: Connection, filters: Filters, limit: int, offset: int, *only: Any) -> list[Thread]:
    ids = narrow_threads(select(schema.thread.c.id).where(*only), filters, seldom_in_threads(connection, filters))
    return [unpack_thread(row.body) for row in latest(connection, schema.thread, ids, limit, offset)]


def _moves(connection: Connection, filters: Filters, limit: int, offset: int, *only: Any) -> list[Move]:
    ids = narrow_moves(select(schema.move.c.id).where(*only), filters, seldom_passed(connection, filters))
    return [unpack_move(row.body) for row in latest(connection, schema.move, ids, limit, offset)]


def latest(connection: Connection, table: Table, ids: Select[Any], limit: int, offset: int = 0) -> Sequence[Any]:
    """The ``id`` and ``body`` of those rows of ``ids`` (a query for them) that stand in one part of the list.

    The latest stand first. Only the ids are sorted: bodies are read of the rows that are shown.
    """
    return connection.execute(_latest(table, ids, limit, offset)).all()


def latest_of(table: Table, ids: Select[Any]) -> Prepared:
    """The query of ``latest``, to be asked again and again for ``most`` rows after the first ``start``."""
    return Prepared(_latest(table, ids, bindparam("most", type_=Integer), bindparam("start", type_=Integer)))


def _latest(table: Table, ids: Select[Any], limit: Any, offset: Any) -> Select[Any]:
    order = (table.c.until.desc().nulls_last(), table.c.id.desc())
    shown = ids.order_by(*order).limit(limit).offset(offset).subquery()
    return select(table.c.id, table.c.body).where(table.c.id.in_(select(shown.c.id))).order_by(*order)


def actors(connection: Connection, filters: Filters, limit: int, offset: int = 0) -> list[dict[str, Any]]:
    """Parties with the number of moves that they made and that were directed at them, the busiest first."""
    kept = busy(None) if filters == Filters() else partycounts.counted(connection, filters)
    if kept is None:
        counts = _counted(connection, filters, limit, offset)
    else:
        rows = connection.execute(_busiest(kept).limit(limit).offset(offset))
        counts = [(row.id, row.made, row.received) for row in rows]
    names = names_of(connection, [party for party, *_ in counts])
    return [
        {"id": party, "moves": made + received, "made": made, "received": received, "name": names.get(party, party)}
        for party, made, received in counts
    ]


def busy(limit: int | None) -> Select[Any]:
    """The query for the parties with most moves, by the counts that are kept."""
    table = schema.actor
    both = table.c.made + table.c.received
    return select(table).where(both > 0).order_by(both.desc(), table.c.id).limit(limit)


def _busiest(kept: Select[Any]) -> Select[Any]:
    inside = kept.subquery()
    return select(inside).order_by((inside.c.made + inside.c.received).desc(), inside.c.id)


def _counted(connection: Connection, filters: Filters, limit: int, offset: int) -> list[tuple[str, int, int]]:
    """Parties with most of the acts that pass, what each made and received: counted over all acts."""
    acts = Acts(connection)
    made, received = acts.parties(acts.passing(filters))
    both = made + received
    least = np.sort(both)[-(offset + limit)] if len(both) > offset + limit else 1
    names = acts.names(np.flatnonzero(both >= max(least, 1)).tolist())
    listed = ((names[code], int(made[code]), int(received[code])) for code in names)
    ordered = sorted(listed, key=lambda party: (-party[1] - party[2], party[0]))
    return ordered[offset : offset + limit]


def positions(connection: Connection, filters: Filters, limit: int, offset: int = 0) -> list[Position]:
    """Where an actor stood on each matter, thread by thread, the latest thread first.

    Without an actor in the filters, the positions of all parties of each thread.
    """
    found: list[Position] = []
    for thread in threads(connection, filters, limit, offset):
        inside = moves_by_key(connection, thread.moves)
        listed = [inside[key] for key in thread.moves if key in inside]
        who = [a for a in thread.actors if filters.actor in (None, a) or a == (filters.actor or "").upper()]
        found += [position for actor in who for position in positions_in(actor, thread, listed)]
    return found


def moves_by_key(connection: Connection, keys: Iterable[str]) -> dict[str, Move]:
    """Moves by their text ids."""
    return {row[0]: unpack_move(row[1]) for row in _MOVES.rows_in(connection, list(keys))}


def _of_report(query: Select[Any]) -> Prepared:
    """The query of what joins ``move``, for the key of one of its reports."""
    report, event, move = schema.report, schema.event, schema.move
    query = query.join(report, report.c.move_id == move.c.id).join(event, event.c.id == report.c.event_id)
    return Prepared(query.where(event.c.key == bindparam("key")))


_MOVES = Prepared(select(schema.move.c.key, schema.move.c.body).where(schema.move.c.key.in_(several())))
_MOVE = _of_report(select(schema.move.c.body).select_from(schema.move))
_THREAD = _of_report(select(schema.thread.c.body).join(schema.move, schema.move.c.thread_id == schema.thread.c.id))


def find_move(connection: Connection, name: str) -> Move:
    """The move of that id; the key of any of its reports names it too. Raises NotFound."""
    return unpack_move(_one(connection, _MOVE, name, name.removeprefix("m-")))


def find_thread(connection: Connection, name: str) -> Thread:
    """The thread of that id; the key of any report of any of its moves names it too. Raises NotFound."""
    return unpack_thread(_one(connection, _THREAD, name, name.removeprefix("t-")))


def glance(connection: Connection, name: str) -> Any:
    """The thread of that id as ``glance_at_thread`` gives it. Raises NotFound."""
    return glance_at_thread(_one(connection, _THREAD, name, name.removeprefix("t-")))


def _one(connection: Connection, query: Prepared, name: str, key: str) -> str:
    found = query.first(connection, key=key)
    if found is None:
        raise NotFound(f"nothing here has the id {name}")
    return str(found[0])
