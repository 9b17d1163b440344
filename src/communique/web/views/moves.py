"""One act with the reports that tell it, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select
from starlette.requests import Request

from communique.ledger import schema
from communique.ledger.prepared import Prepared
from communique.ledger.queries import find_move
from communique.ledger.showing import CONTEXT, reports_of
from communique.move import Move
from communique.web.differences import differing_fields, own_words
from communique.web.room import Room
from communique.web.wording import shape, shown_address

BESIDE = 60  # reports of one act that are shown
_THREAD = Prepared(
    select(schema.thread.c.key)
    .join(schema.move, schema.move.c.thread_id == schema.thread.c.id)
    .where(schema.move.c.key == bindparam("move"))
)


def look(room: Room, request: Request) -> dict[str, Any]:
    """The act of that id. Raises NotFound."""
    move = find_move(room.connection, request.path_params["name"])
    found = reports_of(room.connection, move.reports[:BESIDE])
    thread = _THREAD.first(room.connection, move=move.id)
    return {"move": told(room, move, found), "thread": thread and thread[0]}


def told(room: Room, move: Move, found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A move as plain values, with its reports compared."""
    plain = move.to_dict()
    return {
        **plain,
        "sources": room.named(move.actors),
        "targets": room.named(move.targets),
        "shape": shape(move.type),
        "since": move.since,
        "until": move.until,
        "terms": _terms(room, found),
        "reports": compared(room, found),
        "reports_in_all": len(move.reports),
    }


def _terms(room: Room, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The terms that reports give, each wording once."""
    terms = {(t["role"], t["actor"], t["quote"]): None for report in found for t in report["terms"]}
    return [{"role": r, "actor": a, "name": room.name(a) if a else None, "quote": q} for r, a, q in terms]


def compared(room: Room, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Reports with ``differs`` (fields) and ``words`` (the quote in pieces, own words marked)."""
    fields, words = differing_fields(found), own_words([report["quote"] for report in found])
    return [
        {
            **report,
            **_around(report),
            "address": shown_address(report["address"]),
            "page": report["id"].rpartition("-")[0],
            "differs": differs,
            "words": pieces,
            "sources": _parties(room, report["sources"]),
            "targets": _parties(room, report["targets"]),
        }
        for report, differs, pieces in zip(found, fields, words, strict=True)
    ]


def _around(report: dict[str, Any]) -> dict[str, str]:
    """The words of the line before and after the quote, whole words only."""
    before, after = report["before"].rpartition("\n")[2], report["after"].partition("\n")[0]
    if before == report["before"] and len(before) >= CONTEXT:
        before = "…" + before.partition(" ")[2]
    if after == report["after"] and len(after) >= CONTEXT:
        after = after.rpartition(" ")[0] + "…"
    return {"before": before, "after": after}


def _parties(room: Room, listed: Sequence[dict[str, str]]) -> list[dict[str, Any]]:
    return [{"id": actor["id"], "name": room.name(actor["id"]), "as": actor["name"]} for actor in listed]
