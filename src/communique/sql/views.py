"""A ledger, or a Parquet export of one, as views of a DuckDB that can do nothing else.

DuckDB's own reader of SQLite files is an extension that it downloads; so a table of the ledger is written as Parquet,
to a folder that is gone afterwards, before the first query that names it. It is handed over as an Arrow data set, and
DuckDB may touch no file and load nothing: a query can neither change the ledger nor read or write anything beside it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.export.tables import Table, tables

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from communique.export.metadata import Metadata
    from communique.export.record import Record

_LIST = (
    "CREATE VIEW views AS SELECT view_name AS name, comment AS row FROM duckdb_views() WHERE NOT internal"
    " AND comment IS NOT NULL ORDER BY name"
)
_MAKING_QUERIES = {"query", "query_table"}  # DuckDB's functions that take a query or a table's name as text
_OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


class SqlError(Exception):
    """The query, or what it is put to, cannot be used; the message is one line."""


class NoTables(SqlError):
    """The folder holds no Parquet export."""


@contextmanager
def opened(source: str | Path) -> Iterator[Views]:
    """A DuckDB connection with a view for every table of the exports, over a ledger or a Parquet export.

    The views show the state of the ledger at this moment. Raises NoTables for another folder, SqlError without the
    extra ``sql``, and LedgerError where there is no ledger.
    """
    if Path(source).is_dir():
        yield Views(connected(Path(source)))
        return
    _libraries()
    from communique.export.running import Wanted
    from communique.export.running import opened as record_of

    with (
        tempfile.TemporaryDirectory(prefix="communique-sql-") as folder,
        record_of(str(source), Wanted(), columns=True) as (record, metadata),
    ):
        connection = _connected({name: _empty(table) for name, table in tables().items()})
        try:
            yield Views(connection, _Tables(connection, record, metadata, Path(folder)))
        finally:
            connection.close()


class Views:
    """A DuckDB connection, which is given each table before the first query that names it."""

    def __init__(self, connection: DuckDBPyConnection, tables: _Tables | None = None) -> None:
        self._connection, self._tables = connection, tables

    def execute(self, query: Any) -> DuckDBPyConnection:
        """Run a statement, as text or as DuckDB's ``extract_statements`` gives it."""
        if self._tables:
            self._tables.bring(query if isinstance(query, str) else query.query)
        return self._connection.execute(query)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class _Tables:
    """The tables of a ledger, written as Parquet when they are first named, in the state of the beginning."""

    def __init__(self, connection: DuckDBPyConnection, record: Record, metadata: Metadata, folder: Path) -> None:
        self._connection, self._record, self._metadata, self._folder = connection, record, metadata, folder
        self._left = dict(tables())

    def bring(self, query: str) -> None:
        """Bring the tables that a query may name; all of them where it makes up another query."""
        words = set(re.findall(r"\w+", query.lower()))
        named = [name for name in self._left if name in words or words & _MAKING_QUERIES]
        if not named:
            return
        with suppress(Exception):  # there may be none: rows of an earlier answer that nobody fetched
            self._connection.fetchall()
        from communique.export import parquet

        self._record.focus = replace(self._record.focus, tables=tuple(named))
        parquet.write(self._record, self._folder, self._metadata)
        for name in named:
            _show(self._connection, self._left.pop(name), _data(self._folder, name))


def _libraries() -> Any:
    try:
        import duckdb
        import pyarrow.dataset  # noqa: F401
    except ImportError as error:
        raise SqlError(f"{error.name} is not installed: pip install 'communique[sql]'") from error
    return duckdb


def connected(folder: Path) -> DuckDBPyConnection:
    """A connection with views over the Parquet files of a folder. Raises NoTables and SqlError."""
    _libraries()
    missing = [name for name in tables() if not (folder / f"{name}.parquet").is_file()]
    if missing:
        raise NoTables(f"{folder} is no Parquet export: it has no {missing[0]}.parquet")
    return _connected({name: _data(folder, name) for name in tables()})


def _connected(data: Mapping[str, Any]) -> DuckDBPyConnection:
    connection: DuckDBPyConnection = _libraries().connect(":memory:", config=_OFFLINE)
    for name, rows in data.items():
        _show(connection, tables()[name], rows)
    connection.execute(_LIST)
    connection.execute("SET python_enable_replacements = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _data(folder: Path, name: str) -> Any:
    import pyarrow.dataset

    return pyarrow.dataset.dataset(folder / f"{name}.parquet")


def _empty(table: Table) -> Any:
    from communique.export.parquet import schema_of

    return schema_of(table, "").empty_table()


def _show(connection: DuckDBPyConnection, table: Table, rows: Any) -> None:
    connection.register(table.name, rows)
    _describe(connection, table)


def _describe(connection: DuckDBPyConnection, table: Table) -> None:
    """What a row and each column mean, for DESCRIBE-like queries over ``duckdb_views()`` and ``duckdb_columns()``."""
    connection.execute(f"COMMENT ON VIEW {table.name} IS {_literal(table.row)}")
    for field in table.fields:
        connection.execute(f'COMMENT ON COLUMN {table.name}."{field.name}" IS {_literal(field.description)}')


def _literal(words: str) -> str:
    return "'" + words.strip().replace("'", "''") + "'"
