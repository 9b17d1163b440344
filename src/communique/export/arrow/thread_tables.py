"""The tables of threads, some thousand at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import orjson
import pyarrow as pa
from sqlalchemy import Connection, Integer, cast, select

from communique.export.arrow.asking import Ask
from communique.export.arrow.lists import places
from communique.export.arrow.lookups import date_columns
from communique.export.arrow.made import of_values
from communique.export.arrow.move_tables import (
    Columns,
    Found,
    by_key,
    columns_of,
    day_of,
    disputed,
    disputes,
    packed,
    placed,
    within,
)
from communique.export.arrow.rows import of_rows
from communique.ledger import schema
from communique.thread import Thread

_OWN = ("matter", "outcome", "outcome_date", "since", "until", "moves", "outlets", "sources")
_LISTS = {"thread_moves": ("moves", "rests_on"), "thread_actors": ("actors",)}
_PACKED = {"threads": "root", "answers": "links"}


def threads(ask: Ask, connection: Connection, names: Collection[str]) -> Iterator[tuple[str, Columns]]:
    """Names of the tables of threads that were asked for, with some of their rows."""
    table = schema.thread
    own = [table.c[name] for name in _OWN] if "threads" in names else []
    query = select(table.c.key, *own, cast(table.c.disputed, Integer).label("disputed"))
    query = query.add_columns(*(packed(connection, table, Thread, name) for of, name in _PACKED.items() if of in names))
    if "disputes" in names:
        query = query.add_columns(disputed(connection, table, Thread))
    lists = [name for of in _LISTS if of in names for name in _LISTS[of]]
    for found in by_key(ask, connection, query, table, Thread, lists):
        yield from ((name, columns(found)) for name, columns in _TABLES.items() if name in names)


def _threads(found: Found) -> Columns:
    columns = found.columns
    roots = orjson.loads(f"[{','.join(columns['root_packed'].to_pylist())}]")
    days = date_columns(columns["outcome_date"])
    return {
        **columns,
        "thread": columns["key"],
        "root": of_values(roots, pa.string()),
        **dict(zip(("outcome_start", "outcome_end", "outcome_precision"), days, strict=True)),
        **{name: day_of(columns[name]) for name in ("since", "until")},
        "independent_sources": columns["sources"],
        "disputed": columns["disputed"].cast(pa.bool_()),
    }


def _moves(found: Found) -> Columns:
    owner, moves = found.lists["moves"]
    decides = within((owner, moves), found.lists["rests_on"])
    return {**placed(found, "thread", owner, places(owner)), "move": moves, "decides": decides}


def _actors(found: Found) -> Columns:
    owner, actors = found.lists["actors"]
    return {**placed(found, "thread", owner, places(owner)), "actor": actors}


def _answers(found: Found) -> Columns:
    told = zip(*columns_of(found, "links"), strict=True)
    return of_rows("answers", [(key, *link) for key, links in told for link in sorted(links)])


_TABLES: dict[str, Callable[[Found], Columns]] = {
    "threads": _threads,
    "thread_moves": _moves,
    "thread_actors": _actors,
    "answers": _answers,
    "disputes": disputes,
}
