"""A ledger as a Record: read a part at a time, by key, in one consistent state."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from importlib.util import find_spec
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from communique.decision import Decision
from communique.export.chunks import batches
from communique.export.judging import Decided
from communique.export.ledger_rows import binary, by_key, events_by_page, fetch, picked
from communique.export.metadata import CodedBy
from communique.export.record import Focus, MoveRow, Outlet, PageRow, Part, Party, Record, StoredPage, told_of
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

if TYPE_CHECKING:
    from communique.export.arrow.asking import Ask

PAGES = 200  # pages in one part
ROWS = 2000  # moves, threads or actors read at a time


_PAGES = select(
    schema.page.c.key,
    schema.page.c.id,
    *(schema.page.c[name] for name in ("key", "digest", "url", "doc")),
    *(schema.article.c[name] for name in PageRow._fields[4:-1]),
    schema.page.c.fetched,
).join(schema.article, schema.article.c.page_id == schema.page.c.id)
_LISTS = [list(Move.__dataclass_fields__).index(name) for name in MoveRow._fields[11:]]


class LedgerRecord(Record):
    """What an open ledger holds, over one connection."""

    def __init__(self, connection: Connection, focus: Focus = Focus(), ask: Ask | None = None) -> None:  # noqa: B008
        self.connection: Connection = connection
        self.focus = focus
        self.ask = ask

    @cached_property
    def decided(self) -> Decided:
        """What people decided on events."""
        return Decided.of(self.connection)

    def parts(self) -> Iterator[Part]:
        """Pages and events as rows, some at a time."""
        for rows in by_key(self.connection, _PAGES, schema.page.c.key, PAGES):
            yield self._part(rows)

    def part_of(self, keys: list[str]) -> Part:
        """The pages of those keys with their events, as rows."""
        key = schema.page.c.key
        pages = batches(keys, PAGES)
        rows = [row for some in pages for row in fetch(self.connection, _PAGES.where(key.in_(some)))]
        return self._part(sorted(rows, key=itemgetter(0)))

    def _part(self, rows: list[tuple[Any, ...]]) -> Part:
        found = events_by_page(self.connection, [row[1] for row in rows])
        pages = [PageRow(*row[2:]) for row in rows]
        return self.decided.judge(pages, [found.get(row[1], []) for row in rows])

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

    def move_rows(self) -> Iterator[list[MoveRow]]:
        """Moves as rows, some at a time."""
        move, thread = schema.move, schema.thread
        lists = picked(self.connection, move.c.body, _LISTS)
        query = select(*(move.c[name] for name in MoveRow._fields[:9]), move.c.disputed, thread.c.key, lists)
        query = query.outerjoin(thread, thread.c.id == move.c.thread_id)
        for rows in by_key(self.connection, query, move.c.key, ROWS):
            yield [MoveRow(*row[:-1], *json.loads(row[-1])) for row in rows]

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
                yield Party(id_, names.get(id_) or id_, kind_of(id_), made or 0, received or 0)

    def decisions(self) -> Iterator[Decision]:
        """People's decisions, withdrawn ones too."""
        table = schema.decision
        for row in self.connection.execute(select(table).order_by(table.c.id)).mappings():
            yield decision_of(row)

    def sources(self) -> Iterator[Outlet]:
        """Outlets that published the pages."""
        article, event = schema.article, schema.event
        told = func.count(event.c.id).label("events")
        query = select(article.c.outlet, article.c.published, told).where(article.c.outlet.is_not(None))
        query = query.outerjoin(event, event.c.page_id == article.c.page_id).group_by(article.c.page_id)
        page = query.subquery().c  # counted by the page first, which both tables are in the order of
        first, last = func.min(page.published), func.max(page.published)
        counts = select(page.outlet, func.count(), func.sum(page.events), first, last).group_by(page.outlet)
        for row in self.connection.execute(counts.order_by(binary(self.connection, page.outlet))):
            yield Outlet(row[0], int(row[1]), int(row[2]), row[3], row[4])

    def coders(self) -> tuple[CodedBy, ...]:
        """Who coded the pages."""
        table = schema.article
        columns = (table.c.coder, table.c.coder_version, table.c.codebook_version)
        return tuple(sorted((CodedBy(*row) for row in self.connection.execute(select(*columns).distinct())), key=str))


@contextmanager
def reading(ledger: Ledger, focus: Focus, columns: bool = False) -> Iterator[tuple[LedgerRecord, str | None]]:
    """A Record of one state of the ledger, whatever is written meanwhile, and the ledger's version.

    With ``columns``, and where pyarrow is installed, the Record can be asked for Arrow tables too.
    """
    with reported(ledger.name), ledger.engine.connect() as plain:
        steady = plain.dialect.name == "postgresql"
        connection = plain.execution_options(isolation_level="REPEATABLE READ") if steady else plain
        with _asking(connection, ledger.target) if columns and find_spec("pyarrow") else _begun(connection) as ask:
            yield LedgerRecord(connection, focus, ask), version.of(connection)


def _asking(connection: Connection, target: str) -> AbstractContextManager[Ask]:
    from communique.export.arrow.beside import begun

    return begun(connection, target)


@contextmanager
def _begun(connection: Connection) -> Iterator[None]:
    with connection.begin():
        yield
