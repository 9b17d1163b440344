"""A process beside this one that reads the file of a ledger and hands over Arrow, three times as quick as Python."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, Select
from sqlalchemy.dialects import sqlite

from communique.export.arrow.ahead import read_ahead
from communique.export.arrow.asking import Ask, plainly, schema_of
from communique.export.arrow.memory import KEPT, LARGE_BLOCK

TRIES = 3  # to begin reading while nobody else writes
PIPE = 1 << 20  # bytes that wait between the two, where the system allows it
SMALL = 16_000_000  # bytes of a file that is read before a process would have begun
_DIALECT: Any = sqlite.dialect()
_SAMPLES = {pa.string(): "''", pa.int64(): "0", pa.float64(): "0.5"}


# Columns of one answer are freed before those of the next: glibc keeps their memory, which the system would clear anew.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(LARGE_BLOCK),
    "MALLOC_TRIM_THRESHOLD_": str(KEPT),
}


class Beside:
    """The process, which reads one state of the file."""

    def __init__(self, path: Path) -> None:
        still = "" if Path(f"{path}-wal").exists() else "&immutable=1"  # as the ledger's own connections have it
        uri = f"{path.resolve().as_uri()}?mode=ro{still}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "communique.export.arrow.serving", uri],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=PIPE,
            env={**os.environ, **_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def ready(self) -> bool:
        """Wait until it began to read; False where it cannot."""
        assert self._process.stdout is not None
        return self._process.stdout.readline() == b"ready\n"

    def ask(self, query: Select[Any]) -> pa.Table:
        """The answer to a query. Raises OSError where the process has failed."""
        assert self._process.stdin is not None and self._process.stdout is not None
        schema = schema_of(query)
        try:
            self._process.stdin.write(json.dumps(_typed(query, schema)).encode() + b"\n")
            self._process.stdin.flush()
            with pa.ipc.open_stream(self._process.stdout) as stream:
                answer: pa.Table = stream.read_all().slice(1).cast(schema)
        except (pa.ArrowInvalid, BrokenPipeError) as error:
            raise OSError("the process that reads the ledger has failed") from error
        return answer

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def _typed(query: Select[Any], schema: pa.Schema) -> str:
    """The query after a row that says each column's type: the driver guesses them from what it reads first."""
    text = query.compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True})
    head = ", ".join(f'{_SAMPLES[field.type]} AS "{field.name}"' for field in schema)
    return f"SELECT {head} UNION ALL SELECT * FROM ({text})"


@contextmanager
def begun(connection: Connection, target: str) -> Iterator[Ask]:
    """Begin a transaction, and say how to ask for Arrow in the state that it sees: a file by a process beside it.

    Where the file is small, the driver is not installed, or others write all the time: by the connection itself.
    """
    path = Path(target) if connection.dialect.name == "sqlite" and find_spec("adbc_driver_sqlite") else None
    beside = _beside(connection, path) if path and path.stat().st_size > SMALL else None
    if not connection.in_transaction():
        connection.begin()
    try:
        yield beside.ask if beside else plainly(connection)
    finally:
        if beside:
            beside.close()
        connection.rollback()


def _beside(connection: Connection, path: Path) -> Beside | None:
    """A process in the state of the connection, which begins its transaction here.

    SQLite counts for a connection what others commit (``data_version``). Where the count is the same before the
    process began to read and after the connection did, both see one state.
    """
    read_ahead(path)
    for _ in range(TRIES):
        before = _version(connection)
        beside = Beside(path)
        if not beside.ready():
            beside.close()
            return None
        connection.begin()
        if _version(connection) == before:
            return beside
        connection.rollback()
        beside.close()
    return None


def _version(connection: Connection) -> int:
    """The count, asked past SQLAlchemy, which would begin a transaction."""
    driver: Any = connection.connection.driver_connection
    return int(driver.execute("PRAGMA data_version").fetchone()[0])
