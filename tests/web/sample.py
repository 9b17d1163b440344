"""The sample pages as a careful coder reads them, so that what pages show does not hang on the coder."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from communique.actor import Actor
from communique.article import Article, Line
from communique.coding.coded import CodedPage
from communique.demo import sample_pages
from communique.event import Event, Term
from communique.evidence import Evidence
from communique.ledger.coder import Coder
from communique.ledger.store import Ledger
from communique.page import Page
from communique.reading import read_path

NAMES = {
    "NOR": "Norway",
    "ISL": "Iceland",
    "DNK": "Denmark",
    "EU": "European Union",
    "SWE": "Sweden",
    "UN": "United Nations",
}
ARTICLES = {
    "herald-2014": ("Sample Herald", "2014-03-12", "Iceland Turns Down Norway's Offer on Skarv Bank"),
    "wire-2014": ("Sample Wire", "2014-03-13", "Norway denies offering Iceland a deal on Skarv Bank"),
    "times-2014": ("The Sample Times", "2014-03-15", "The offer was Iceland's, says Oslo"),
    "tribune-2025": ("The Sample Tribune", "2025-05-08", "Norway invites Iceland to a conference on Skarv Bank"),
    "courier-2025": ("Sample Courier", "2025-05-10", "Iceland will not go to Oslo"),
    "post-2025": ("Sample Post", "2025-05-18", "The letter that nobody sent"),
}
EVENTS = Path(__file__).with_name("sample_events.csv")
CODER = ("sample", "1", "1.2")


def coded_samples() -> list[CodedPage]:
    """The six sample pages with hand-made events."""
    rows = list(csv.DictReader(EVENTS.open(encoding="utf-8", newline="")))
    return [
        coded(page, [row for row in rows if row["doc"] == page.doc])
        for path in sample_pages()
        for page in read_path(path)
    ]


def coded(page: Page, rows: list[dict[str, str]]) -> CodedPage:
    """One page with the events of some rows."""
    outlet, published, title = ARTICLES[page.doc]
    return coded_by_hand(page, title, outlet, published, [event_of(page.text, row) for row in rows])


def coded_by_hand(page: Page, title: str, outlet: str, published: str, events: list[Event]) -> CodedPage:
    """A page with an article whose body is every line that ends like a sentence and holds eight words."""
    lines, start = [], 0
    for number, words in enumerate(page.text.split("\n")):
        body = len(words.split()) >= 8 and words.rstrip().endswith((".", '"'))
        kind = "title" if words == title else "body" if body else "blank" if not words.strip() else "navigation"
        lines.append(Line(number, start, start + len(words), kind))
        start += len(words) + 1
    inside = [line for line in lines if line.kind == "body"]
    article = Article(
        title=title,
        outlet=outlet,
        published=published,
        language="en",
        body=tuple((line.start, line.end) for line in inside),
        body_lines=tuple(line.number for line in inside),
        lines=tuple(lines),
    )
    return CodedPage(page, article, tuple(events))


def event_of(text: str, row: dict[str, str]) -> Event:
    """The event of a row: parties by id divided by spaces, terms as ``role:party:words`` divided by ``|``."""
    terms = (term.split(":", 2) for term in row["terms"].split("|") if term)
    return Event(
        id=row["id"],
        type=row["type"],
        mode=row["mode"] or None,
        sources=parties(row["sources"]),
        targets=parties(row["targets"]),
        evidence=evidence(text, row["quote"]),
        about=row["about"] or None,
        date=row["date"] or None,
        status=row["status"] or "actual",
        according_to=tuple(name for name in row["according_to"].split("|") if name),
        terms=tuple(Term(role, party or None, evidence(text, words)) for role, party, words in terms),
        answers=row["answers"] or None,
    )


def parties(ids: str) -> tuple[Actor, ...]:
    """Parties by their ids."""
    return tuple(Actor(NAMES.get(each, each), each) for each in ids.split())


def evidence(text: str, quote: str) -> Evidence:
    """Where some words stand in a text."""
    start = text.index(quote)
    return Evidence(start, start + len(quote), quote)


def coder_of(pages: list[CodedPage]) -> Coder:
    """A coder that knows these pages, and finds one refusal in any other that says so."""
    known = {one.page.digest: one for one in pages}

    def code(page: Page) -> CodedPage:
        found = known.get(page.digest)
        if found:
            return CodedPage(page, found.article, found.events)
        events = []
        if "rejected" in page.text:
            events.append(Event("e1", "REJECT", None, parties("ISL"), parties("NOR"), evidence(page.text, "rejected")))
        return coded_by_hand(page, page.text.split("\n")[0], "Pasted Gazette", "2025-05-20", events)

    return Coder(*CODER, code)


def add_all(target: Path, pages: list[CodedPage]) -> Ledger:
    """A ledger with the pages, open."""
    ledger = Ledger.open(target, create=True)
    for page in pages:
        ledger.add(page, coder_of(pages))
    return ledger


def text_page(doc: str, text: str) -> Page:
    """A page of plain text."""
    return Page(doc=doc, text=text, digest=hashlib.sha256(text.encode()).hexdigest())
