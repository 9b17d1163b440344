"""Records to rows and back: a page read from the ledger is the page that was put in."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from communique.actor import Actor
from communique.article import Article, Line
from communique.event import Event, Term
from communique.evidence import Evidence
from communique.page import Block, Page

_UNSTORABLE = {0: "\ufffd", **dict.fromkeys(range(55296, 57344), "�")}
_HOLDS_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
KEY_LENGTH = 16  # hex digits of a page's digest in its key


def storable(text: str) -> str:
    """The text with each character that a database cannot hold (NUL, lone surrogates) replaced by one other.

    The length stays the same, so every offset still points at the same words.
    """
    return text.translate(_UNSTORABLE) if _HOLDS_UNSTORABLE.search(text) else text


def page_key(page: Page) -> str:
    """The page's id in every ledger: from its digest, and its address where it has one.

    The same bytes from one address are one page; two outlets that print the same words are two.
    """
    if not page.url:
        return page.digest[:KEY_LENGTH]
    return hashlib.sha256(f"{page.digest} {page.url}".encode("utf-8", "replace")).hexdigest()[:KEY_LENGTH]


_BLOCK_FIELDS = ("start", "end", "tags", "hints", "link_share")


def page_row(page: Page) -> dict[str, Any]:
    """The row of a page."""
    blocks = [{name: getattr(block, name) for name in _BLOCK_FIELDS} for block in page.blocks]
    detail = {"blocks": blocks, "meta": dict(page.meta), "warnings": list(page.warnings)}
    return {
        "key": page_key(page),
        "digest": page.digest,
        "address": storable(page.url or page.path or page.doc),
        "doc": storable(page.doc),
        "url": page.url and storable(page.url),
        "path": page.path and storable(page.path),
        "kind": page.kind,
        "encoding": page.encoding,
        "date": page.date,
        "outlet": page.outlet and storable(page.outlet),
        "fetched": page.fetched,
        "added": now(),
        "text": storable(page.text),
        "detail": storable(json.dumps(detail, ensure_ascii=False)),
    }


def now() -> str:
    """This moment, ISO 8601 in UTC, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def page_of(row: Mapping[Any, Any]) -> Page:
    """The page that a row holds."""
    detail = orjson.loads(row["detail"])
    blocks = tuple(
        Block(b["start"], b["end"], tuple(b["tags"]), tuple(b["hints"]), b["link_share"]) for b in detail["blocks"]
    )
    return Page(
        doc=row["doc"],
        text=row["text"],
        digest=row["digest"],
        path=row["path"],
        url=row["url"],
        kind=row["kind"],
        encoding=row["encoding"],
        date=row["date"],
        outlet=row["outlet"],
        fetched=row["fetched"],
        blocks=blocks,
        meta=detail["meta"],
        warnings=tuple(detail["warnings"]),
    )


_ARTICLE_FIELDS = ("title", "outlet", "byline", "published", "published_how", "dateline", "credit", "language")


def article_row(article: Article, stamp: Mapping[str, str]) -> dict[str, Any]:
    """The row of an article, without its page's id; ``stamp`` names coder and versions."""
    detail = {
        "title_span": article.title_span,
        "body": article.body,
        "body_lines": article.body_lines,
        "lines": [(line.number, line.start, line.end, line.kind) for line in article.lines],
        "warnings": article.warnings,
    }
    plain = {name: _clean(getattr(article, name)) for name in _ARTICLE_FIELDS}
    return {**plain, "detail": storable(json.dumps(detail, ensure_ascii=False)), **stamp}


def _clean(value: str | None) -> str | None:
    return None if value is None else storable(value)


def article_of(row: Mapping[Any, Any]) -> Article:
    """The article that a row holds."""
    detail = orjson.loads(row["detail"])
    span = detail["title_span"]
    return Article(
        **{name: row[name] for name in _ARTICLE_FIELDS},
        title_span=None if span is None else (span[0], span[1]),
        body=tuple((a, b) for a, b in detail["body"]),
        body_lines=tuple(detail["body_lines"]),
        lines=tuple(Line(*line) for line in detail["lines"]),
        warnings=tuple(detail["warnings"]),
    )


