"""A ledger as a Record: read a part at a time, by key, in one consistent state."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from communique.decision import Decision
from communique.export.judging import Decided
from communique.export.metadata import CodedBy
from communique.export.record import EventRow, Focus, Outlet, PageRow, Part, Party, Record, StoredPage, told_of
from communique.knowledge.kinds import kind_of
from communique.ledger import schema, version
from communique.ledger.actors import names_of
from communique.ledger.decisions import decision_of
from communique.ledger.errors import reported
from communique.ledger.packing import unpack_move, unpack_thread
from communique.ledger.rows import article_of, page_of
from communique.ledger.store import Ledger
from communique.move import Move
from communique.thread import Thread

PAGES = 400  # pages in one part
ROWS = 4000  # moves, threads or actors read at a time


class LedgerRecord(Record):
    """What an open ledger holds, over one connection."""

    def __init__(self, connection: Connection, focus: Focus = Focus()) -> None:  # noqa: B008 - frozen
        self.connection: Connection = connection
        self.focus = focus

    def parts(self) -> Iterator[Part]:
        """Pages and events as rows, some at a time."""
        page, article = schema.page, schema.article
        columns = [page.c.key, page.c.digest, page.c.url, page.c.doc, *(article.c[n] for n in PageRow._fields[4:-1])]
        query = select(page.c.key, page.c.id, *columns, page.c.fetched).join(article, article.c.page_id == page.c.id)
        decided = Decided.of(self.connection)
        for rows in by_key(self.connection, query, page.c.key, PAGES):
            found = events_by_page(self.connection, [row[1] for row in rows])
            pages = [PageRow(*row[2:]) for row in rows]
            events = [found.get(row[1], []) for row in rows]
            yield decided.judge(pages, events)

    def pages(self) -> Iterator[StoredPage]:
        """Pages with text, article and events."""
        page, article = schema.page, schema.article
        for part in self.parts():
            keys = [row.key for row in part.pages]
            stored = self.connection.execute(select(page).where(page.c.key.in_(keys))).mappings()
            texts = {row["key"]: row for row in stored}
            ids = [row["id"] for row in texts.values()]
            said = self.connection.execute(select(article).where(article.c.page_id.in_(ids))).mappings()
            articles = {row["page_id"]: row for row in said}
            for row, events in zip(part.pages, part.standing, strict=True):
                found = texts[row.key]
                told = tuple(told_of(row, event) for event in events)
                yield StoredPage(row, page_of(found), article_of(articles[found["id"]]), told)

    def packed_moves(self) -> Iterator[list[Any]]:
        """Moves as the values of Move's fields, in order, with the key of the thread last."""
        move, thread = schema.move, schema.thread
        query = select(move.c.key, move.c.body, thread.c.key).outerjoin(thread, thread.c.id == move.c.thread_id)
        for rows in by_key(self.connection, query, move.c.key, ROWS):
            for _, body, key in rows:
                yield [*json.loads(body), key]

    def moves(self) -> Iterator[Move]:
        """Moves."""
        table = schema.move
        for rows in by_key(self.connection, select(table.c.key, table.c.body), table.c.key, ROWS):
            yield from (unpack_move(row[1]) for row in rows)

    def threads(self) -> Iterator[Thread]:
        """Threads, each with its links."""
        table = schema.thread
        for rows in by_key(self.connection, select(table.c.key, table.c.body), table.c.key, ROWS):
            yield from (unpack_thread(row[1]) for row in rows)

    def parties(self) -> Iterator[Party]:
        """Actors that stand in some event or move."""
        named, counted = schema.actor_name, schema.actor
        ids = select(named.c.actor.label("id")).where(named.c.events > 0)
        every = ids.union(select(counted.c.id).where(counted.c.made + counted.c.received > 0)).subquery()
        query = select(every.c.id, counted.c.made, counted.c.received).outerjoin(counted, counted.c.id == every.c.id)
        for rows in by_key(self.connection, query, every.c.id, ROWS):
            names = names_of(self.connection, [row[0] for row in rows])
            for id_, made, received in rows:
                yield Party(id_, names.get(id_, id_), kind_of(id_), made or 0, received or 0)

    def decisions(self) -> Iterator[Decision]:
        """People's decisions, withdrawn ones too."""
        table = schema.decision
        for row in self.connection.execute(select(table).order_by(table.c.id)).mappings():
            yield decision_of(row)

    def sources(self) -> Iterator[Outlet]:
        """Outlets that published the pages."""
        article, event = schema.article, schema.event
        counts = select(event.c.page_id, func.count().label("events")).group_by(event.c.page_id).subquery()
        told = func.coalesce(func.sum(counts.c.events), 0)
        published = article.c.published
        query = select(article.c.outlet, func.count(), told, func.min(published), func.max(published))
        query = query.outerjoin(counts, counts.c.page_id == article.c.page_id)
        query = query.where(article.c.outlet.is_not(None)).group_by(article.c.outlet)
        for row in self.connection.execute(query.order_by(_binary(self.connection, article.c.outlet))):
            yield Outlet(row[0], int(row[1]), int(row[2]), row[3], row[4])

    def coders(self) -> tuple[CodedBy, ...]:
        """Who coded the pages."""
        table = schema.article
        columns = (table.c.coder, table.c.coder_version, table.c.codebook_version)
        return tuple(sorted((CodedBy(*row) for row in self.connection.execute(select(*columns).distinct())), key=str))


