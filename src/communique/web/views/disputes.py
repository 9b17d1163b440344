"""Disputes: who says what against whom, the latest first."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from starlette.requests import Request

from communique.ledger import schema
from communique.ledger.filters import Filters, narrow_moves, narrow_threads
from communique.ledger.packing import glance_at_thread, unpack_move
from communique.ledger.rarity import seldom_passed
from communique.move import Dispute, Move
from communique.web.asking import asked
from communique.web.room import Room
from communique.web.views.counting import count, paging
from communique.web.views.listing import part
from communique.web.views.threads import choices

KINDS = {
    "whether": "whether it happened",
    "who": "who did it",
    "direction": "who put it to whom",
    "date": "when it was",
    "terms": "what the terms were",
    "acceptance": "whether it was accepted",
}
SIZE = 15
THREADS = 8  # disputed outcomes, shown before the disputed acts


def look(room: Room, request: Request) -> dict[str, Any]:
    """Disputed acts and, before them on the first page, threads on whose outcome sources differ."""
    wanted = asked(request.query_params, SIZE)
    asks = (wanted.filters, seldom_passed(room.connection, wanted.filters))
    total = count(room, ("disputes", *asks), lambda: _moves(select(schema.move.c.id), *asks))
    rows = part(room, schema.move, _moves, *asks, most=SIZE, start=wanted.offset)
    found = [one for row in rows for one in _of_move(room, unpack_move(row.body))]
    if wanted.page == 1:
        last = part(room, schema.thread, _threads, *asks, most=THREADS)
        found = [d for row in last for d in _of_thread(room, glance_at_thread(row.body))] + found
    shown = paging(wanted, total, len(rows))
    return {"disputes": found, "asked": wanted.values, "paging": shown, "choices": choices(room)}


def _moves(query: Select[Any], filters: Filters, seldom: frozenset[str]) -> Select[Any]:
    return narrow_moves(query.where(schema.move.c.disputed), filters, seldom)


def _threads(query: Select[Any], filters: Filters, seldom: frozenset[str]) -> Select[Any]:
    return narrow_threads(query.where(schema.thread.c.disputed), filters, seldom)


def _of_thread(room: Room, thread: Any) -> list[dict[str, Any]]:
    about = {"act": None, "date": thread.outcome_date, "matter": thread.matter, "where": f"/threads/{thread.id}",
             "parties": room.named(thread.actors), "targets": []}  # fmt: skip
    return [_dispute(dispute, about) for dispute in thread.disputes]


def _of_move(room: Room, move: Move) -> list[dict[str, Any]]:
    about = {"act": move.type, "date": move.date, "matter": move.about, "where": f"/moves/{move.id}",
             "parties": room.named(move.actors), "targets": room.named(move.targets)}  # fmt: skip
    return [_dispute(dispute, about) for dispute in move.disputes]


def _dispute(dispute: Dispute, about: dict[str, Any]) -> dict[str, Any]:
    """A dispute with what it is about; each side's reports lead to the words."""
    plain = dispute.to_dict()
    sides = [{**side, "pages": [_words(key) for key in side["reports"][:12]]} for side in plain["sides"]]
    return {**about, "kind": dispute.kind, "on": KINDS.get(dispute.kind, dispute.kind), "sides": sides}


def _words(key: str) -> dict[str, str]:
    page, _, event = key.rpartition("-")
    return {"page": page, "event": event}
