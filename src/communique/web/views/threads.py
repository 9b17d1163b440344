"""The list of threads: what was put on the table and what became of it, the latest move first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select
from starlette.requests import Request

from communique import codebook
from communique.ledger import schema
from communique.ledger.filters import narrow_threads
from communique.ledger.packing import unpack_thread
from communique.thread import Thread
from communique.web.asking import Asked, asked
from communique.web.finding import threads_with
from communique.web.room import Room
from communique.web.views.counting import count, paging
from communique.web.wording import OUTCOMES, of_ordinal


def look(room: Room, request: Request) -> dict[str, Any]:
    """The threads that were asked for, with the values of the form."""
    wanted = asked(request.query_params, also=("disputed",))
    table = schema.thread
    found = narrow_threads(select(table.c.id, table.c.body), wanted.filters)
    if wanted.words:
        found = found.where(table.c.id.in_(threads_with(room.connection, wanted.words)))
    if wanted.values.get("disputed"):
        found = found.where(or_(table.c.disputed, table.c.id.in_(_with_disputed_moves())))
    total = _total(room, wanted, found)
    latest = found.order_by(table.c.until.desc().nulls_last(), table.c.id.desc())
    rows = room.connection.execute(latest.limit(wanted.size).offset(wanted.offset)).all()
    disputed = _disputed(room, [row.id for row in rows])
    return {
        "threads": [summary(room, unpack_thread(row.body), row.id in disputed) for row in rows],
        "asked": wanted.values,
        "paging": paging(wanted, total),
        "choices": choices(room),
    }


def _total(room: Room, wanted: Asked, found: Select[Any]) -> int:
    return room.recall(("threads", tuple(sorted(wanted.values.items()))), lambda: count(room.connection, found))


def _with_disputed_moves() -> Select[Any]:
    move = schema.move
    return select(move.c.thread_id).where(move.c.disputed, move.c.thread_id.is_not(None))


def _disputed(room: Room, ids: Sequence[int]) -> set[int]:
    """Those of some threads on an act of which sources differ."""
    query = _with_disputed_moves().where(schema.move.c.thread_id.in_(ids)).distinct()
    return set(room.connection.execute(query).scalars())


def summary(room: Room, thread: Thread, disputed: bool = False) -> dict[str, Any]:
    """A thread in one row. ``disputed`` says whether sources differ on one of its acts, if not on its outcome."""
    return {
        "id": thread.id,
        "matter": thread.matter,
        "parties": room.named(thread.actors),
        "outcome": thread.outcome,
        "outcome_date": thread.outcome_date,
        "last_move": of_ordinal(thread.until),
        "moves": len(thread.moves),
        "outlets": list(thread.outlets),
        "independent_sources": len(thread.sources),
        "said_by": list(thread.said_by),
        "disputed": disputed or bool(thread.disputes) or thread.outcome == "disputed",
    }


def choices(room: Room) -> dict[str, Any]:
    """What the filters can be set to: outcomes, event types, the busiest parties and outlets."""
    return {
        "outcomes": list(OUTCOMES),
        "types": [kind.name for kind in codebook.types()],
        "actors": room.recall("busiest actors", lambda: _busiest(room)),
        "outlets": room.recall("busiest outlets", lambda: _outlets(room)),
    }


def _busiest(room: Room) -> list[dict[str, Any]]:
    table = schema.thread_actor
    query = select(table.c.actor).group_by(table.c.actor).order_by(func.count().desc(), table.c.actor).limit(60)
    return sorted(room.named(room.connection.execute(query).scalars()), key=lambda actor: actor["name"])


def _outlets(room: Room) -> list[str]:
    column = schema.article.c.outlet
    query = select(column).where(column.is_not(None)).group_by(column).order_by(func.count().desc(), column).limit(60)
    return sorted(room.connection.execute(query).scalars())
