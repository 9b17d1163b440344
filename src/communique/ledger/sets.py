"""Small queries that linking asks again and again, for many ids at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import sqlite

from communique.ledger.prepared import MOST, Prepared, Statement, file_of, filled, in_order, several

SIZE = 400  # ids in one query
BATCH = 5_000  # rows of one statement


def chunks(values: Collection[Any], size: int = SIZE) -> Iterator[Sequence[Any]]:
    """The values, sorted, in parts small enough for one query."""
    listed = sorted(values)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


def rows_in(connection: Connection, query: Select[Any], column: Column[Any], values: Collection[Any]) -> list[Any]:
    """The rows of ``query`` whose ``column`` is one of ``values``."""
    return [row for part in chunks(values) for row in connection.execute(query.where(column.in_(part))).all()]


def rows_by(
    connection: Connection,
    columns: tuple[Column[Any], ...],
    column: Column[Any],
    values: Collection[Any],
    where: ColumnElement[Any] | None = None,
) -> list[tuple[Any, ...]]:
    """Some columns of the rows of one table whose ``column`` is one of ``values`` (and where ``where`` is true).

    For what is asked dozens of times with every page that is added: a file is asked by way of its driver.
    """
    driver = file_of(connection)
    if driver is None:
        return _by(columns, column, where).rows_in(connection, sorted(values)) if values else []
    before, after = _of_file(columns, column, where)
    found: list[tuple[Any, ...]] = []
    for part in chunks(values, MOST):
        given = filled(list(part))
        found += driver.execute(f"{before}({', '.join('?' * len(given))}){after}", given).fetchall()
    return found


@cache
def _of_file(
    columns: tuple[Column[Any], ...], column: Column[Any], where: ColumnElement[Any] | None
) -> tuple[str, str]:
    """The same query in SQLite's words, as it stands before its list and after."""
    names = ", ".join(f'"{named.name}"' for named in columns)
    condition = "" if where is None else f" AND {where.compile(dialect=sqlite.dialect())}"
    return f'SELECT {names} FROM "{column.table.name}" WHERE "{column.name}" IN ', condition


@cache
def _by(columns: tuple[Column[Any], ...], column: Column[Any], where: ColumnElement[Any] | None) -> Prepared:
    query = select(*columns).where(column.in_(several()))
    return Prepared(query if where is None else query.where(where))


def ids_by(connection: Connection, wanted: Column[Any], column: Column[Any], values: Collection[Any]) -> set[Any]:
    """The different values of a column where another is one of ``values``; None is none of them."""
    return {row[0] for row in rows_by(connection, (wanted,), column, values)} - {None}


def delete_in(connection: Connection, table: Table, column: Column[Any], values: Collection[Any]) -> None:
    """Delete the rows whose ``column`` is one of ``values``."""
    _deleting(table, column).run(connection, [{"its": value} for value in sorted(values)])


@cache
def _deleting(table: Table, column: Column[Any]) -> Statement:
    return Statement(delete(table).where(column == bindparam("its")))


def insert_all(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert many rows, if any, as the driver takes them: these rows need none of SQLAlchemy's conversions."""
    listed = list(rows)
    if not listed:
        return
    names, driver = tuple(listed[0]), file_of(connection)
    if driver is None:
        _inserting(table, names).run(connection, listed)
    else:
        driver.executemany(*_into_file(table, names, listed))


def _into_file(table: Table, names: tuple[str, ...], rows: list[dict[str, Any]]) -> tuple[str, Iterable[Any]]:
    """An insertion in SQLite's words, and the values."""
    columns, values = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({values})', map(in_order(names), rows)


@cache
def _inserting(table: Table, columns: tuple[str, ...]) -> Statement:
    return Statement(insert(table), columns)


def write_rows(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert any number of rows, each with a value for every column of the table in order, some thousands at a time."""
    names = list(table.c.keys())
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=names)
    listed = iter(rows)
    while part := list(islice(listed, BATCH)):
        given: Any = part if compiled.positional else [dict(zip(names, row, strict=True)) for row in part]
        connection.exec_driver_sql(str(compiled), given)


def delete_rows(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Delete rows by the values of some of their columns, all of one set of columns."""
    listed = list(rows)
    if listed:
        _deleting_by(table, tuple(listed[0])).run(connection, listed)


@cache
def _deleting_by(table: Table, columns: tuple[str, ...]) -> Statement:
    return Statement(delete(table).where(*(table.c[name] == bindparam(name) for name in columns)))


def differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row whose values are other than they were, with the new ones."""
    return {name: value for name, value in new.items() if value != old[name]}


def update_rows(connection: Connection, table: Table, values: Mapping[int, Mapping[str, Any]]) -> None:
    """Give the rows of some ids new values in the columns that each names; other columns' indexes are left alone."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for i, its in sorted(values.items()):
        if its:
            alike[tuple(its)].append({"its": i, **{f"new_{name}": value for name, value in its.items()}})
    for columns, rows in alike.items():
        _updating(table, columns).run(connection, rows)


@cache
def _updating(table: Table, columns: tuple[str, ...]) -> Statement:
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns}
    return Statement(update(table).where(table.c.id == bindparam("its")).values(new))


def pairs_of(connection: Connection, a: Column[Any], b: Column[Any], values: Collection[int]) -> set[tuple[int, int]]:
    """The pairs of a two-column table that hold one of ``values`` on either side."""
    return {(row[0], row[1]) for column in (a, b) for row in rows_by(connection, (a, b), column, values)}


def closure(
    connection: Connection, a: Column[Any], b: Column[Any], start: Iterable[int]
) -> tuple[set[int], set[tuple[int, int]]]:
    """All ids that hang together with those of ``start`` by pairs of a table, and those pairs."""
    seen, pairs = set(start), set()
    fresh = set(seen)
    while fresh:
        found = pairs_of(connection, a, b, fresh)
        pairs |= found
        fresh = {value for pair in found for value in pair} - seen
        seen |= fresh
    return seen, pairs


def insert_returning(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows and return their ids, in order. Only while no other process writes."""
    if not rows:
        return []
    if connection.dialect.name == "sqlite":  # where a statement for each row would have to return its id
        first = 1 + (_highest(table).first(connection)[0] or 0)
        insert_all(connection, table, ({"id": n, **row} for n, row in enumerate(rows, first)))
        return list(range(first, first + len(rows)))
    query = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(connection.execute(query, rows).scalars())


@cache
def _highest(table: Table) -> Prepared:
    return Prepared(select(func.max(table.c.id)))