@contextmanager
def reading(ledger: Ledger, focus: Focus) -> Iterator[tuple[LedgerRecord, str | None]]:
    """A Record of one state of the ledger, whatever is written meanwhile, and the ledger's version."""
    with reported(ledger.name), ledger.engine.connect() as plain:
        steady = plain.dialect.name == "postgresql"
        connection = plain.execution_options(isolation_level="REPEATABLE READ") if steady else plain
        with connection.begin():
            yield LedgerRecord(connection, focus), version.of(connection)


def _binary(connection: Connection, column: ColumnElement[Any]) -> Any:
    """A column that compares by code points, as SQLite's do, whatever the language of the server."""
    return column.collate("C") if connection.dialect.name == "postgresql" else column


def by_key(
    connection: Connection, query: Select[Any], column: ColumnElement[Any], size: int
) -> Iterator[Sequence[Any]]:
    """The rows of a query whose first column is ``column``, unique: by code points, ``size`` at a time."""
    key = _binary(connection, column)
    query = query.order_by(key).limit(size)
    rows: Sequence[Any] = connection.execute(query).all()
    while rows:
        yield rows
        rows = connection.execute(query.where(key > rows[-1][0])).all() if len(rows) == size else []


_EVENT = ("key", "position", "name", "type", "mode", "about", "date", "place", "status", "answers", "quote", "start",
          "end", "confidence", "coder", "coder_version", "codebook_version")  # fmt: skip


def events_by_page(connection: Connection, pages: list[int]) -> dict[int, list[EventRow]]:
    """The events of some pages, by page, in order."""
    event, report, move, thread = schema.event, schema.report, schema.move, schema.thread
    of_thread = (thread.c.key, thread.c.matter, thread.c.outcome)
    query = select(event.c.id, event.c.page_id, event.c.detail, *(event.c[n] for n in _EVENT), move.c.key, *of_thread)
    query = query.outerjoin(report, report.c.event_id == event.c.id).outerjoin(move, move.c.id == report.c.move_id)
    query = query.outerjoin(thread, thread.c.id == move.c.thread_id).where(event.c.page_id.in_(pages))
    sources, targets = parties_by_event(connection, pages)
    found: dict[int, list[EventRow]] = defaultdict(list)
    rows: Iterable[Any] = connection.execute(query.order_by(event.c.page_id, event.c.position))
    for row in rows:
        detail = json.loads(row[2])
        lists = detail["according_to"], detail["terms"], detail["mentions"]
        found[row[1]].append(EventRow._make((*row[3:], None, *lists, sources.get(row[0], []), targets.get(row[0], []))))
    return found


Parties = dict[int, list[tuple[str, str]]]


def parties_by_event(connection: Connection, pages: list[int]) -> tuple[Parties, Parties]:
    """Sources and targets of the events of some pages, by event, in order."""
    table, event = schema.event_actor, schema.event
    query = select(table.c.event_id, table.c.side, table.c.actor, table.c.name)
    query = query.join(event, event.c.id == table.c.event_id).where(event.c.page_id.in_(pages))
    sources: Parties = defaultdict(list)
    targets: Parties = defaultdict(list)
    for event_id, side, actor, name in connection.execute(query.order_by(table.c.event_id, table.c.position)):
        (sources if side == "source" else targets)[event_id].append((actor, name))
    return sources, targets
