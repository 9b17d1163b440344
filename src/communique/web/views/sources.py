"""Sources: the outlets, how often each was first, how often others copied it, and on whom its reports rest."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Integer, Select, bindparam, func, select
from starlette.requests import Request

from communique.ledger import schema
from communique.ledger.errors import NotFound
from communique.ledger.prepared import Prepared
from communique.web.asking import Unclear, asked
from communique.web.room import Room
from communique.web.views.counting import count, paging

COLUMNS = ("outlet", "pages", "events", "first", "copied", "copies")
LATEST = 150  # pages of an outlet whose attributions are counted
SHOWN = 100  # outlets on one page
Row = dict[str, Any]


def look(room: Room, request: Request) -> dict[str, Any]:
    """Outlets, sorted by the column asked for. Raises Unclear."""
    wanted = asked(request.query_params, SHOWN, also=("sort",))
    sort = wanted.values.get("sort") or "events"
    if sort not in COLUMNS:
        raise Unclear(f"sort is one of {', '.join(COLUMNS)}")
    found = _part(sort).rows(room.connection, most=SHOWN, start=wanted.offset)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in found]
    total = count(room, "outlets", _outlets, None)
    shown = paging(wanted, total, len(rows), exact=True)
    return {"outlets": rows, "total": total, "sort": sort, "columns": COLUMNS, "paging": shown}


@cache
def _part(sort: str) -> Prepared:
    """The query for a part of the list in one of its orders."""
    table = schema.outlet
    order = func.lower(table.c.name) if sort == "outlet" else table.c[sort].desc()
    query = _outlets().order_by(order, table.c.name)
    return Prepared(query.limit(bindparam("most", type_=Integer)).offset(bindparam("start", type_=Integer)))


def _outlets() -> Select[Any]:
    """Every outlet with its pages and events, the acts of several outlets that it told first, and copies."""
    table = schema.outlet
    return select(table.c.name.label("outlet"), *(table.c[c] for c in COLUMNS[1:])).where(table.c.pages > 0)


def look_at_one(room: Room, request: Request) -> dict[str, Any]:
    """One outlet: its counts, the sources that its latest reports name, and its latest pages. Raises NotFound."""
    name = request.path_params["name"]
    row = _ONE.first(room.connection, name=name)
    if row is None:
        raise NotFound(f"no page here is of {name}")
    chains = room.recall(("chains", name), lambda: _chains(room, name))
    return {
        "outlet": dict(zip(COLUMNS, row, strict=True)),
        **chains,
        "latest_pages": LATEST,
        "pages": _latest_pages(room, name),
    }


def _chains(room: Room, outlet: str) -> Row:
    """On whom the outlet's latest reports rest: its own word, or the sources it names, nearest to the fact first."""
    article, event = schema.article, schema.event
    pages = select(article.c.page_id).where(article.c.outlet == outlet).order_by(article.c.page_id.desc()).limit(LATEST)
    query = select(event.c.detail).where(event.c.page_id.in_(pages.subquery().select()))
    chains = [tuple(orjson.loads(row[0])["according_to"]) for row in room.connection.execute(query)]
    counts = Counter(chain for chain in chains if chain)
    listed = [{"chain": list(chain), "events": n} for chain, n in counts.most_common(25)]
    return {"own_voice": sum(not chain for chain in chains), "counted": len(chains), "chains": listed}


def _latest_pages(room: Room, outlet: str) -> list[Row]:
    rows = _LATEST.rows(room.connection, outlet=outlet)
    return [{"key": key, "title": title, "published": published} for key, title, published in rows]


def _of_outlet() -> Prepared:
    article, page = schema.article.c, schema.page.c
    query = select(page.key, article.title, article.published).join(schema.page, page.id == article.page_id)
    return Prepared(query.where(article.outlet == bindparam("outlet")).order_by(article.page_id.desc()).limit(40))


_ONE, _LATEST = Prepared(_outlets().where(schema.outlet.c.name == bindparam("name"))), _of_outlet()
