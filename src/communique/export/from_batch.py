"""A folder of batch Parquet as a Record: DuckDB puts its shards in order; moves and threads are there once linked.

A page that several shards hold counts once, as the batch's own linking has it. There are no decisions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from communique.batch.linking_reports import read_shards
from communique.batch.linking_shards import find_shards
from communique.batch.linking_work import BatchError, Work, working
from communique.batch.rows import article_of, page_of
from communique.decision import Decision
from communique.export import batch_queries as sql
from communique.export.errors import ExportError
from communique.export.metadata import CodedBy
from communique.export.record import (
    EventRow,
    Focus,
    MoveRow,
    Outlet,
    PageRow,
    Part,
    Party,
    Record,
    StoredPage,
    told_of,
)
from communique.knowledge.kinds import kind_of
from communique.move import Dispute, DisputeKind, Move, Side
from communique.thread import Link, Thread

MEMORY = 2_000_000_000  # bytes
TOGETHER = 2_000  # rows read at a time
PAGES = 400  # pages in one part
Row = dict[str, Any]


class BatchRecord(Record):
    """What the finished shards of a folder hold."""

    def __init__(self, work: Work, focus: Focus) -> None:
        self._work = work
        self.focus = focus

    def _rows(self, query: str) -> Iterator[Row]:
        return (row for batch in self._work.stream(query, TOGETHER) for row in batch.to_pylist())

    def _told(self, query: str) -> Iterator[tuple[Row, list[EventRow]]]:
        """The pages of a query, each with its events."""
        events = groupby(self._rows(sql.EVENTS), key=lambda row: row["page"])
        page, told = next(events, (None, iter(())))
        for row in self._rows(query):
            found = []
            if page == row["key"]:
                found = [_event(event) for event in told]
                page, told = next(events, (None, iter(())))
            yield row, found

    def parts(self) -> Iterator[Part]:
        """Pages and events as rows, some at a time."""
        waiting: list[tuple[PageRow, list[EventRow]]] = []
        for row, events in self._told(sql.PAGES):
            waiting.append((_page(row), events))
            if len(waiting) == PAGES:
                yield _part(waiting)
                waiting = []
        if waiting:
            yield _part(waiting)

    def pages(self) -> Iterator[StoredPage]:
        """Pages with text, article and events."""
        for row, events in self._told(sql.WHOLE_PAGES):
            own = _page(row)
            yield StoredPage(own, page_of(row), article_of(row), tuple(told_of(own, event) for event in events))

    def move_rows(self) -> Iterator[list[MoveRow]]:
        """Moves as rows, some at a time."""
        for batch in self._work.stream(sql.MOVES, TOGETHER):
            yield [_move_row(row) for row in batch.to_pylist()]

    def moves(self) -> Iterator[Move]:
        """Moves, without the weighted words that only linking reads."""
        return (_move(row) for row in self._rows(sql.MOVES))

    def threads(self) -> Iterator[Thread]:
        """Threads, each with its links."""
        return (_thread(row) for row in self._rows(sql.THREADS))

    def parties(self) -> Iterator[Party]:
        """Actors that stand in some event or move."""
        for row in self._rows(sql.PARTIES):
            yield Party(row["id"], row["name"] or row["id"], kind_of(row["id"]), row["made"] or 0, row["received"] or 0)

    def decisions(self) -> Iterator[Decision]:
        """None: nobody decides on a folder."""
        return iter(())

    def sources(self) -> Iterator[Outlet]:
        """Outlets that published the pages."""
        return (Outlet(*row.values()) for row in self._rows(sql.SOURCES))

    def coders(self) -> tuple[CodedBy, ...]:
        """Who coded the pages."""
        return tuple(CodedBy(*row.values()) for row in self._rows(sql.CODERS))


@contextmanager
def reading(folder: Path, focus: Focus, warn: Callable[[str], None]) -> Iterator[BatchRecord]:
    """A Record of a folder; ``warn`` is told each file that cannot be read. Raises ExportError."""
    try:
        shards, broken = find_shards(folder)
        for one in broken:
            warn(f"{one.path}: {one.reason}")
        if not shards:
            raise ExportError(f"{folder} holds no shard that can be read")
        with working(folder, MEMORY, place=None) as work:
            read_shards(work, shards)
            for statement in sql.prepared(folder):
                work.db.execute(statement)
            yield BatchRecord(work, focus)
    except BatchError as error:
        raise ExportError(str(error)) from error


def _part(told: list[tuple[PageRow, list[EventRow]]]) -> Part:
    events = [listed for _, listed in told]
    return Part([page for page, _ in told], events, events)


def _page(row: Row) -> PageRow:
    return PageRow._make(row[name] for name in PageRow._fields)


def _event(row: Row) -> EventRow:
    """The row of an event; parties and spans come as structs."""
    terms = [[t["role"], t["actor"], t["start"], t["end"], t["quote"]] for t in row["terms"]]
    mentions = [[m["start"], m["end"], m["quote"]] for m in row["mentions"]]
    sides = ([(party["id"], party["name"]) for party in row[side]] for side in ("sources", "targets"))
    plain = (row[name] for name in EventRow._fields[: EventRow._fields.index("judgement")])
    return EventRow._make((*plain, None, row["according_to"], terms, mentions, *sides))


def _ordinal(day: dt.date | None) -> int | None:
    return None if day is None else day.toordinal()


def _move_row(row: Row) -> MoveRow:
    disputes = [[d.kind, [(s.says, s.sources, s.reports, s.words) for s in d.sides]] for d in _disputes(row)]
    return MoveRow(
        row["id"], row["type"], row["mode"], row["about"], row["date"], _ordinal(row["since"]), _ordinal(row["until"]),
        row["status"], row["quote"], bool(disputes), row["thread"], row["sources"], row["targets"], row["reports"],
        row["outlets"], row["said_by"], row["contested_by"], disputes,
    )  # fmt: skip


def _move(row: Row) -> Move:
    plain: Any = {name: row[name] for name in ("id", "type", "mode", "about", "date", "status", "quote")}
    listed: Any = {name: tuple(row[name]) for name in ("targets", "reports", "outlets", "said_by")}
    return Move(
        **plain,
        **listed,
        actors=tuple(row["sources"]),
        since=_ordinal(row["since"]),
        until=_ordinal(row["until"]),
        sources=tuple(row["independent_sources"]),
        contested=tuple(row["contested_by"]),
        words={},
        disputes=_disputes(row),
    )


def _thread(row: Row) -> Thread:
    plain: Any = {name: row[name] for name in ("id", "root", "matter", "outcome", "outcome_date")}
    listed: Any = {name: tuple(row[name]) for name in ("rests_on", "moves", "actors", "outlets", "said_by")}
    return Thread(
        **plain,
        **listed,
        links=tuple(Link(k["move"], k["to"], k["kind"], k["score"]) for k in row["links"] or ()),
        since=_ordinal(row["since"]),
        until=_ordinal(row["until"]),
        sources=tuple(row["independent_sources"]),
        disputes=_disputes(row),
    )


def _disputes(row: Row) -> tuple[Dispute, ...]:
    """The points on which sources differ, from the sides that hang on a row."""
    points = groupby(row["disputes"] or (), key=lambda side: (side["dispute"], side["kind"]))
    return tuple(Dispute(_kind(kind), tuple(map(_side, sides))) for (_, kind), sides in points)


def _kind(name: Any) -> DisputeKind:
    kind: DisputeKind = name
    return kind


def _side(row: Row) -> Side:
    return Side(row["says"], tuple(row["sources"]), tuple(row["reports"]), tuple(row["words"]))
