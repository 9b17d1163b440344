"""The list of threads: what was put on the table and what became of it, the latest move first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select
from starlette.requests import Request

from communique import codebook
from communique.ledger import schema
from communique.ledger.filters import Filters, narrow_threads
from communique.ledger.packing import glance_at_thread
from communique.ledger.prepared import Prepared, several
from communique.ledger.queries import busy
from communique.ledger.rarity import seldom_passed
from communique.ledger.sets import rows_in
from communique.thread import Thread
from communique.web.asking import Asked, asked
from communique.web.finding import with_words
from communique.web.room import Room
from communique.web.views.counting import COUNTING, count, count_all, is_plain, paging
from communique.web.views.listing import bodies, part
from communique.web.wording import OUTCOMES, of_ordinal

Found = tuple[Sequence[Any], int]  # rows of one part of a list, and how many the list has
_THREAD, _MOVE = schema.thread.c, schema.move.c
ALL = 1_000_000_000  # more acts than any ledger has
_IDS = select(_THREAD.id)
_DISPUTES = select(_MOVE.thread_id).where(_MOVE.disputed)
_DISPUTED = Prepared(_DISPUTES.where(_MOVE.thread_id.in_(several())).distinct())


def look(room: Room, request: Request) -> dict[str, Any]:
    """The threads that were asked for, with the values of the form."""
    wanted = asked(request.query_params, also=("disputed",))
    once = bool(wanted.words or wanted.values.get("disputed"))
    rows, total = _found_once(room, wanted) if once else _narrowed(room, wanted)
    disputed = {row[0] for row in _DISPUTED.rows_in(room.connection, [row.id for row in rows])}
    return {
        "threads": [summary(room, glance_at_thread(row.body), row.id in disputed) for row in rows],
        "asked": wanted.values,
        "paging": paging(wanted, total, len(rows), exact=once or is_plain(wanted)),
        "choices": choices(room),
    }


def _found_once(room: Room, wanted: Asked) -> Found:
    """Threads with some words, or disputed ones: all ids are found once, in order, whatever part is shown."""
    only, disputed = wanted.filters, bool(wanted.values.get("disputed"))
    ids = room.recall(("few", wanted.words, disputed), lambda: _few(room, wanted.words, disputed))
    if only != Filters():
        ids = room.recall(("few", wanted.words, disputed, only), lambda: _passing(room, ids, only))
    return bodies(room, schema.thread, ids[wanted.offset : wanted.offset + wanted.size]), len(ids)


def _few(room: Room, words: str, disputed: bool) -> Sequence[int]:
    query = _IDS.where(with_words(words, room.sqlite)) if words else _IDS
    # In the order of an index that holds the threads too, or thousands of acts are read one by one.
    acts = _DISPUTES.order_by(_MOVE.until.desc().nulls_last(), _MOVE.id.desc()).limit(ALL).subquery()
    query = query.where(or_(_THREAD.disputed, _THREAD.id.in_(select(acts.c.thread_id)))) if disputed else query
    order = (_THREAD.until.desc().nulls_last(), _THREAD.id.desc())
    return room.connection.execute(query.order_by(*order)).scalars().all()


def _passing(room: Room, ids: Sequence[int], filters: Filters) -> Sequence[int]:
    """Those of some threads that pass the filters, in the same order."""
    passed = {row[0] for row in rows_in(room.connection, narrow_threads(_IDS, filters), _THREAD.id, ids)}
    return [number for number in ids if number in passed]


def _narrowed(room: Room, wanted: Asked) -> Found:
    """Threads that pass the filters."""
    asks = (wanted.filters, seldom_passed(room.connection, wanted.filters))
    rows = part(room, schema.thread, narrow_threads, *asks, most=wanted.size, start=wanted.offset)
    if is_plain(wanted):
        return rows, count_all(room, schema.thread)
    counted = (asks[0], asks[1] | {*COUNTING})
    return rows, count(room, ("threads", asks[0]), lambda: narrow_threads(_IDS, *counted))


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
