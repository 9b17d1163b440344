"""What people ask of a ledger: its threads, moves, actors, positions, disputes, and anything by its id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, case, func, select

from communique.ledger import schema
from communique.ledger.actors import names_of
from communique.ledger.errors import NotFound
from communique.ledger.filters import Filters, narrow_moves, narrow_threads
from communique.ledger.packing import unpack_move, unpack_thread
from communique.ledger.rarity import ALL, seldom_passed
from communique.ledger.sets import rows_in
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
    ids = narrow_threads(select(schema.thread.c.id).where(*only), filters, seldom_passed(connection, filters))
    return [unpack_thread(row.body) for row in latest(connection, schema.thread, ids, limit, offset)]


def _moves(connection: Connection, filters: Filters, limit: int, offset: int, *only: Any) -> list[Move]:
    ids = narrow_moves(select(schema.move.c.id).where(*only), filters, seldom_passed(connection, filters))
    return [unpack_move(row.body) for row in latest(connection, schema.move, ids, limit, offset)]


def latest(connection: Connection, table: Table, ids: Select[Any], limit: int, offset: int = 0) -> Sequence[Any]:
    """The ``id`` and ``body`` of those rows of ``ids`` (a query for them) that stand in one part of the list.

    The latest stand first. Only the ids are sorted: bodies are read of the rows that are shown.
    """
    order = (table.c.until.desc().nulls_last(), table.c.id.desc())
    shown = ids.order_by(*order).limit(limit).offset(offset).subquery()
    query = select(table.c.id, table.c.body).where(table.c.id.in_(select(shown.c.id))).order_by(*order)
    return connection.execute(query).all()


def actors(connection: Connection, filters: Filters, limit: int, offset: int = 0) -> list[dict[str, Any]]:
    """Parties with the number of moves that they made and that were directed at them, the busiest first."""
    plain = filters == Filters()
    query = busy(limit) if plain else _counted(filters, seldom_passed(connection, filters)).limit(limit)
    rows = connection.execute(query.offset(offset)).all()
    names = names_of(connection, [row.id for row in rows])
    counts = ({"id": r.id, "moves": r.made + r.received, "made": r.made, "received": r.received} for r in rows)
    return [{**c, "name": names.get(c["id"], c["id"])} for c in counts]


_OF_PARTY = schema.move_actor.alias("of_party")


def busy(limit: int | None) -> Select[Any]:
    """The query for the parties with most moves, by the counts that are kept."""
    table = schema.actor
    both = table.c.made + table.c.received
    return select(table).where(both > 0).order_by(both.desc(), table.c.id).limit(limit)


def _counted(filters: Filters, seldom: Collection[str]) -> Select[Any]:
    table, move = schema.move_actor, schema.move
    made = func.sum(case((table.c.side == "source", 1), else_=0)).label("made")
    received = func.sum(case((table.c.side == "target", 1), else_=0)).label("received")
    query = select(table.c.actor.label("id"), made, received)
    if filters == Filters(actor=filters.actor):
        acts = select(_OF_PARTY.c.move_id).where(_OF_PARTY.c.actor.in_({filters.actor, (filters.actor or "").upper()}))
    else:
        acts = narrow_moves(select(move.c.id), filters, {*ALL, *seldom})  # every row counts, none is the last
    query = query.where(table.c.move_id.in_(acts))
    return query.group_by(table.c.actor).order_by(func.count().desc(), table.c.actor)


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
    table = schema.move
    rows = rows_in(connection, select(table.c.key, table.c.body), table.c.key, list(keys))
    return {row[0]: unpack_move(row[1]) for row in rows}


def find_move(connection: Connection, name: str) -> Move:
    """The move of that id; the key of any of its reports names it too. Raises NotFound."""
    report, event, move = schema.report, schema.event, schema.move
    key = name.removeprefix("m-")
    query = select(move.c.body).join(report, report.c.move_id == move.c.id).join(event, event.c.id == report.c.event_id)
    return unpack_move(_one(connection, query.where(event.c.key == key), name))


def find_thread(connection: Connection, name: str) -> Thread:
    """The thread of that id; the key of any report of any of its moves names it too. Raises NotFound."""
    thread, report, event, move = schema.thread, schema.report, schema.event, schema.move
    query = (
        select(thread.c.body).join(move, move.c.thread_id == thread.c.id).join(report, report.c.move_id == move.c.id)
    )
    query = query.join(event, event.c.id == report.c.event_id).where(event.c.key == name.removeprefix("t-"))
    return unpack_thread(_one(connection, query, name))


def _one(connection: Connection, query: Select[Any], name: str) -> str:
    body: str | None = connection.execute(query).scalar()
    if body is None:
        raise NotFound(f"nothing here has the id {name}")
    return body
