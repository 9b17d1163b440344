"""Sources: the outlets, how often each was first, how often others copied it, and on whom its reports rest."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sqlalchemy import func, select
from starlette.requests import Request

from communique.ledger import schema
from communique.ledger.errors import NotFound
from communique.web.asking import Unclear, short
from communique.web.room import Room

COLUMNS = ("outlet", "pages", "events", "first", "copied", "copies")
LATEST = 2000  # events of an outlet whose attributions are counted
SHOWN = 500
Row = dict[str, Any]


def look(room: Room, request: Request) -> dict[str, Any]:
    """All outlets, sorted by the column asked for. Raises Unclear."""
    sort = short(request.query_params, "sort") or "events"
    if sort not in COLUMNS:
        raise Unclear(f"sort is one of {', '.join(COLUMNS)}")
    rows = room.recall("sources", lambda: outlets(room))
    ordered = sorted(rows, key=lambda r: r["outlet"].lower() if sort == "outlet" else (-r[sort], r["outlet"]))
    return {"outlets": ordered[:SHOWN], "total": len(rows), "sort": sort, "columns": COLUMNS}


def outlets(room: Room) -> list[Row]:
    """Every outlet with its pages and events, the acts of several outlets that it told first, and copies."""
    counts = {"pages": _pages(room), "events": _events(room), "first": _first(room), **_copies(room)}
    names = set(counts["pages"])
    return [{"outlet": name, **{column: counts[column].get(name, 0) for column in COLUMNS[1:]}} for name in names]


def _counted(room: Room, query: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in room.connection.execute(query) if row[0] is not None}


def _pages(room: Room) -> dict[str, int]:
    column = schema.article.c.outlet
    return _counted(room, select(column, func.count()).group_by(column))


def _events(room: Room) -> dict[str, int]:
    article, event = schema.article, schema.event
    query = select(article.c.outlet, func.count()).join(event, event.c.page_id == article.c.page_id)
    return _counted(room, query.group_by(article.c.outlet))


def _first(room: Room) -> dict[str, int]:
    """Acts told by several outlets, by the outlet of the earliest report: the one that a move is named after."""
    article, event, move = schema.article, schema.event, schema.move
    query = select(article.c.outlet, func.count()).select_from(move)
    query = query.join(event, event.c.key == func.substr(move.c.key, 3))
    query = query.join(article, article.c.page_id == event.c.page_id).where(move.c.outlets > 1)
    return _counted(room, query.group_by(article.c.outlet))


def _copies(room: Room) -> dict[str, dict[str, int]]:
    """How often each outlet was copied by another, and copied: of two like pages the earlier is the first."""
    copy, one, other = schema.page_copy, schema.article.alias("one"), schema.article.alias("other")
    query = select(one.c.outlet, one.c.published, other.c.outlet, other.c.published).select_from(copy)
    query = query.join(one, one.c.page_id == copy.c.a).join(other, other.c.page_id == copy.c.b)
    copied: Counter[str] = Counter()
    copies: Counter[str] = Counter()
    for first, when, second, later in room.connection.execute(query):
        if first and second and when and later and when != later and first != second:
            earlier = (first, second) if when < later else (second, first)
            copied[earlier[0]] += 1
            copies[earlier[1]] += 1
    return {"copied": dict(copied), "copies": dict(copies)}


def look_at_one(room: Room, request: Request) -> dict[str, Any]:
    """One outlet: its counts, the sources that its latest reports name, and its latest pages. Raises NotFound."""
    name = request.path_params["name"]
    rows = [row for row in room.recall("sources", lambda: outlets(room)) if row["outlet"] == name]
    if not rows:
        raise NotFound(f"no page here is of {name}")
    chains = room.recall(("chains", name), lambda: _chains(room, name))
    return {"outlet": rows[0], **chains, "latest_events": LATEST, "pages": _latest_pages(room, name)}


def _chains(room: Room, outlet: str) -> Row:
    """On whom the outlet's latest reports rest: its own word, or the sources it names, nearest to the fact first."""
    article, event = schema.article, schema.event
    query = select(event.c.detail).join(article, article.c.page_id == event.c.page_id)
    query = query.where(article.c.outlet == outlet).order_by(event.c.id.desc()).limit(LATEST)
    chains = [tuple(json.loads(row[0])["according_to"]) for row in room.connection.execute(query)]
    counts = Counter(chain for chain in chains if chain)
    listed = [{"chain": list(chain), "events": n} for chain, n in counts.most_common(25)]
    return {"own_voice": sum(not chain for chain in chains), "counted": len(chains), "chains": listed}


def _latest_pages(room: Room, outlet: str) -> list[Row]:
    article, page = schema.article, schema.page
    query = select(page.c.key, article.c.title, article.c.published).join(page, page.c.id == article.c.page_id)
    query = query.where(article.c.outlet == outlet).order_by(article.c.page_id.desc()).limit(40)
    return [dict(row) for row in room.connection.execute(query).mappings()]
