"""A ledger, or a Parquet export of one, as views of a DuckDB that can do nothing else.

DuckDB's own reader of SQLite files is an extension that it downloads; so the ledger's tables are first written as
Parquet to a folder that is gone afterwards. They are handed over as Arrow data sets, after which DuckDB may touch no
file and load nothing: a query can neither change the ledger nor read or write anything beside it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.export.tables import Table, tables

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LIST = (
    "CREATE VIEW views AS SELECT view_name AS name, comment AS row FROM duckdb_views() WHERE NOT internal"
    " AND comment IS NOT NULL ORDER BY name"
)
_OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


class SqlError(Exception):
    """The query, or what it is put to, cannot be used; the message is one line."""


class NoTables(SqlError):
    """The folder holds no Parquet export."""


@contextmanager
def opened(source: str | Path) -> Iterator[DuckDBPyConnection]:
    """A DuckDB connection with a view for every table of the exports, over a ledger or a Parquet export.

    The views show the state of the ledger at this moment. Raises NoTables for another folder, SqlError without the
    extra ``sql``, and LedgerError where there is no ledger.
    """
    if Path(source).is_dir():
        yield connected(Path(source))
        return
    with tempfile.TemporaryDirectory(prefix="communique-sql-") as folder:
        _write(str(source), Path(folder))
        connection = connected(Path(folder))
        try:
            yield connection
        finally:
            connection.close()


def _libraries() -> Any:
    try:
        import duckdb
        import pyarrow.dataset  # noqa: F401
    except ImportError as error:
        raise SqlError(f"{error.name} is not installed: pip install 'communique[sql]'") from error
    return duckdb


def _write(target: str, folder: Path) -> None:
    _libraries()
    from communique.export import parquet
    from communique.export.running import Wanted
    from communique.export.running import opened as record_of

    with record_of(target, Wanted()) as (record, metadata):
        parquet.write(record, folder, metadata)


def connected(folder: Path) -> DuckDBPyConnection:
    """A connection with views over the Parquet files of a folder. Raises NoTables and SqlError."""
    duckdb = _libraries()
    import pyarrow.dataset

    missing = [name for name in tables() if not (folder / f"{name}.parquet").is_file()]
    if missing:
        raise NoTables(f"{folder} is no Parquet export: it has no {missing[0]}.parquet")
    connection: DuckDBPyConnection = duckdb.connect(":memory:", config=_OFFLINE)
    for table in tables().values():
        connection.register(table.name, pyarrow.dataset.dataset(folder / f"{table.name}.parquet"))
        _describe(connection, table)
    connection.execute(_LIST)
    connection.execute("SET python_enable_replacements = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _describe(connection: DuckDBPyConnection, table: Table) -> None:
    """What a row and each column mean, for DESCRIBE-like queries over ``duckdb_views()`` and ``duckdb_columns()``."""
    connection.execute(f"COMMENT ON VIEW {table.name} IS {_literal(table.row)}")
    for field in table.fields:
        connection.execute(f'COMMENT ON COLUMN {table.name}."{field.name}" IS {_literal(field.description)}')


def _literal(words: str) -> str:
    return "'" + words.strip().replace("'", "''") + "'"
