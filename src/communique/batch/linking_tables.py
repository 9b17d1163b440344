"""The Parquet that ``communique link FOLDER`` writes: moves, threads, links and disputes.

    FOLDER/moves.parquet     one act a row, with the reports (keys of events) that tell it, and its thread
    FOLDER/threads.parquet   one proposal, demand or agreement a row, with its outcome and moves
    FOLDER/links.parquet     what a move stands to: answers, counters, version, agreement, breach, ...
    FOLDER/disputes.parquet  one side of a dispute a row; ``id`` names the move or thread, ``dispute`` counts from 0

Each is written under a name that begins with a dot and renamed when all are whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from communique.move import Dispute, Move
from communique.thread import Link, Thread

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
NAMES = ("moves", "threads", "links", "disputes")


def schemas() -> dict[str, pa.Schema]:
    """The columns of each table; ``since`` and ``until`` are days, null where open."""
    import pyarrow as pa

    text, many, day = pa.string(), pa.list_(pa.string()), pa.date32()
    moves = [("id", text), ("thread", text), ("type", text), ("mode", text), ("sources", many), ("targets", many),
             ("about", text), ("date", text), ("since", day), ("until", day), ("status", text), ("quote", text),
             ("reports", many), ("outlets", many), ("independent_sources", many), ("said_by", many),
             ("contested_by", many)]  # fmt: skip
    threads = [("id", text), ("root", text), ("matter", text), ("outcome", text), ("outcome_date", text),
               ("since", day), ("until", day), ("rests_on", many), ("moves", many), ("actors", many),
               ("outlets", many), ("independent_sources", many), ("said_by", many)]  # fmt: skip
    links = [("move", text), ("to", text), ("kind", text), ("score", pa.float64())]
    disputes = [("id", text), ("dispute", pa.int32()), ("kind", text), ("says", text), ("sources", many),
                ("reports", many), ("words", many)]  # fmt: skip
    listed = zip(NAMES, (moves, threads, links, disputes), strict=True)
    return {name: pa.schema(columns) for name, columns in listed}


class Tables:
    """The four files on their way; used with ``with``, they are put in place when all went well."""

    def __init__(self, folder: Path, rows: int = 5_000) -> None:
        import pyarrow.parquet as pq

        self._folder, self._rows, self._schemas = folder, rows, schemas()
        self._waiting: dict[str, list[Row]] = {name: [] for name in NAMES}
        self._writers = {
            name: pq.ParquetWriter(self._hidden(name), schema, compression="zstd")
            for name, schema in self._schemas.items()
        }

    def __enter__(self) -> Tables:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name, writer in self._writers.items():
            if kind is None:
                self._flush(name)
            writer.close()
        for name in NAMES:
            if kind is None:
                self._hidden(name).replace(self._folder / f"{name}.parquet")
            else:
                self._hidden(name).unlink(missing_ok=True)

    def add(self, name: str, rows: Iterable[Row]) -> None:
        """Take rows of one table."""
        self._waiting[name].extend(rows)
        if len(self._waiting[name]) >= self._rows:
            self._flush(name)

    def _flush(self, name: str) -> None:
        import pyarrow as pa

        if self._waiting[name]:
            self._writers[name].write_table(pa.Table.from_pylist(self._waiting[name], schema=self._schemas[name]))
            self._waiting[name] = []

    def _hidden(self, name: str) -> Path:
        return self._folder / f".{name}.parquet"


def move_row(move: Move, thread: str | None) -> Row:
    """The row of a move."""
    return {**move.to_dict(), "thread": thread, "since": _day(move.since), "until": _day(move.until)}


def thread_row(thread: Thread) -> Row:
    """The row of a thread."""
    return {**thread.to_dict(), "since": _day(thread.since), "until": _day(thread.until)}


def link_row(link: Link) -> Row:
    """The row of a link."""
    return {"move": link.move, "to": link.to, "kind": link.kind, "score": link.score}


def dispute_rows(name: str, disputes: Sequence[Dispute]) -> list[Row]:
    """The rows of the sides of some disputes of one move or thread."""
    return [
        {"id": name, "dispute": n, "kind": dispute.kind, **side.to_dict()}
        for n, dispute in enumerate(disputes)
        for side in dispute.sides
    ]


def _day(ordinal: int | None) -> dt.date | None:
    return None if ordinal is None else dt.date.fromordinal(ordinal)
