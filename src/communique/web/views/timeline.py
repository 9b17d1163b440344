"""The time line of everything: every act a mark in its month, narrowed by a brush or the form."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from starlette.requests import Request

from communique import codebook
from communique.ledger import schema
from communique.ledger.bydate import by_day
from communique.ledger.filters import narrow_moves
from communique.ledger.packing import unpack_move
from communique.ledger.rarity import seldom_passed
from communique.move import Move
from communique.web.asking import Asked, asked
from communique.web.pictures.months import months
from communique.web.room import Room
from communique.web.views.counting import paging
from communique.web.views.listing import part
from communique.web.views.threads import choices
from communique.web.wording import of_ordinal

DAYS = 62  # a stretch no longer than this is shown by day
MOST_BINS = 900
Bins = list[dict[str, Any]]


def look(room: Room, request: Request) -> dict[str, Any]:
    """Acts by month (or day) and group, and the latest of them."""
    wanted = asked(request.query_params, 30)
    counted = room.recall(("timeline", wanted.filters), lambda: _counted(room, wanted))
    asks = (wanted.filters, seldom_passed(room.connection, wanted.filters))
    rows = part(room, schema.move, narrow_moves, *asks, most=wanted.size, start=wanted.offset)
    return {
        **counted,
        "moves": [_row(room, unpack_move(row.body)) for row in rows],
        "asked": wanted.values,
        "paging": paging(wanted, counted["acts"], len(rows), exact=True),
        "choices": choices(room),
        "query": {name: value for name, value in wanted.values.items() if name not in ("from", "to")},
    }


def _row(room: Room, move: Move) -> dict[str, Any]:
    return {"id": move.id, "type": move.type, "date": move.date, "about": move.about, "disputed": bool(move.disputes),
            "status": move.status, "independent_sources": len(move.sources),
            "sources": room.named(move.actors), "targets": room.named(move.targets)}  # fmt: skip


def _counted(room: Room, wanted: Asked) -> dict[str, Any]:
    """How many acts of each group fall into each month, by the last day on which they can have taken place."""
    rows = by_day(room.connection, wanted.filters)
    groups = {kind.name: kind.group for kind in codebook.types()}
    dated = [(groups.get(kind, "deeds"), day, n) for kind, day, n in rows if day and of_ordinal(day)]
    bins = in_bins(dated)
    acts = sum(row[2] for row in rows)
    return {"bins": bins[-MOST_BINS:], "by": "day" if bins and len(bins[0]["bin"]) == 10 else "month",
            "acts": acts, "undated": acts - sum(n for *_, n in dated),
            "left_out": sum(b["acts"] for b in bins[:-MOST_BINS])}  # fmt: skip


def in_bins(counted: list[tuple[str, int, int]]) -> Bins:
    """Group, day and number of acts as bins without gaps, from the first to the last: days or months."""
    if not counted:
        return []
    first, last = min(day for _, day, _ in counted), max(day for _, day, _ in counted)
    names = _days(first, last) if last - first < DAYS else _months(first, last)
    length = len(names[0])
    found: Mapping[str, Counter[str]] = defaultdict(Counter)
    for group, day, n in counted:
        found[dt.date.fromordinal(day).isoformat()[:length]][group] += n
    return [{"bin": name, "acts": sum(found[name].values()), "groups": dict(found[name])} for name in names]


def _days(first: int, last: int) -> list[str]:
    return [dt.date.fromordinal(day).isoformat() for day in range(first, last + 1)]


def _months(first: int, last: int) -> list[str]:
    start, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    numbers = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in numbers]


def draw(values: dict[str, Any]) -> dict[str, Markup]:
    """The picture of the bins."""
    return {"picture": months(values["bins"], values["query"])}
