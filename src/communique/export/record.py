"""The Record: what a ledger or a batch folder holds, as formats read it. Streamed, and always in the same order.

Pages come by key, events by page and number, moves, threads, actors and outlets by id in the order of code points,
decisions by the moment they were made.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection

from communique.actor import Actor, ActorKind
from communique.article import Article
from communique.decision import Decision
from communique.event import Event, Term
from communique.evidence import Evidence
from communique.export.metadata import CodedBy
from communique.move import Move
from communique.page import Page
from communique.thread import Thread

if TYPE_CHECKING:
    from communique.export.arrow.asking import Ask


class PageRow(NamedTuple):
    """What is known of a page, without its text. ``key`` is its id in every ledger; dates are ISO 8601."""

    key: str
    digest: str
    url: str | None
    doc: str
    outlet: str | None
    title: str | None
    byline: str | None
    published: str | None
    dateline: str | None
    credit: str | None
    language: str | None
    fetched: str | None


class EventRow(NamedTuple):
    """One event as stored. ``answers`` is the name of an event of the same page; ``terms`` are (role, actor, start,
    end, quote), ``mentions`` (start, end, quote), parties (id, name). ``move`` and ``thread`` are keys or None;
    ``matter`` and ``outcome`` are the thread's; ``judgement`` is the last that people said of it, and stands."""

    key: str
    number: int
    name: str
    type: str
    mode: str | None
    about: str | None
    date: str | None
    place: str | None
    status: str
    answers: str | None
    quote: str
    start: int
    end: int
    confidence: float
    coder: str
    coder_version: str
    codebook_version: str
    move: str | None
    thread: str | None
    matter: str | None
    outcome: str | None
    judgement: str | None
    according_to: list[str]
    terms: list[list[Any]]
    mentions: list[list[Any]]
    sources: list[tuple[str, str]]
    targets: list[tuple[str, str]]


class MoveRow(NamedTuple):
    """One move as stored. ``thread`` is a key or None; each dispute is (kind, [(says, sources, reports, words)])."""

    key: str
    type: str
    mode: str | None
    about: str | None
    date: str | None
    since: int | None
    until: int | None
    status: str
    quote: str
    disputed: bool
    thread: str | None
    actors: list[str]
    targets: list[str]
    reports: list[str]
    outlets: list[str]
    said_by: list[str]
    contested: list[str]
    disputes: list[Any]


class Part(NamedTuple):
    """Some pages and, page by page, their events as coded, and as they stand after what people decided."""

    pages: list[PageRow]
    events: list[list[EventRow]]
    standing: list[list[EventRow]]


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its key, the page that tells it, its move and thread (None where it is in none), and its coder."""

    key: str
    page: PageRow
    event: Event
    move: str | None
    thread: str | None
    by: CodedBy


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page with its text, its article, and its events."""

    row: PageRow
    page: Page
    article: Article
    events: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """An actor: its id, its commonest name on pages, its kind, and how many moves it made and received."""

    id: str
    name: str
    kind: ActorKind
    made: int
    received: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source of pages: its name as pages give it, its pages and events, and its first and last day of publication."""

    name: str
    pages: int
    events: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Focus:
    """The threads and actors that were asked for, by id, and the tables, by name; empty means everything."""

    threads: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


class Record(ABC):
    """What formats read. Every method starts a new pass over the source."""

    focus: Focus = Focus()
    connection: Connection | None = None
    ask: Ask | None = None  # how to ask the ledger for Arrow, where it can be

    @abstractmethod
    def parts(self) -> Iterator[Part]:
        """Pages and events as rows, some at a time: the quickest way through all of them."""

    @abstractmethod
    def pages(self) -> Iterator[StoredPage]:
        """Pages with text, article and events."""

    @abstractmethod
    def move_rows(self) -> Iterator[list[MoveRow]]:
        """Moves as rows, some at a time: quicker than ``moves``."""

    @abstractmethod
    def moves(self) -> Iterator[Move]:
        """Moves."""

    @abstractmethod
    def threads(self) -> Iterator[Thread]:
        """Threads, each with its links."""

    @abstractmethod
    def parties(self) -> Iterator[Party]:
        """Actors that stand in some event or move."""

    @abstractmethod
    def decisions(self) -> Iterator[Decision]:
        """People's decisions, withdrawn ones too."""

    @abstractmethod
    def sources(self) -> Iterator[Outlet]:
        """Outlets that published the pages."""

    def told(self) -> Iterator[Told]:
        """Events as they stand: corrected as people corrected them, without those that people rejected."""
        for part in self.parts():
            for page, events in zip(part.pages, part.standing, strict=True):
                yield from (told_of(page, row) for row in events)


def told_of(page: PageRow, row: EventRow) -> Told:
    """The record that a row holds."""
    event = Event(
        id=row.name,
        type=row.type,
        mode=row.mode,
        sources=tuple(Actor(name, id_) for id_, name in row.sources),
        targets=tuple(Actor(name, id_) for id_, name in row.targets),
        evidence=Evidence(row.start, row.end, row.quote),
        about=row.about,
        date=row.date,
        place=row.place,
        status=row.status,
        according_to=tuple(row.according_to),
        terms=tuple(Term(role, actor, Evidence(a, b, quote)) for role, actor, a, b, quote in row.terms),
        answers=row.answers,
        mentions=tuple(Evidence(a, b, quote) for a, b, quote in row.mentions),
        confidence=row.confidence,
    )
    by = CodedBy(row.coder, row.coder_version, row.codebook_version)
    return Told(row.key, page, event, row.move, row.thread, by)
