"""Gold pages as coded pages, so that the ledger is tested on what careful coders read, whatever the coder does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from communique.actor import Actor
from communique.article import Article
from communique.coding.coded import CodedPage
from communique.event import Event, Term
from communique.evidence import Evidence
from communique.ledger.coder import Coder
from communique.linking.report import Report, reports_of
from communique.page import Page

FOLDERS = {"seeds": "seeds", "dev": "gold/dev", "train": "gold/train"}


def coded_pages(shared: Path, name: str) -> list[CodedPage]:
    """The coded pages of one gold set: seeds, dev or train."""
    lines = (shared / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [coded_page(shared / FOLDERS[name], json.loads(line)) for line in lines if line.strip()]


def coded_page(folder: Path, gold: dict[str, Any]) -> CodedPage:
    """One gold page with its text, as the coder would hand it over."""
    path = folder / gold["text_file"]
    text = path.read_text(encoding="utf-8")
    page = Page(doc=gold["doc"], text=text, digest=hashlib.sha256(path.read_bytes()).hexdigest(), path=str(path))
    events = tuple(event_of(text, event) for event in gold["events"])
    return CodedPage(page, article_of(text, gold), events)


def article_of(text: str, gold: dict[str, Any]) -> Article:
    """The article that a gold page's fields tell of."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    lines = tuple(gold["body_lines"])
    fields = {name: gold[name] for name in ("title", "outlet", "byline", "published", "dateline", "credit")}
    return Article(**fields, body=tuple(spans[n] for n in lines), body_lines=lines)


def event_of(text: str, gold: dict[str, Any]) -> Event:
    """A gold event with the ranges of its quotes."""
    return Event(
        id=gold["id"],
        type=gold["type"],
        mode=gold["mode"],
        sources=_actors(gold["sources"]),
        targets=_actors(gold["targets"]),
        evidence=_evidence(text, gold["quote"]),
        about=gold["about"],
        date=gold["date"],
        place=gold["place"],
        status=gold["status"],
        according_to=tuple(gold["according_to"] or ()),
        terms=tuple(Term(t["role"], t["actor"], _evidence(text, t["quote"])) for t in gold.get("terms") or []),
        answers=gold["answers"],
        mentions=tuple(_evidence(text, words) for words in gold.get("mentions") or []),
    )


def _actors(listed: list[dict[str, str]] | None) -> tuple[Actor, ...]:
    return tuple(Actor(a["name"], a["id"]) for a in listed or [])


def _evidence(text: str, quote: str) -> Evidence:
    start = text.index(quote)
    return Evidence(start, start + len(quote), quote)


def gold_coder(pages: list[CodedPage], version: str = "1") -> Coder:
    """A coder that gives each page of ``pages`` its gold coding."""
    by_digest = {coded.page.digest: coded for coded in pages}

    def code(page: Page) -> CodedPage:
        return replace(by_digest[page.digest], page=page)

    return Coder("gold", version, "1.2", code)


def reports(pages: list[CodedPage]) -> Iterator[Report]:
    """The reports of coded pages under their gold names: ``dev-00-e1``."""
    for coded in pages:
        yield from reports_of(coded.page.doc, coded.page.doc, coded.article, coded.events)
