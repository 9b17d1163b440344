"""Where linking a folder works: a DuckDB database and files of its own beside the folder's, gone afterwards."""

from __future__ import annotations

import marshal
import os
import re
import tempfile
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from communique.batch.linking_records import move_of, plain_move, plain_report, report_of
from communique.linking.report import Report
from communique.move import Move

if TYPE_CHECKING:
    from collections.abc import Callable

    from duckdb import DuckDBPyConnection

LEAST = 300_000_000  # bytes: the program itself and one block of work
DATABASE_SHARE = 0.4  # of the memory; the rest is for Python and for what the bound does not count
CACHE_SHARE = 0.12
RECORD_BYTES = 6_000  # a report or move as Python holds it
THREADS = 2
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}
T = TypeVar("T")


class BatchError(Exception):
    """A folder of shards cannot be used as asked; the message says why in one line."""


def bytes_of(size: str) -> int:
    """The bytes that words like "2GB" or "800 MB" say. Raises ValueError."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kmg]?)i?b?\s*", size.lower())
    if not match:
        raise ValueError(f"{size} is no size like 2GB")
    return int(float(match[1]) * _UNITS[match[2]])


class Spool(Generic[T]):
    """Records kept in a file, by number from 0; those read last are kept at hand.

    They are written as ``marshal`` writes what ``plain`` makes of them, which is much faster than JSON; the
    process that wrote the file is the only one to read it.
    """

    def __init__(
        self, path: Path, plain: Callable[[T], tuple[Any, ...]], whole: Callable[[Any], T], at_hand: int
    ) -> None:
        self._file = path.open("w+b")
        self._starts = array("q", [0])
        self._plain, self._whole = plain, whole
        self.get: Callable[[int], T] = lru_cache(maxsize=at_hand)(self._read)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def append(self, record: T) -> int:
        """Keep a record; returns its number."""
        self._starts.append(self._starts[-1] + self._file.write(marshal.dumps(self._plain(record))))
        return len(self) - 1

    def flush(self) -> None:
        """Make what was appended readable."""
        self._file.flush()

    def _read(self, number: int) -> T:
        start, end = self._starts[number], self._starts[number + 1]
        return self._whole(marshal.loads(os.pread(self._file.fileno(), end - start, start)))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class Work:
    """One linking's own place: ``db`` within its part of ``memory`` bytes, and the reports and moves found so far."""

    def __init__(self, db: DuckDBPyConnection, place: Path, memory: int) -> None:
        self.db, self.place = db, place
        at_hand = max(2_000, int(memory * CACHE_SHARE) // RECORD_BYTES)
        self.block = min(20_000, at_hand)
        self.reports: Spool[Report] = Spool(place / "reports", plain_report, report_of, at_hand)
        self.moves: Spool[Move] = Spool(place / "moves", plain_move, move_of, at_hand)

    def insert(self, table: str, columns: Mapping[str, Sequence[Any] | np.ndarray]) -> None:
        """Add rows, a sequence a column, to a table of the database that has these columns in this order."""
        import pyarrow as pa

        rows = pa.table({name: pa.array(values) for name, values in columns.items()})
        self.db.register("incoming", rows)
        self.db.execute(f"INSERT INTO {table} SELECT * FROM incoming")
        self.db.unregister("incoming")

    def stream(self, query: str, rows: int = 50_000) -> Iterator[Any]:
        """The Arrow batches of a query's result, read as they are needed, beside other work on the database."""
        with self.db.cursor() as cursor:
            reader: Iterable[Any] = cursor.sql(query).to_arrow_reader(rows)
            yield from reader

    def close(self) -> None:
        """Close the database and the files."""
        self.db.close()
        self.reports.close()
        self.moves.close()


class Rows:
    """Rows of whole numbers on their way into a table, added to the database many at a time.

    ``columns`` names the table's columns in order, each with its type code (``array``).
    """

    def __init__(self, work: Work, table: str, columns: dict[str, str], most: int = 500_000) -> None:
        self._work, self._table, self._codes, self._most = work, table, columns, most
        self._empty()

    def _empty(self) -> None:
        first, *others = self._codes.values()
        self._values, self._many = array(first), array("i")
        self._same = [array(code) for code in others]

    def add(self, values: Collection[int], *same: int) -> None:
        """Take a row for each of ``values``, which stands in the first column; the others are the same for all."""
        self._values.extend(values)
        self._many.append(len(values))
        for column, one in zip(self._same, same, strict=True):
            column.append(one)
        if len(self._values) >= self._most:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        if self._values:
            many = np.array(self._many)
            columns = [np.array(self._values), *(np.repeat(np.array(column), many) for column in self._same)]
            self._work.insert(self._table, dict(zip(self._codes, columns, strict=True)))
        self._empty()


@contextmanager
def working(folder: Path, memory: int, place: Path | None) -> Iterator[Work]:
    """Work on ``folder``, in a directory below ``place`` or, with None, where the system has its temporary files.

    Raises BatchError where DuckDB is missing, memory is too little, or a file cannot be read or written.
    """
    if memory < LEAST:
        raise BatchError(f"linking needs at least {LEAST // 10**6} MB of memory")
    try:
        import duckdb
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise BatchError("linking a folder needs the extra 'batch': pip install 'communique[batch]'") from error
    try:
        with tempfile.TemporaryDirectory(prefix=".linking-", dir=place, ignore_cleanup_errors=True) as own:
            work = Work(_database(Path(own), memory), Path(own), memory)
            try:
                yield work
            finally:
                with suppress(duckdb.Error):
                    work.close()
    except duckdb.Error as error:
        raise BatchError(f"{folder}: {str(error).splitlines()[0]}") from error
    except OSError as error:
        raise BatchError(f"{error.filename or folder}: {error.strerror or error}") from error


def _database(place: Path, memory: int) -> DuckDBPyConnection:
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{int(memory * DATABASE_SHARE / 1e6)}MB",
        "threads": THREADS,
        "temp_directory": str(place / "spill"),
    }
    return duckdb.connect(str(place / "work.duckdb"), config=settings)
