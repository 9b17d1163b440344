"""A page as it was read, its body set off from furniture and every piece of evidence marked, beside its events."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select
from starlette.requests import Request

from communique.article import Article
from communique.event import Event
from communique.ledger import schema
from communique.ledger.errors import NotFound
from communique.ledger.prepared import Prepared, several
from communique.ledger.rows import article_of
from communique.ledger.showing import versions
from communique.ledger.store import events_of
from communique.web.marking import Span, lines
from communique.web.room import Room
from communique.web.wording import shape

LONGEST = 300_000  # characters of a page that are shown; a browser is slow with more


def look(room: Room, request: Request) -> dict[str, Any]:
    """The page of that id. Raises NotFound."""
    row = _row(room, request.path_params["name"])
    article, events = article_of(row), events_of(room.connection, row["page_id"])
    moves = _moves(room, [f"{row['key']}-{event.id}" for event in events])
    plain = ("key", "digest", "url", "fetched", "added", "title", "outlet", "byline", "published", "credit")
    text = row["text"][:LONGEST]
    return {
        "page": {name: row[name] for name in plain} | {"length": len(row["text"]), "shown": len(text)},
        "versions": [v for v in versions(room.connection, row["address"]) if v["key"] != row["key"]],
        "events": [_event(room, row["key"], event, moves) for event in events],
        "lines": lines(text, kinds(row["text"], article), spans(events)),
    }


def _with_article() -> Prepared:
    page, article = schema.page, schema.article
    columns = [page.c[name] for name in ("key", "digest", "url", "path", "address", "fetched", "added", "text")]
    query = select(article, *columns).join(page, article.c.page_id == page.c.id)
    return Prepared(query.where(page.c.key == bindparam("key")))


def _with_thread() -> Prepared:
    event, report, move, thread = schema.event, schema.report, schema.move, schema.thread
    query = select(event.c.key, move.c.key.label("move"), thread.c.key.label("thread"))
    query = query.join(report, report.c.event_id == event.c.id).join(move, move.c.id == report.c.move_id)
    return Prepared(query.outerjoin(thread, thread.c.id == move.c.thread_id).where(event.c.key.in_(several())))


_PAGE, _MOVES = _with_article(), _with_thread()


def _row(room: Room, key: str) -> Any:
    row = _PAGE.first(room.connection, key=key)
    if row is None:
        raise NotFound(f"no page here has the id {key}")
    return row._mapping


def _moves(room: Room, keys: list[str]) -> dict[str, tuple[str, str | None]]:
    """For each event's key the move that it tells, and that move's thread."""
    return {key: (move, thread) for key, move, thread in _MOVES.rows_in(room.connection, keys)}


def _event(room: Room, page: str, event: Event, moves: dict[str, tuple[str, str | None]]) -> dict[str, Any]:
    move, thread = moves.get(f"{page}-{event.id}", (None, None))
    terms = [
        {"role": t.role, "name": room.name(t.actor) if t.actor else None, "quote": t.evidence.quote}
        for t in event.terms
    ]
    return {
        **event.to_dict(),
        "terms": terms,
        "sources": [{"id": a.id, "name": room.name(a.id), "as": a.name} for a in event.sources],
        "targets": [{"id": a.id, "name": room.name(a.id), "as": a.name} for a in event.targets],
        "shape": shape(event.type),
        "move": move,
        "thread": thread,
    }


def spans(events: list[Event]) -> list[Span]:
    """Every range of the page that backs an event: its words, its terms, further mentions."""
    found = [Span(e.evidence.start, e.evidence.end, e.id, "words") for e in events]
    found += [Span(t.evidence.start, t.evidence.end, e.id, t.role) for e in events for t in e.terms]
    return found + [Span(m.start, m.end, e.id, "mention") for e in events for m in e.mentions]


def kinds(text: str, article: Article) -> dict[int, str]:
    """The kind of each line by its number: ``title``, ``body``, or a kind of furniture."""
    told = {line.number: line.kind for line in article.lines}
    told |= dict.fromkeys(article.body_lines, "body")
    if article.title_span:
        told[text.count("\n", 0, article.title_span[0])] = "title"
    return told
