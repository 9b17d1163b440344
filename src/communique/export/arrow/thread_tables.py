"""The tables of threads, some thousand at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator

import pyarrow as pa
from sqlalchemy import Connection, Integer, cast, select

from communique.export.arrow.asking import Ask
from communique.export.arrow.lists import places, unpacked
from communique.export.arrow.lookups import date_columns
from communique.export.arrow.move_tables import Columns, by_key, columns_of, day_of, disputes, packed, placed, within
from communique.export.arrow.rows import of_rows
from communique.ledger import schema
from communique.thread import Thread

_OWN = ("matter", "outcome", "outcome_date", "since", "until", "moves", "outlets", "sources")
_LISTS = {
    "threads": ("root",),
    "thread_moves": ("moves", "rests_on"),
    "thread_actors": ("actors",),
    "answers": ("links",),
    "disputes": ("disputes",),
}


def threads(ask: Ask, connection: Connection, names: Collection[str]) -> Iterator[tuple[str, Columns]]:
    """Names of the tables of threads that were asked for, with some of their rows."""
    table = schema.thread
    own = [table.c[name] for name in _OWN] if "threads" in names else []
    lists = packed(connection, table, Thread, [name for of in _LISTS if of in names for name in _LISTS[of]])
    query = select(table.c.key, *own, cast(table.c.disputed, Integer).label("disputed"), *lists)
    for found in by_key(ask, connection, query, table):
        yield from ((name, columns(found)) for name, columns in _TABLES.items() if name in names)


def _threads(found: Columns) -> Columns:
    roots = json.loads(f"[{','.join(found['root_packed'].to_pylist())}]")
    days = date_columns(found["outcome_date"])
    return {
        **found,
        "thread": found["key"],
        "root": pa.array(roots, pa.string()),
        **dict(zip(("outcome_start", "outcome_end", "outcome_precision"), days, strict=True)),
        **{name: day_of(found[name]) for name in ("since", "until")},
        "independent_sources": found["sources"],
        "disputed": found["disputed"].cast(pa.bool_()),
    }


def _moves(found: Columns) -> Columns:
    owner, moves = unpacked(found["moves_packed"])
    decides = within((owner, moves), unpacked(found["rests_on_packed"]))
    return {**placed(found, "thread", owner, places(owner)), "move": moves, "decides": decides}


def _actors(found: Columns) -> Columns:
    owner, actors = unpacked(found["actors_packed"])
    return {**placed(found, "thread", owner, places(owner)), "actor": actors}


def _answers(found: Columns) -> Columns:
    told = zip(*columns_of(found, "links"), strict=True)
    return of_rows("answers", [(key, *link) for key, links in told for link in sorted(links)])


_TABLES: dict[str, Callable[[Columns], Columns]] = {
    "threads": _threads,
    "thread_moves": _moves,
    "thread_actors": _actors,
    "answers": _answers,
    "disputes": disputes,
}
