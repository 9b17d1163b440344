"""The tables of an export as Arrow, some rows at a time: a ledger's quickly, anything else's row by row."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communique.export.arrow.coded import flat
from communique.export.arrow.details import NO_DETAILS, details
from communique.export.arrow.event_tables import TABLES, Columns, Told
from communique.export.arrow.made import of_numbers, of_values
from communique.export.arrow.move_tables import moves
from communique.export.arrow.parts import ArrowPart, Parts, plain
from communique.export.arrow.rows import of_rows, table_of
from communique.export.arrow.tellings import Tellings, no_telling
from communique.export.arrow.thread_tables import threads
from communique.export.chunks import OF_MOVES, OF_THREADS, chunks, small_chunks
from communique.export.event_rows import wide_rows
from communique.export.record import Part, Record
from communique.export.tables import chosen

if TYPE_CHECKING:
    from communique.export.from_ledger import LedgerRecord

Found = Iterator[tuple[str, Columns]]
OF_PARTIES, OF_TELLINGS = {"wide", "event_actors"}, {"wide", "events"}
OF_DETAIL = {"wide", "terms", "attributions", "evidence"}


def arrow_tables(record: Record) -> Iterator[tuple[str, pa.Table]]:
    """Names of the tables that were asked for with some of their rows, each table's in its order; some texts coded."""
    names = chosen(record.focus.tables)
    if record.ask:
        found = _quickly(cast("LedgerRecord", record), set(names))
    else:
        found = ((name, of_rows(name, rows)) for name, rows in chunks(record))
    return ((name, table_of(names[name], columns)) for name, columns in found)


def _quickly(record: LedgerRecord, names: set[str]) -> Found:
    assert record.ask is not None
    if names & TABLES.keys():
        yield from _of_events(record, names)
    if names & OF_MOVES:
        yield from moves(record.ask, record.connection, names)
    if names & OF_THREADS:
        yield from threads(record.ask, record.connection, names)
    yield from ((name, of_rows(name, rows)) for name, rows in small_chunks(record, names))


def _of_events(record: LedgerRecord, names: set[str]) -> Found:
    assert record.ask is not None
    tellings = Tellings(record.ask) if names & OF_TELLINGS else None
    detailed = bool(names & OF_DETAIL)
    for part in Parts(record.ask, record.connection, bool(names & OF_PARTIES), detailed):
        judged = _judged(record, part)
        found = details(plain(part.events["detail"])) if detailed else NO_DETAILS
        telling = tellings.of(part.events["id"]) if tellings else no_telling(len(part.page))
        told = Told(part, found, telling, _judgements(part, judged))
        yield from _tables(told, judged, names)


def _tables(told: Told, judged: Part, names: Container[str]) -> Found:
    for name, table in TABLES.items():
        if name in names:
            yield name, _as_judged(table(told), judged) if name == "wide" and judged.pages else table(told)


def _judged(record: LedgerRecord, part: ArrowPart) -> Part:
    """The pages of which people judged an event, as rows: they are few."""
    known = record.decided.by_page
    keys = [key for key in part.pages["key"].to_pylist() if key in known] if known else []
    return record.part_of(keys) if keys else Part([], [], [])


def _judgements(part: ArrowPart, judged: Part) -> pa.Array:
    """What people last said of each event."""
    said = {row.key: row.judgement for events in judged.events for row in events if row.judgement}
    where = pc.index_in(plain(part.events["key"]), of_values(list(said), pa.string()))
    return of_values(list(said.values()), pa.string()).take(where)


def _as_judged(columns: Columns, judged: Part) -> Columns:
    """The columns of ``wide``, in which pages that people judged stand as these would have them."""
    keys = of_values([page.key for page in judged.pages], pa.string())
    others = pa.table({name: flat(column) for name, column in columns.items()}).filter(
        pc.invert(pc.is_in(flat(columns["article"]), keys))
    )
    rows = of_rows("wide", wide_rows(judged))
    both = pa.concat_tables([others.select(list(rows)), pa.table(rows)]).combine_chunks()
    order = np.argsort(both["article"].to_pylist(), kind="stable")
    return {name: plain(column) for name, column in zip(rows, both.take(of_numbers(order)).columns, strict=True)}
