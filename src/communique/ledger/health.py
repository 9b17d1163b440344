"""What a ledger holds and whether it is sound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select, text

from communique.ledger import schema, version
from communique.ledger.database import is_url
from communique.ledger.rules import linked_otherwise, rules_of
from communique.ledger.store import Ledger
from communique.linking import RULES

COUNTED = (schema.page, schema.event, schema.move, schema.thread, schema.decision)

_OUTLETS = select(func.count()).select_from(schema.outlet).where(schema.outlet.c.pages > 0)


def info(ledger: Ledger, thorough: bool = False) -> dict[str, Any]:
    """Counts, versions and health of a ledger, as plain values; ``thorough`` looks through the whole file too."""
    with ledger.reading() as connection:
        return {
            "ledger": ledger.name,
            "database": connection.dialect.name,
            "version": version.of(connection),
            "size": _size(connection, ledger.target),
            "counts": {table.name: _count(connection, table) for table in COUNTED},
            "outlets": connection.execute(_OUTLETS).scalar_one(),
            "published": _published(connection),
            "coders": _coders(connection),
            "linking": {"rules": rules_of(connection), "installed": RULES, "other": linked_otherwise(connection)},
            "problems": problems(connection, thorough),
        }


def _count(connection: Connection, table: Any) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _published(connection: Connection) -> list[str | None]:
    column = schema.article.c.published
    return list(connection.execute(select(func.min(column), func.max(column))).one())


def _coders(connection: Connection) -> list[dict[str, Any]]:
    """How many pages each coder, version and codebook coded."""
    table = schema.article
    columns = (table.c.coder, table.c.coder_version, table.c.codebook_version)
    rows = connection.execute(select(*columns, func.count().label("pages")).group_by(*columns).order_by(*columns))
    return [dict(row) for row in rows.mappings()]


def _size(connection: Connection, target: str) -> int:
    """Bytes on disk."""
    if is_url(target):
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    return Path(target).stat().st_size


def problems(connection: Connection, thorough: bool = True) -> list[str]:
    """What is not as it should be; an empty list is a sound ledger. Only ``thorough`` reads every part of a file."""
    found = []
    if thorough and connection.dialect.name == "sqlite":
        found += [row[0] for row in connection.exec_driver_sql("PRAGMA quick_check(5)") if row[0] != "ok"]
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(1)
        found += ["a row points at one that is not there"] if broken else []
    report, move, event = schema.report, schema.move, schema.event
    told = select(func.count()).select_from(report).where(report.c.move_id.is_(None))
    if connection.execute(told).scalar_one():
        found.append("some events stand in no move: run 'communique link'")
    if _count(connection, event) and not _count(connection, move):
        found.append("nothing is linked: run 'communique link'")
    return found
