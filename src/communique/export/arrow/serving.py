"""A process that answers queries over a SQLite file with Arrow streams.

    python -m communique.export.arrow.serving URI

Each line of standard input is a query as JSON text; its answer is an Arrow stream on standard output. All of them see
one state of the file. The driver has a SQLite of its own, and two copies of SQLite in one process undo each other's
locks on a file (https://sqlite.org/howtocorrupt.html, "Multiple copies of SQLite"): hence a process of its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import adbc_driver_sqlite
import pyarrow as pa
from adbc_driver_manager import AdbcConnection, AdbcStatement  # its DB-API would import pandas and polars

ROWS = 262_144  # rows in one batch of an answer: mostly all of them, which then need not be put together
SETTINGS = ("PRAGMA query_only = ON",)  # and SQLite's own small cache: of a large one each page is cold memory


def main() -> None:
    """Answer until standard input ends."""
    out = sys.stdout.buffer
    with adbc_driver_sqlite.connect(sys.argv[1]) as database, AdbcConnection(database) as connection:
        for setting in SETTINGS:
            _run(connection, setting)
        connection.set_autocommit(False)
        _run(connection, "SELECT count(*) FROM sqlite_master")  # from here on the state stands still
        out.write(b"ready\n")
        out.flush()
        for line in sys.stdin.buffer:
            _answer(connection, json.loads(line), out)


@contextmanager
def _asked(connection: AdbcConnection, query: str) -> Iterator[pa.RecordBatchReader]:
    with AdbcStatement(connection) as statement:
        statement.set_options(**{"adbc.sqlite.query.batch_rows": str(ROWS)})
        statement.set_sql_query(query)
        rows, _ = statement.execute_query()
        with pa.RecordBatchReader.from_stream(rows) as reader:
            yield reader


def _run(connection: AdbcConnection, query: str) -> None:
    with _asked(connection, query) as rows:
        rows.read_all()


def _answer(connection: AdbcConnection, query: str, out: BinaryIO) -> None:
    with _asked(connection, query) as rows, pa.ipc.new_stream(out, rows.schema) as stream:
        for batch in rows:
            stream.write_batch(batch)
    out.flush()


if __name__ == "__main__":
    main()
