"""Writing whole tables at once: no checks of references row by row, indexes made when all rows are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, text

from communique.ledger.database import take_turn
from communique.ledger.errors import reported
from communique.ledger.sets import BATCH, insert_all
from communique.ledger.store import Ledger

CACHE_KB = 262_144  # of pages that SQLite keeps meanwhile


@contextmanager
def alone(ledger: Ledger) -> Iterator[Connection]:
    """A transaction like ``ledger.writing()`` for who writes all the rows that refer to one another.

    SQLite does not check references in it, nor delete what refers to a deleted row.
    """
    with reported(ledger.name), ledger.engine.connect() as plain:
        connection = plain.execution_options(write=True)
        if connection.dialect.name == "sqlite":
            connection.detach()  # no later user of the connection is to have what is set here
            driver: Any = connection.connection.dbapi_connection
            driver.execute("PRAGMA foreign_keys = OFF")  # inside a transaction it would do nothing
            driver.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        with connection.begin():
            take_turn(connection)
            yield connection


@contextmanager
def unindexed(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Take away some tables' indexes and make them again after: in SQLite, sorting once is far cheaper than keeping."""
    if connection.dialect.name != "sqlite":
        yield
        return
    names = {table.name for table in tables}
    query = text("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    found = [row for row in connection.execute(query).all() if row.tbl_name in names]
    for row in found:
        connection.exec_driver_sql(f'DROP INDEX "{row.name}"')
    yield
    for row in found:
        connection.exec_driver_sql(row.sql)


def write(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert any number of rows, some thousands at a time."""
    listed = iter(rows)
    while part := list(islice(listed, BATCH)):
        insert_all(connection, table, part)
