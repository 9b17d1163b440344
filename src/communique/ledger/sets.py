"""Small queries that linking asks again and again, for many ids at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, bindparam, delete, insert, or_, select

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


def delete_in(connection: Connection, table: Table, column: Column[Any], values: Collection[Any]) -> None:
    """Delete the rows whose ``column`` is one of ``values``."""
    for part in chunks(values):
        connection.execute(delete(table).where(column.in_(part)))


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
    found: set[tuple[int, int]] = set()
    for part in chunks(values):
        query = select(a, b).where(or_(a.in_(part), b.in_(part)))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found


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
    """Insert rows and return their ids, in order."""
    if not rows:
        return []
    query = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(connection.execute(query, rows).scalars())
