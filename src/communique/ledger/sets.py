"""Small queries that linking asks again and again, for many ids at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, bindparam, delete, func, insert, select

from communique.ledger.prepared import Prepared, several

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
    where: Column[Any] | None = None,
) -> list[Any]:
    """Some columns of the rows of one table whose ``column`` is one of ``values`` (and where ``where`` is true).

    For what is asked with every page that is added: the SQL is written once.
    """
    return _by(columns, column, where).rows_in(connection, sorted(values)) if values else []


@cache
def _by(columns: tuple[Column[Any], ...], column: Column[Any], where: Column[Any] | None) -> Prepared:
    query = select(*columns).where(column.in_(several()))
    return Prepared(query if where is None else query.where(where))


def ids_by(connection: Connection, wanted: Column[Any], column: Column[Any], values: Collection[Any]) -> set[Any]:
    """The different values of a column where another is one of ``values``; None is none of them."""
    return {row[0] for row in rows_by(connection, (wanted,), column, values)} - {None}


def delete_in(connection: Connection, table: Table, column: Column[Any], values: Collection[Any]) -> None:
    """Delete the rows whose ``column`` is one of ``values``."""
    if values:
        connection.execute(_deleting(table, column), [{"its": value} for value in sorted(values)])


@cache
def _deleting(table: Table, column: Column[Any]) -> Any:
    return delete(table).where(column == bindparam("its"))


def insert_all(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert many rows, if any, as the driver takes them: these rows need none of SQLAlchemy's conversions."""
    listed = list(rows)
    if not listed:
        return
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=list(listed[0]))
    if compiled.positional:
        order = compiled.positiontup or []
        values = itemgetter(*order) if len(order) > 1 else lambda row: (row[order[0]],)
        connection.exec_driver_sql(str(compiled), [values(row) for row in listed])
    else:
        connection.exec_driver_sql(str(compiled), listed)


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
        same = (table.c[name] == bindparam(f"its_{name}") for name in listed[0])
        values = [{f"its_{name}": value for name, value in row.items()} for row in listed]
        connection.execute(delete(table).where(*same), values)


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
        first = 1 + (connection.execute(_highest(table)).scalar() or 0)
        insert_all(connection, table, ({"id": n, **row} for n, row in enumerate(rows, first)))
        return list(range(first, first + len(rows)))
    query = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(connection.execute(query, rows).scalars())


@cache
def _highest(table: Table) -> Any:
    return select(func.max(table.c.id))
