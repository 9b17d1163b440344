"""One query, and its answer as a table for eyes, CSV or JSON Lines."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from communique.commands.output import write_json_line
from communique.sql.views import SqlError

if TYPE_CHECKING:
    from communique.sql.views import Views

ROWS = 10_000  # rows fetched at a time
MOST = 1000  # rows that a table for eyes shows


@dataclass(frozen=True, slots=True)
class Answer:
    """The names of an answer's columns, and its rows."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[Any, ...]]


def ask(connection: Views, query: str) -> Iterator[Answer]:
    """The answers to one or more statements, divided by semicolons. Raises SqlError in one line."""
    with _said():
        statements = connection.extract_statements(query)
    for statement in statements:
        with _said():
            connection.execute(statement)
        columns = tuple(column[0] for column in connection.description or ())
        if columns:
            yield Answer(columns, _rows(connection))


def _rows(connection: Views) -> Iterator[tuple[Any, ...]]:
    while True:
        with _said():  # a query can also fail on a late row
            rows = connection.fetchmany(ROWS)
        if not rows:
            return
        yield from rows


@contextmanager
def _said() -> Iterator[None]:
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise SqlError(" ".join(str(error).split())) from error


def as_json(answer: Answer) -> None:
    """Print one JSON object a row; dates as ISO 8601, a missing value as null."""
    for row in answer.rows:
        write_json_line({name: plain(value) for name, value in zip(answer.columns, row, strict=True)})


def as_csv(answer: Answer) -> None:
    """Print CSV with a header; a missing value is an empty cell."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([plain(value) for value in row] for row in answer.rows)


def as_table(answer: Answer) -> None:
    """Print a table for eyes, at most MOST rows."""
    from communique.ledger.tables import print_table

    shown, more = [], False
    for number, row in enumerate(answer.rows):
        if number == MOST:
            more = True
            break
        shown.append(["" if value is None else str(value) for value in row])
    print_table(answer.columns, shown, "no rows")
    if more:
        sys.stderr.write(f"the first {MOST} rows; --format csv gives all\n")


def plain(value: Any) -> Any:
    """A value as JSON and CSV can hold it."""
    if isinstance(value, dict):
        return {name: plain(inside) for name, inside in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inside) for inside in value]
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return str(value) if isinstance(value, dt.timedelta) else value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


FORMATS: dict[str, Callable[[Answer], None]] = {"table": as_table, "csv": as_csv, "json": as_json}
