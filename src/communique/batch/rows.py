"""Records to rows of the two Parquet tables, and rows back to records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from communique.actor import Actor
from communique.article import Article
from communique.event import Event, Term
from communique.evidence import Evidence
from communique.ledger.coder import Coded
from communique.ledger.rows import article_of as ledger_article
from communique.ledger.rows import article_row as ledger_article_row
from communique.ledger.rows import page_key, page_row, storable
from communique.ledger.rows import page_of as ledger_page
from communique.page import Page

Row = dict[str, Any]


def passed_over(page: Page, position: int, chance: float) -> Row:
    """The row of a page that triage left without coding."""
    row = page_row(page)
    row["page_date"], row["page_outlet"] = row.pop("date"), row.pop("outlet")
    for name in ("added", "address", "text", "detail"):
        del row[name]
    return row | {"position": position, "chance": chance, "coded": False, "events": 0}


def article_row(coded: Coded, position: int, chance: float, stamp: Mapping[str, str]) -> Row:
    """The row of a coded page."""
    whole = page_row(coded.page)
    told = ledger_article_row(coded.article, stamp)
    told["article_detail"] = told.pop("detail")
    row = passed_over(coded.page, position, chance) | told
    kept = {"text": whole["text"], "page_detail": whole["detail"]}
    return row | kept | {"coded": True, "events": len(coded.events)}


def event_rows(coded: Coded, stamp: Mapping[str, str]) -> list[Row]:
    """The rows of a page's events."""
    page, article = coded.page, coded.article
    key = page_key(page)
    shared = {
        "page": key,
        "url": _clean(page.url),
        "address": storable(_address(page)),
        **{name: _clean(getattr(article, name)) for name in ("outlet", "published", "credit")},
        **stamp,
    }
    return [_event_row(key, n, event) | shared for n, event in enumerate(coded.events)]


def _address(page: Page) -> str:
    """What to call the outlet of a page that does not name it: as a ledger does, without loading its database."""
    return page.outlet or (urlsplit(page.url).netloc.removeprefix("www.") if page.url else "") or page.doc


def _event_row(page: str, position: int, event: Event) -> Row:
    return {
        "key": f"{page}-{event.id}",
        "position": position,
        "name": event.id,
        **{name: getattr(event, name) for name in ("type", "mode", "date", "status", "answers", "confidence")},
        "about": _clean(event.about),
        "place": _clean(event.place),
        "sources": [_party(actor) for actor in event.sources],
        "targets": [_party(actor) for actor in event.targets],
        "according_to": [storable(name) for name in event.according_to],
        "terms": [{"role": t.role, "actor": t.actor, **_words(t.evidence)} for t in event.terms],
        "mentions": [_words(m) for m in event.mentions],
        **_words(event.evidence),
    }


def _party(actor: Actor) -> Row:
    return {"id": storable(actor.id), "name": storable(actor.name)}


def _words(evidence: Evidence) -> Row:
    return {"start": evidence.start, "end": evidence.end, "quote": storable(evidence.quote)}


def _clean(value: str | None) -> str | None:
    return None if value is None else storable(value)


def page_of(row: Mapping[str, Any]) -> Page:
    """The Page that a row of a coded page holds."""
    return ledger_page({**row, "date": row["page_date"], "outlet": row["page_outlet"], "detail": row["page_detail"]})


def article_of(row: Mapping[str, Any]) -> Article:
    """The Article that a row of a coded page holds."""
    return ledger_article({**row, "detail": row["article_detail"]})


def event_of(row: Mapping[str, Any]) -> Event:
    """The Event that a row holds."""
    return replace(linked_event(row), mentions=tuple(_evidence(m) for m in row["mentions"]))


_PLAIN = ("type", "mode", "about", "date", "place", "status", "answers", "confidence")
LINKED = (*_PLAIN, "name", "sources", "targets", "start", "end", "quote", "according_to", "terms")


def linked_event(row: Mapping[str, Any]) -> Event:
    """The Event that the columns ``LINKED`` of a row hold: all of it but its further mentions."""
    return Event(
        id=row["name"],
        **{name: row[name] for name in _PLAIN},
        sources=tuple([Actor(a["name"], a["id"]) for a in row["sources"]]),
        targets=tuple([Actor(a["name"], a["id"]) for a in row["targets"]]),
        evidence=_evidence(row),
        according_to=tuple(row["according_to"]),
        terms=tuple([Term(t["role"], t["actor"], _evidence(t)) for t in row["terms"]]),
    )


def _evidence(row: Mapping[str, Any]) -> Evidence:
    return Evidence(row["start"], row["end"], row["quote"])


def body_of(row: Mapping[str, Any]) -> str:
    """The body of a coded page as one text, a line each."""
    return "\n".join(row["text"][a:b] for a, b in json.loads(row["article_detail"])["body"])
