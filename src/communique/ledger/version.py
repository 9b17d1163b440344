"""The version of a ledger's tables: older ones are brought up to date after a backup, newer ones refused."""

from __future__ import annotations

import shutil
import sqlite3
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from communique.ledger import columns, refiling
from communique.ledger.database import WRITER_LOCK, display, is_url
from communique.ledger.errors import NewerLedger, NotALedger
from communique.ledger.rules import has_moves, note_rules
from communique.ledger.tallies import tally_all

_FOLDER = Path(__file__).parent / "migrations"
_TABLE = "alembic_version"  # where Alembic keeps it


@cache
def known() -> tuple[str, ...]:
    """The versions that this Communique can bring up to date, in order: each migration's file begins with its own."""
    return tuple(sorted(path.stem.partition("_")[0] for path in (_FOLDER / "versions").glob("[0-9]*.py")))


def newest() -> str:
    """The version that this Communique writes: ``0001``, ``0002``, ..."""
    return known()[-1]


def of(connection: Connection) -> str | None:
    """The version of an open ledger, or None for an empty database."""
    if not inspect(connection).has_table(_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_TABLE}")).scalar()


def bring_up_to_date(engine: Engine, target: str) -> Path | str | None:
    """Make the tables of a new ledger, or bring an older one up to date; returns where the backup is, if any.

    Raises NewerLedger for a ledger of a later version and NotALedger for a database with other tables.
    """
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
        found = of(connection)
        if found == newest():
            return None
        check(connection, target)
        backup = back_up(connection, target, found) if found else None
        upgrade(connection, newest())
        if found is not None:
            if found < refiling.FIRST:
                refiling.refile(connection)
            if found < columns.FIRST:
                columns.write_all_columns(connection, columns.stored_moves(connection))
            tally_all(connection)
        if not has_moves(connection):
            note_rules(connection)
        return backup


def check(connection: Connection, target: str) -> None:
    """Raise unless the database is empty or a ledger of this version or an older one."""
    found = of(connection)
    if found is not None and found not in known():
        raise NewerLedger(
            f"{display(target)} was made by a newer Communique (ledger version {found}, this one knows {newest()}):"
            " install the newer version to open it"
        )
    if found is None and inspect(connection).get_table_names():
        raise NotALedger(f"{display(target)} is a database with other tables, not a ledger")


def upgrade(connection: Connection, to: str) -> None:
    """Run the migrations up to version ``to``, in the transaction of ``connection``."""
    # Alembic takes longer to load than most commands take, and nearly every ledger is up to date.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def back_up(connection: Connection, target: str, version: str) -> Path | str:
    """Copy a ledger before its upgrade: a file beside it, or in PostgreSQL a schema that holds every table."""
    if is_url(target):
        return _back_up_schema(connection, f"communique_before_{newest()}")
    path = Path(target)
    copy = path.with_name(f"{path.name}.before-{newest()}")
    if shutil.disk_usage(path.parent).free < 2 * path.stat().st_size:
        raise OSError(28, "not enough room for the backup copy before the upgrade")
    source = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        with sqlite3.connect(copy) as to:
            source.backup(to)
        to.close()
    finally:
        source.close()
    return copy


def _back_up_schema(connection: Connection, schema: str) -> str:
    connection.execute(text(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE'))
    connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    for table in inspect(connection).get_table_names():
        connection.execute(text(f'CREATE TABLE "{schema}"."{table}" AS TABLE "{table}"'))
    return f"schema {schema}"
