"""Anything by its id, down to the words: a page, an event, a move, a thread."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from communique.ledger import schema
from communique.ledger.decisions import decision_of
from communique.ledger.errors import NotFound
from communique.ledger.neighbours import related_threads
from communique.ledger.prepared import Prepared, several
from communique.ledger.queries import find_move, find_thread, moves_by_key
from communique.ledger.rows import article_of, body_of, plain_event
from communique.ledger.store import parties_of
from communique.move import Move
from communique.thread import Thread

CONTEXT = 80  # characters of the page shown on either side of the words


def show(connection: Connection, name: str) -> dict[str, Any]:
    """What has that id, as plain values with its ``kind``. Raises NotFound."""
    if name.startswith("t-"):
        return show_thread(connection, find_thread(connection, name))
    if name.startswith("m-"):
        return show_move(connection, find_move(connection, name))
    if re.fullmatch(r"[0-9a-f]+", name):
        return show_page(connection, name)
    return show_event(connection, name)


def show_thread(connection: Connection, thread: Thread) -> dict[str, Any]:
    """A thread with its moves, each with its reports, and the threads related to it."""
    inside = moves_by_key(connection, thread.moves)
    reports = _by_key(connection, [key for move in inside.values() for key in move.reports])
    moves = [_with_reports(inside[key], reports) for key in thread.moves]
    beside = [r.to_dict() for r in related_threads(connection, thread)]
    return {"kind": "thread", **thread.to_dict(), "moves": moves, "related": beside}


def show_move(connection: Connection, move: Move) -> dict[str, Any]:
    """A move with each report's words, outlet and chain of sources."""
    return _with_reports(move, _by_key(connection, move.reports))


def _with_reports(move: Move, reports: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {"kind": "move", **move.to_dict(), "reports": [reports[key] for key in move.reports if key in reports]}


def _with_words() -> Prepared:
    event, article, page = schema.event, schema.article, schema.page
    query = select(event, article.c.outlet, article.c.title, article.c.published, page.c.address, page.c.text)
    query = query.join(page, page.c.id == event.c.page_id).join(article, article.c.page_id == page.c.id)
    return Prepared(query.where(event.c.key.in_(several())))


_REPORTS = _with_words()


def reports_of(connection: Connection, keys: Collection[str]) -> list[dict[str, Any]]:
    """The events of some keys, each with its outlet and the words of the page around its own."""
    found = _by_key(connection, keys)
    return [found[key] for key in keys if key in found]


def _by_key(connection: Connection, keys: Collection[str]) -> dict[str, dict[str, Any]]:
    """The same by their keys."""
    rows = {row.key: row for row in _REPORTS.rows_in(connection, keys)}
    parties = parties_of(connection, [row.id for row in rows.values()])
    return {key: _report(row, parties.get(row.id, [])) for key, row in rows.items()}


def _report(row: Any, parties: list[dict[str, Any]]) -> dict[str, Any]:
    text, start, end = row.text, row.start, row.end
    place = {"outlet": row.outlet, "title": row.title, "published": row.published, "address": row.address}
    context = {"before": text[max(0, start - CONTEXT) : start], "after": text[end : end + CONTEXT]}
    return {**plain_event(row, parties), "id": row.key, **place, **context}


def show_event(connection: Connection, key: str) -> dict[str, Any]:
    """An event down to its words, the move that it tells, who coded it, and what people decided about it."""
    event, decision = schema.event, schema.decision
    found = reports_of(connection, (key,))
    if not found:
        raise NotFound(f"nothing here has the id {key}")
    row = connection.execute(select(event).where(event.c.key == key)).mappings().one()
    about = select(decision).where(or_(decision.c.target == key, decision.c.other == key)).order_by(decision.c.id)
    decided = [decision_of(r) for r in connection.execute(about).mappings()]
    return {
        "kind": "event",
        **found[0],
        "move": move_of(connection, key),
        **{name: row[name] for name in ("coder", "coder_version", "codebook_version")},
        "decisions": [{"who": d.who, "judgement": d.judgement, "field": d.field, "value": d.value,
                       "decided": d.decided, "withdrawn": d.withdrawn} for d in decided],
    }  # fmt: skip


def move_of(connection: Connection, key: str) -> str | None:
    """The id of the move that an event tells, or None where people rejected the event."""
    event, report, move = schema.event, schema.report, schema.move
    query = select(move.c.key).join(report, report.c.move_id == move.c.id).join(event, event.c.id == report.c.event_id)
    return connection.execute(query.where(event.c.key == key)).scalar()


def show_page(connection: Connection, start: str) -> dict[str, Any]:
    """A page whose id, or digest, begins so: its article, its body, its events, and other versions of its address."""
    page, article, event = schema.page, schema.article, schema.event
    columns = [page.c[name] for name in ("id", "key", "digest", "url", "path", "address", "fetched", "added", "text")]
    query = select(article, *columns).join(page, article.c.page_id == page.c.id)
    begins = or_(page.c.key.startswith(start), page.c.digest.startswith(start))
    rows = connection.execute(query.where(begins).limit(2)).mappings().all()
    if len(rows) != 1:
        raise NotFound(f"nothing here has the id {start}" if not rows else f"several pages' ids begin with {start}")
    row = rows[0]
    keys = connection.execute(select(event.c.key).where(event.c.page_id == row["id"]).order_by(event.c.position))
    plain = ("key", "digest", "url", "path", "fetched", "added", "title", "outlet", "byline", "published", "credit")
    return {
        "kind": "page",
        **{name: row[name] for name in plain},
        "versions": versions(connection, row["address"]),
        "body": body_of(row["text"], article_of(row)),
        "events": reports_of(connection, tuple(keys.scalars())),
    }


def versions(connection: Connection, address: str) -> list[dict[str, Any]]:
    """The versions of an address that are stored, the oldest first."""
    return [
        {"key": key, "fetched": fetched, "added": added}
        for key, fetched, added in _VERSIONS.rows(connection, address=address)
    ]


def _of_address() -> Prepared:
    table = schema.page.c
    query = select(table.key, table.fetched, table.added).where(table.address == bindparam("address"))
    return Prepared(query.order_by(table.fetched.nulls_first(), table.added, table.key))


_VERSIONS = _of_address()