def event_row(page: str, position: int, event: Event, stamp: Mapping[str, str]) -> dict[str, Any]:
    """The row of an event, without its page's id; ``page`` is the page's key."""
    detail = {
        "according_to": list(event.according_to),
        "terms": [[t.role, t.actor, t.evidence.start, t.evidence.end, t.evidence.quote] for t in event.terms],
        "mentions": [[m.start, m.end, m.quote] for m in event.mentions],
    }
    return {
        "key": f"{page}-{event.id}",
        "position": position,
        "name": event.id,
        "type": event.type,
        "mode": event.mode,
        "about": _clean(event.about),
        "date": event.date,
        "place": _clean(event.place),
        "status": event.status,
        "answers": event.answers,
        "quote": storable(event.evidence.quote),
        "start": event.evidence.start,
        "end": event.evidence.end,
        "confidence": event.confidence,
        "detail": storable(json.dumps(detail, ensure_ascii=False)),
        **stamp,
    }


def actor_rows(event_id: int, event: Event) -> list[dict[str, Any]]:
    """The rows of an event's parties."""
    sides = (("source", event.sources), ("target", event.targets))
    return [
        {"event_id": event_id, "side": side, "position": n, "actor": storable(a.id), "name": storable(a.name)}
        for side, actors in sides
        for n, a in enumerate(actors)
    ]


def event_of(row: Mapping[Any, Any], actors: Iterable[Mapping[str, Any]]) -> Event:
    """The event that a row and the rows of its parties hold."""
    detail = orjson.loads(row["detail"])
    parties: dict[str, list[Actor]] = {"source": [], "target": []}
    for actor in sorted(actors, key=lambda a: (a["side"], a["position"])):
        parties[actor["side"]].append(Actor(actor["name"], actor["actor"]))
    return Event(
        id=row["name"],
        type=row["type"],
        mode=row["mode"],
        sources=tuple(parties["source"]),
        targets=tuple(parties["target"]),
        evidence=Evidence(row["start"], row["end"], row["quote"]),
        about=row["about"],
        date=row["date"],
        place=row["place"],
        status=row["status"],
        according_to=tuple(detail["according_to"]),
        terms=tuple(Term(role, actor, Evidence(a, b, quote)) for role, actor, a, b, quote in detail["terms"]),
        answers=row["answers"],
        mentions=tuple(Evidence(a, b, quote) for a, b, quote in detail["mentions"]),
        confidence=row["confidence"],
    )


def plain_event(row: Any, actors: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """``event_of(row, actors).to_dict()`` of a row by attribute, made straight away: pages show hundreds of events."""
    detail = orjson.loads(row.detail)
    parties: dict[str, list[dict[str, str]]] = {"source": [], "target": []}
    for actor in sorted(actors, key=lambda a: (a["side"], a["position"])):
        parties[actor["side"]].append({"name": actor["name"], "id": actor["actor"]})
    return {
        "id": row.name,
        "type": row.type,
        "mode": row.mode,
        "sources": parties["source"],
        "targets": parties["target"],
        "about": row.about,
        "date": row.date,
        "place": row.place,
        "status": row.status,
        "according_to": detail["according_to"],
        "terms": [{"role": r, "actor": who, "quote": quote, "span": [a, b]} for r, who, a, b, quote in detail["terms"]],
        "answers": row.answers,
        "quote": row.quote,
        "span": [row.start, row.end],
        "mentions": [quote for _, _, quote in detail["mentions"]],
        "mention_spans": [[a, b] for a, b, _ in detail["mentions"]],
        "confidence": round(row.confidence, 3),
    }


def body_of(text: str, article: Article) -> str:
    """The body of an article as one text, a line each."""
    return "\n".join(text[start:end] for start, end in article.body)
