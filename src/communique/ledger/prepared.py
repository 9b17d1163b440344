"""Queries that are asked again and again: their SQL is written once, and rows come as the driver gives them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select, bindparam

MOST = 512  # values of a list in one query
LIST = "listed"
KEPT = 512  # queries that a listing keeps, one for each set of filters


def several() -> Any:
    """The place in a query for a list of values: ``column.in_(several())``."""
    return bindparam(LIST, expanding=True)


@dataclass(frozen=True, slots=True)
class _Written:
    """SQL, the names of its values in the order in which the driver takes them (None: by name), and constants."""

    sql: str
    order: tuple[str, ...] | None
    constants: dict[str, Any]

    def given(self, values: dict[str, Any]) -> Any:
        """Values as the driver takes them."""
        known = {**self.constants, **values}
        return known if self.order is None else tuple([known[name] for name in self.order])


class Prepared:
    """A query with ``bindparam("name")`` for each value, and ``several()`` for a list of them, at most one.

    Rows are tuples with names, without SQLAlchemy's conversions: a Boolean column gives 0 or 1 in SQLite.
    """

    def __init__(self, query: Select[Any]) -> None:
        self._query = query
        self._compiled: dict[str, Any] = {}
        self._written: dict[tuple[str, int], _Written] = {}

    def rows(self, connection: Connection, **values: Any) -> list[Any]:
        """The rows for some values."""
        return list(self._run(connection, values, 0))

    def first(self, connection: Connection, **values: Any) -> Any:
        """The first row, or None."""
        found = self._run(connection, values, 0)
        return found[0] if found else None

    def rows_in(self, connection: Connection, listed: Collection[Any], **values: Any) -> list[Any]:
        """The rows for a list of any length (and further values), in no order where the list is long."""
        ordered, found = list(listed), []
        for start in range(0, len(ordered), MOST):
            part = filled(ordered[start : start + MOST])
            named = dict(zip(_names(len(part)), part, strict=True))
            found += self._run(connection, values | named, len(part))
        return found

    def _run(self, connection: Connection, values: dict[str, Any], size: int) -> Any:
        key = (connection.dialect.name, size)
        if key not in self._written:
            self._written[key] = self._write(connection, values, size)
        written = self._written[key]
        return connection.exec_driver_sql(written.sql, written.given(values)).all()

    def _write(self, connection: Connection, values: dict[str, Any], size: int) -> _Written:
        """The SQL for a list of that size."""
        kind = connection.dialect.name
        if kind not in self._compiled:
            self._compiled[kind] = self._query.compile(dialect=connection.dialect)
        made = self._compiled[kind]
        state = made.construct_expanded_state({**values, **({LIST: range(size)} if size else {})})
        constants = {name: value for name, value in state.parameters.items() if name not in values}
        return _Written(state.statement, tuple(state.positiontup or ()) if made.positional else None, constants)


class Statement:
    """A statement that changes rows, with ``:name`` or ``bindparam("name")`` for each value; run for many at once.

    Values go as they are, without SQLAlchemy's conversions. An ``insert(table)`` takes the ``columns`` that are named.
    """

    def __init__(self, statement: Any, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._written: dict[str, tuple[str, Any]] = {}

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it for each of some rows of values, if there are any."""
        if not rows:
            return
        kind = connection.dialect.name
        if kind not in self._written:
            self._written[kind] = self._write(connection)
        sql, ordered = self._written[kind]
        driver = file_of(connection)
        if driver is None:
            connection.exec_driver_sql(sql, [ordered(row) for row in rows] if ordered else list(rows))
        else:
            driver.executemany(sql, map(ordered, rows))

    def _write(self, connection: Connection) -> tuple[str, Any]:
        """The SQL, and what puts a row's values in the order in which the driver takes them (None: by name)."""
        made = self._statement.compile(dialect=connection.dialect, column_keys=self._columns)
        return str(made), in_order(made.positiontup or ()) if made.positional else None


def in_order(names: Sequence[str]) -> Any:
    """What makes a tuple of the values of a row by their names."""
    return itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)


def file_of(connection: Connection) -> sqlite3.Connection | None:
    """The driver's own connection to a SQLite file, or None for a server's.

    Errors come as the driver's own; SQLAlchemy's care for each statement costs more than most of them.
    """
    if connection.dialect.name != "sqlite":
        return None
    driver: Any = connection.connection.dbapi_connection
    return driver


@cache
def _names(size: int) -> tuple[str, ...]:
    """The names that SQLAlchemy gives the values of a list of that length."""
    return tuple(f"{LIST}_{n}" for n in range(1, size + 1))


def filled(listed: list[Any]) -> list[Any]:
    """The list with its last value repeated up to the next power of four, so that few lengths need SQL of their own."""
    size = min(MOST, 4 ** ((max(0, len(listed) - 1).bit_length() + 1) // 2))
    return listed + listed[-1:] * (size - len(listed))
