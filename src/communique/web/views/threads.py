"""The list of threads: what was put on the table and what became of it, the latest move first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from starlette.requests import Request

from communique import codebook
from communique.ledger import schema
from communique.ledger.filters import narrow_threads
from communique.ledger.packing import glance_at_thread
from communique.ledger.queries import busy, latest
from communique.ledger.rarity import seldom_passed
from communique.thread import Thread
from communique.web.asking import Asked, asked
from communique.web.finding import with_words
from communique.web.room import Room
from communique.web.views.counting import COUNTING, count, count_all, is_plain, paging
from communique.web.wording import OUTCOMES, of_ordinal


def look(room: Room, request: Request) -> dict[str, Any]:
    """The threads that were asked for, with the values of the form."""
    wanted = asked(request.query_params, also=("disputed",))
    table = schema.thread
    seldom = seldom_passed(room.connection, wanted.filters)
    only = _only(room, wanted)
    ids = narrow_threads(select(table.c.id), wanted.filters, seldom).where(*only)
    rows = latest(room.connection, table, ids, wanted.size, wanted.offset)
    disputed = _disputed(room, [row.id for row in rows])
    counted = narrow_threads(select(table.c.id), wanted.filters, {*COUNTING, *seldom}).where(*only)
    whole = is_plain(wanted)
    total = count_all(room, table) if whole else count(room, ("threads", _named(wanted)), counted)
    return {
        "threads": [summary(room, glance_at_thread(row.body), row.id in disputed) for row in rows],
        "asked": wanted.values,
        "paging": paging(wanted, total, len(rows), whole),
        "choices": choices(room),
    }


def _only(room: Room, wanted: Asked) -> list[ColumnElement[bool]]:
    """Conditions on threads besides the filters: words of the full text, disputes."""
    table = schema.thread
    only: list[ColumnElement[bool]] = []
    if wanted.words:
        only.append(with_words(room.connection, wanted.words))
    if wanted.values.get("disputed"):
        only.append(or_(table.c.disputed, table.c.id.in_(_with_disputed_moves())))
    return only


def _named(wanted: Asked) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(wanted.values.items()))


def _with_disputed_moves() -> Select[Any]:
    move = schema.move
    return select(move.c.thread_id).where(move.c.disputed)


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
    busiest = room.connection.execute(busy(60)).all()
    return sorted(room.named(row.id for row in busiest), key=lambda actor: actor["name"])


def _outlets(room: Room) -> list[str]:
    table = schema.outlet
    query = select(table.c.name).where(table.c.pages > 0).order_by(table.c.pages.desc(), table.c.name).limit(60)
    return sorted(room.connection.execute(query).scalars())
