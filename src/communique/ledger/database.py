"""Connections: a SQLite file (WAL, foreign keys) or a PostgreSQL database by URL."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import NullPool, QueuePool

from communique.ledger.tidying import LONGEST_LOG, Tidier

LOCK_WAIT = 120  # seconds that one writer waits for another
MEMORY, KEPT_MEMORY = 64 << 20, 24 << 20  # bytes of a file that a connection remembers
WRITER_LOCK = 0x636F6D6D  # the advisory lock that writers of one PostgreSQL ledger take in turn


def is_url(target: str) -> bool:
    """Whether a ledger is named by the URL of a PostgreSQL database rather than by a file."""
    return target.startswith(("postgresql://", "postgres://", "postgresql+psycopg://"))


def display(target: str) -> str:
    """The ledger's name without a password."""
    return re.sub(r"(://[^:/@]+):[^@]*@", r"\1:***@", target)


def connect(target: str, keep: int = 0) -> Engine:
    """An engine for the ledger. Nothing is opened yet. A file that may not be written is opened for reading only.

    ``keep`` connections to a file stay open between uses, each with the part of the file that it read last; with 0,
    each use opens the file anew.
    """
    if is_url(target):
        url = re.sub(r"^(postgresql|postgres)(\+psycopg)?://", "postgresql+psycopg://", target)
        return create_engine(url, pool_size=4, pool_pre_ping=True)
    uri, writable = _uri(Path(target))
    memory = KEPT_MEMORY if keep else MEMORY
    kept: dict[str, Any] = {"poolclass": QueuePool, "pool_size": keep, "max_overflow": -1}
    pool = kept if keep else {"poolclass": NullPool}
    log = LONGEST_LOG if keep else None
    engine = create_engine("sqlite://", creator=lambda: _open_file(uri, writable, memory, log), **pool)
    event.listen(engine, "begin", _begin)
    return engine


def tidier(target: str) -> Tidier:
    """What brings the log of a file that is kept open back into the file."""
    return Tidier(lambda: _open_file(_uri(Path(target))[0], True, 0, None))


def _uri(path: Path) -> tuple[str, bool]:
    """The address of a file, and whether it may be written."""
    writable = not path.exists() or _may_write(path)
    # Reading a WAL file makes a file beside it, unless it is said that nobody writes meanwhile.
    still = "" if writable or Path(f"{path}-wal").exists() else "&immutable=1"
    return f"file:{_quoted(path)}?mode={'rwc' if writable else 'ro'}{still}", writable


def _may_write(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.W_OK, effective_ids=effective)


def _quoted(path: Path) -> str:
    """A path for a SQLite URI: it may hold any character."""
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _open_file(uri: str, writable: bool, memory: int, log: int | None) -> sqlite3.Connection:
    """A connection that begins no transaction by itself: ``_begin`` does.

    It remembers so many bytes of the file, and brings the log back into the file when that has so many pages (or as
    many as SQLite thinks right).
    """
    connection = sqlite3.connect(uri, uri=True, timeout=LOCK_WAIT, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{memory // 1024}")
    connection.execute("PRAGMA temp_store = MEMORY")
    if writable:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if log:
            connection.execute(f"PRAGMA wal_autocheckpoint = {log}")
    return connection


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once: two that both began by reading would each wait for the other."""
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def take_turn(connection: Connection) -> None:
    """Wait until no other process writes to this ledger, and keep others waiting until the transaction ends.

    Linking reads what earlier pages left, so writers go one after the other. SQLite has the lock already.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
