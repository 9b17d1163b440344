"""A document of a table as a coded page: its text where the table has it, else the words of its rows, a line each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from communique.article import Article, Line
from communique.coding.coded import CodedPage
from communique.event import Event, Term
from communique.evidence import Evidence
from communique.importing.documents import Document
from communique.importing.rows import Bad
from communique.importing.values import Coding, date
from communique.page import Page


class _Given:
    """The text that a table has of an article: evidence is looked up in it."""

    def __init__(self, text: str, title: str | None) -> None:
        self.text = text
        self.title = title if title and text.startswith(title) else None

    def evidence(self, words: str, what: str) -> Evidence:
        """Where some words stand. Raises ValueError where they do not."""
        start = self.text.find(words)
        if start < 0:
            raise ValueError(f"the {what} is not in the text, word for word: {words[:60]!r}")
        return Evidence(start, start + len(words), words)


class _Made:
    """A text made of the rows: each piece of evidence is a line of it."""

    def __init__(self, title: str | None) -> None:
        self.title = title
        self.text = title or ""

    def evidence(self, words: str, what: str) -> Evidence:
        """Some words, added as a line unless they stand there already."""
        words = " ".join(words.split())
        start = self.text.find(words, len(self.title or ""))
        if start < 0:
            self.text += "\n" * bool(self.text) + words
            start = len(self.text) - len(words)
        return Evidence(start, start + len(words), words)


def page_of(document: Document, dataset: str) -> tuple[CodedPage | None, list[Bad]]:
    """The coded page of a document, or None where no row can be used, and the rows that cannot."""
    row = document.row
    title, text = row.one("title"), row.one("text")
    title = " ".join(title.split()) if title else None
    try:
        published = date(row, "published")
    except ValueError as error:
        return None, [Bad(one.row.line, str(error)) for one in document.codings]
    words = _Given(text, title) if text else _Made(title)
    events, bad = _events(document.codings, words)
    if not events:
        return None, bad
    page = Page(
        doc=f"{dataset}: {document.name}"[:300],
        text=words.text,
        digest=hashlib.sha256(words.text.encode("utf-8", "replace")).hexdigest(),
        url=row.one("url"),
        date=published,
        outlet=row.one("outlet"),
        meta={"imported from": dataset},
    )
    return CodedPage(page, _article(document, words, published), tuple(events)), bad


def _events(codings: Sequence[Coding], words: _Given | _Made) -> tuple[list[Event], list[Bad]]:
    """The events of a document, numbered in the order of its rows; answers are among them."""
    shown: list[tuple[Coding, Evidence, tuple[Term, ...]]] = []
    bad = []
    for one in codings:
        try:
            evidence = words.evidence(one.quote or _row(one, words), "quote")
            terms = [Term(role, None, words.evidence(said, role)) for role, said in one.terms]
            shown.append((one, evidence, tuple(terms)))
        except ValueError as error:
            bad.append(Bad(one.row.line, str(error)))
    names = {one.id: f"e{n}" for n, (one, _, _) in enumerate(shown, 1) if one.id is not None}
    events = [_event(f"e{n}", one, evidence, terms, names) for n, (one, evidence, terms) in enumerate(shown, 1)]
    return events, bad


def _row(one: Coding, words: _Given | _Made) -> str:
    """What shows an event without a quote: the row itself, as it stands in the table; a given text does not hold it."""
    if isinstance(words, _Given):
        raise ValueError("no quote, though there is a text to quote")
    return one.row.words()


def _event(name: str, one: Coding, evidence: Evidence, terms: tuple[Term, ...], names: dict[str, str]) -> Event:
    return Event(
        id=name,
        type=one.type,
        mode=one.mode,
        sources=one.sources,
        targets=one.targets,
        evidence=evidence,
        about=one.about,
        date=one.date,
        place=one.place,
        status=one.status,
        according_to=one.according_to,
        terms=terms,
        answers=names.get(one.answers or ""),
    )


def _article(document: Document, words: _Given | _Made, published: str | None) -> Article:
    """The article as the table has it. Every line but the title is body."""
    row, lines, at = document.row, [], 0
    for number, line in enumerate(words.text.split("\n")):
        kind = "title" if number == 0 and words.title else "body" if line.strip() else "blank"
        lines.append(Line(number, at, at + len(line), kind))
        at += len(line) + 1
    body = [line for line in lines if line.kind == "body"]
    return Article(
        title=words.title or row.one("title"),
        title_span=(0, len(words.title)) if words.title else None,
        outlet=row.one("outlet"),
        byline=row.one("byline"),
        published=published,
        published_how="imported" if published else None,
        dateline=row.one("dateline"),
        credit=row.one("credit"),
        body=tuple((line.start, line.end) for line in body),
        body_lines=tuple(line.number for line in body),
        lines=tuple(lines),
    )
