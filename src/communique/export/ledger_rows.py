"""Rows of a ledger, quickly: by key, a part at a time, as the database's own driver gives them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter
from typing import Any
from typing import cast as cast_to

from sqlalchemy import ColumnElement, Connection, Select, Text, cast, func, select, type_coerce
from sqlalchemy.dialects.postgresql import JSON

from communique.export.record import EventRow
from communique.ledger import schema

Rows = list[tuple[Any, ...]]


def fetch(connection: Connection, query: Select[Any]) -> Rows:
    """The rows of a query as plain tuples: what is read here needs none of SQLAlchemy's conversions."""
    result = connection.execute(query)
    assert result.cursor is not None
    rows = result.cursor.fetchall()
    result.close()
    return cast_to(Rows, rows)


def binary(connection: Connection, column: ColumnElement[Any]) -> Any:
    """A column that compares by code points, as SQLite's do, whatever the language of the server."""
    return column.collate("C") if connection.dialect.name == "postgresql" else column


def by_key(connection: Connection, query: Select[Any], column: ColumnElement[Any], size: int) -> Iterator[Rows]:
    """The rows of a query whose first column is ``column``, unique: by code points, ``size`` at a time."""
    key = binary(connection, column)
    query = query.order_by(key).limit(size)
    rows = fetch(connection, query)
    while rows:
        yield rows
        rows = fetch(connection, query.where(key > rows[-1][0])) if len(rows) == size else []


def picked(connection: Connection, column: ColumnElement[Any], places: list[int]) -> Any:
    """Some values of a JSON list that a column holds, as a JSON list: what is not wanted is not handed over."""
    if connection.dialect.name == "sqlite":
        return func.json_extract(column, *(f"$[{place}]" for place in places))
    value = type_coerce(cast(column, JSON), JSON)
    return cast(func.json_build_array(*(value[place] for place in places)), Text)


def together(connection: Connection, *columns: ColumnElement[Any]) -> Any:
    """Some columns of a row as one JSON list: of values that come again and again, one text costs less than many."""
    if connection.dialect.name == "sqlite":
        return func.json_array(*columns, type_=Text())
    return cast(func.json_build_array(*columns), Text)


def listed(connection: Connection, column: ColumnElement[Any], place: int) -> Any:
    """One value of a JSON list that a column holds, as JSON text as ``packing`` writes it."""
    if connection.dialect.name == "sqlite":
        return column.op("->", return_type=Text())(f"$[{place}]")
    return cast(type_coerce(cast(column, JSON), JSON)[place], Text)


_EVENT = ("key", "position", "name", "type", "mode", "about", "date", "place", "status", "answers", "quote", "start",
          "end", "confidence", "coder", "coder_version", "codebook_version")  # fmt: skip
NO_DETAIL = '{"according_to": [], "terms": [], "mentions": []}'
_NUMBER, _POSITION = itemgetter(1), itemgetter(0)
_NOTHING: tuple[list[Any], list[Any], list[Any]] = ([], [], [])


def events_by_page(connection: Connection, pages: list[int]) -> dict[int, list[EventRow]]:
    """The events of some pages, by page, in order: sorted here, since a database would sort all columns of all rows."""
    event, report, move, thread = schema.event, schema.report, schema.move, schema.thread
    of_thread = (thread.c.key, thread.c.matter, thread.c.outcome)
    query = select(event.c.id, event.c.page_id, event.c.detail, *(event.c[n] for n in _EVENT), move.c.key, *of_thread)
    query = query.outerjoin(report, report.c.event_id == event.c.id).outerjoin(move, move.c.id == report.c.move_id)
    query = query.outerjoin(thread, thread.c.id == move.c.thread_id).where(event.c.page_id.in_(pages))
    parties = parties_by_event(connection, pages)
    found: dict[int, list[EventRow]] = defaultdict(list)
    for id_, page, detail, *values in fetch(connection, query):
        found[page].append(EventRow._make((*values, None, *_detail(detail), *parties[id_])))
    for listed in found.values():
        listed.sort(key=_NUMBER)
    return found


def _detail(text: str) -> tuple[list[Any], list[Any], list[Any]]:
    """Sources named, terms and mentions."""
    if text == NO_DETAIL:
        return _NOTHING
    detail = json.loads(text)
    return detail["according_to"], detail["terms"], detail["mentions"]


Sides = tuple[list[tuple[str, str]], list[tuple[str, str]]]


def parties_by_event(connection: Connection, pages: list[int]) -> dict[int, Sides]:
    """Sources and targets of the events of some pages, by event, in order."""
    table, event = schema.event_actor, schema.event
    query = select(table.c.position, table.c.event_id, table.c.side, table.c.actor, table.c.name)
    query = query.join(event, event.c.id == table.c.event_id).where(event.c.page_id.in_(pages))
    found: dict[int, Sides] = defaultdict(lambda: ([], []))
    for _, event_id, side, actor, name in sorted(fetch(connection, query), key=_POSITION):
        found[event_id][side == "target"].append((actor, name))
    return found
