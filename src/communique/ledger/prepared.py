"""Queries that are asked again and again: their SQL is written once, and rows come as the driver gives them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
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
            part = _filled(ordered[start : start + MOST])
            names = {f"{LIST}_{n}": value for n, value in enumerate(part, 1)}
            found += self._run(connection, values | names, len(part))
        return found

    def _run(self, connection: Connection, values: dict[str, Any], size: int) -> Any:
        key = (connection.dialect.name, size)
        if key not in self._written:
            self._written[key] = self._write(connection, values, size)
        written = self._written[key]
        return connection.exec_driver_sql(written.sql, written.given(values)).all()

    def _write(self, connection: Connection, values: dict[str, Any], size: int) -> _Written:
        """The SQL for a list of that size."""
        made = self._query.compile(dialect=connection.dialect)
        state = made.construct_expanded_state({**values, **({LIST: range(size)} if size else {})})
        constants = {name: value for name, value in state.parameters.items() if name not in values}
        return _Written(state.statement, tuple(state.positiontup or ()) if made.positional else None, constants)


def _filled(listed: list[Any]) -> list[Any]:
    """The list with its last value repeated up to the next power of two, so that few lengths need SQL of their own."""
    size = 1 << max(0, len(listed) - 1).bit_length()
    return listed + listed[-1:] * (size - len(listed))
