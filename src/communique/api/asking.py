"""What a ledger is asked, as streams of records: nothing is held but a few rows, however large the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, exists, func, or_, select

from communique.api.records import Disputed, Party, ToldEvent
from communique.ledger import queries, schema
from communique.ledger.filters import Filters, narrow_moves, narrow_threads
from communique.ledger.packing import unpack_move, unpack_thread
from communique.ledger.rows import event_of
from communique.ledger.store import parties_of
from communique.linking.days import bounds
from communique.move import Move
from communique.thread import Position, Thread

T = TypeVar("T")
ROWS = 500  # rows fetched at a time


def threads(connection: Connection, filters: Filters) -> Iterator[Thread]:
    """Threads, those with the latest move first."""
    return _bodies(connection, narrow_threads(select(schema.thread.c.body), filters), schema.thread, unpack_thread)


def moves(connection: Connection, filters: Filters) -> Iterator[Move]:
    """Moves, the latest first."""
    return _bodies(connection, narrow_moves(select(schema.move.c.body), filters), schema.move, unpack_move)


def _bodies(connection: Connection, query: Select[Any], table: Table, unpack: Callable[[str], T]) -> Iterator[T]:
    ordered = query.order_by(table.c.until.desc().nulls_last(), table.c.id.desc())
    for row in connection.execute(ordered.execution_options(yield_per=ROWS)):
        yield unpack(row[0])


def disputes(connection: Connection, filters: Filters) -> Iterator[Disputed]:
    """Disputes on the outcome of threads, then those on moves, each the latest first."""
    thread, move = schema.thread, schema.move
    of_threads = narrow_threads(select(thread.c.body).where(thread.c.disputed), filters)
    for one in _bodies(connection, of_threads, thread, unpack_thread):
        yield from (Disputed(one.id, "thread", dispute) for dispute in one.disputes)
    of_moves = narrow_moves(select(move.c.body).where(move.c.disputed), filters)
    for act in _bodies(connection, of_moves, move, unpack_move):
        yield from (Disputed(act.id, "move", dispute) for dispute in act.disputes)


def actors(connection: Connection, filters: Filters) -> Iterator[Party]:
    """Parties, the busiest first."""
    return (Party(**row) for page in _paged(queries.actors, connection, filters) for row in page)


def positions(connection: Connection, filters: Filters) -> Iterator[Position]:
    """Where actors stood on each matter, the latest thread first."""
    at = 0
    while queries.threads(connection, filters, 1, at):
        yield from queries.positions(connection, filters, ROWS, at)
        at += ROWS


def _paged(ask: Callable[..., list[T]], connection: Connection, filters: Filters) -> Iterator[list[T]]:
    at = 0
    while page := ask(connection, filters, ROWS, at):
        yield page
        at += ROWS


def events(connection: Connection, filters: Filters) -> Iterator[ToldEvent]:
    """Events of every page, in the order in which pages came."""
    stream = connection.execute(_events(filters).execution_options(yield_per=ROWS)).mappings()
    days = filters.days
    while rows := list(islice(stream, ROWS)):
        parties = parties_of(connection, [row["id"] for row in rows])
        for row in rows:
            if days is None or _within(row["date"], days):
                yield _told(row, parties.get(row["id"], []))


def _within(date: str | None, days: tuple[int, int]) -> bool:
    """Whether an act of that codebook date can lie in the days; an undated one cannot."""
    start, _, end = (date or "").partition("/")
    first, last = bounds(start), bounds(end or start)
    return first is not None and last is not None and first[0] <= days[1] and last[1] >= days[0]


def _events(filters: Filters) -> Select[Any]:
    event, article, page = schema.event, schema.article, schema.page
    report, move, thread = schema.report, schema.move, schema.thread
    query = select(event, page.c.key.label("page"), page.c.url, article.c.outlet, article.c.title, article.c.published,
                   move.c.key.label("move"), thread.c.key.label("thread"))  # fmt: skip
    query = query.join(page, page.c.id == event.c.page_id).join(article, article.c.page_id == page.c.id)
    query = query.outerjoin(report, report.c.event_id == event.c.id).outerjoin(move, move.c.id == report.c.move_id)
    query = query.outerjoin(thread, thread.c.id == move.c.thread_id).order_by(event.c.id)
    return _narrow_events(query, filters)


def _narrow_events(query: Select[Any], filters: Filters) -> Select[Any]:
    event, party = schema.event, schema.event_actor
    if filters.type:
        query = query.where(event.c.type == filters.type.upper())
    if filters.status:
        query = query.where(event.c.status == filters.status)
    if filters.outlet:
        query = query.where(func.lower(schema.article.c.outlet) == filters.outlet.lower())
    if filters.actor:
        named = or_(party.c.actor == filters.actor, party.c.actor == filters.actor.upper())
        query = query.where(exists().where(party.c.event_id == event.c.id, named))
    for word in (filters.matter or "").split():
        query = query.where(event.c.about.icontains(word, autoescape=True))
    return query


def _told(row: Any, parties: list[dict[str, Any]]) -> ToldEvent:
    plain = ("page", "outlet", "title", "published", "url", "move", "thread")
    stamp = ("coder", "coder_version", "codebook_version")
    return ToldEvent(id=row["key"], event=event_of(row, parties), **{name: row[name] for name in (*plain, *stamp)})
