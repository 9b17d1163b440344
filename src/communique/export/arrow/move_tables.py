"""The tables of moves, some thousand at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import ColumnElement, Connection, Integer, Select, Table, case, cast, null, select

from communique.export.arrow.asking import Ask
from communique.export.arrow.coded import coded
from communique.export.arrow.lists import Numbers, lists_apart, places
from communique.export.arrow.lookups import EPOCH
from communique.export.arrow.made import of_numbers, of_values, one
from communique.export.arrow.parts import TOGETHER, apart, plain
from communique.export.arrow.rows import of_rows
from communique.export.arrow.tellings import Rows
from communique.export.ledger_rows import binary, listed, picked, together
from communique.export.move_rows import side_rows
from communique.ledger import schema
from communique.move import Move

ROWS = 20_000  # moves or threads at a time
Columns = dict[str, pa.Array]
_OWN = ("about", "date", "since", "until", "quote")
_SAME = {"type": pa.string(), "mode": pa.string(), "status": pa.string(),
         "reports": pa.int64(), "outlets": pa.int64(), "sources": pa.int64()}  # fmt: skip
_LISTS = {
    "move_actors": ("actors", "targets"),
    "move_reports": ("reports", "contested"),
    "move_sources": ("said_by",),
}
LISTS = "lists"
SIDES = of_values(["source", "target"], pa.string())


class Found(NamedTuple):
    """Some moves or threads: columns, and by name the lists of texts of each, as the owner and text of each value."""

    columns: Columns
    lists: Mapping[str, tuple[Numbers, pa.Array]]


def moves(ask: Ask, connection: Connection, names: Collection[str]) -> Iterator[tuple[str, Columns]]:
    """Names of the tables of moves that were asked for, with some of their rows."""
    move = schema.move
    query = select(move.c.key)
    if "moves" in names:
        own = (move.c.thread_id, *(move.c[name] for name in _OWN), cast(move.c.disputed, Integer).label("disputed"))
        same = together(connection, *(move.c[name] for name in _SAME)).label(TOGETHER)
        query = query.add_columns(*own, same)
    if "disputes" in names:
        query = query.add_columns(disputed(connection, move, Move))
    lists = [name for of in _LISTS if of in names for name in _LISTS[of]]
    threads = Rows(ask(select(schema.thread.c.id, schema.thread.c.key))) if "moves" in names else None
    for found in by_key(ask, connection, query, move, Move, lists):
        if threads:
            found.columns["thread"] = threads.of(found.columns["thread_id"], "key")
        yield from ((name, table(found)) for name, table in _TABLES.items() if name in names)


def packed(connection: Connection, table: Table, kind: type, name: str) -> ColumnElement[Any]:
    """The field of that name of the records that a table packs as JSON."""
    label: ColumnElement[Any] = listed(connection, table.c.body, _place(kind, name)).label(f"{name}_packed")
    return label


def disputed(connection: Connection, table: Table, kind: type) -> ColumnElement[Any]:
    """The disputes of the records that a table packs: of the few that have any."""
    found = listed(connection, table.c.body, _place(kind, "disputes"))
    return case((table.c.disputed, found), else_=null()).label("disputes_packed")


def _place(kind: type, name: str) -> int:
    return list(kind.__dataclass_fields__).index(name)  # type: ignore[attr-defined]


def by_key(
    ask: Ask, connection: Connection, query: Select[Any], table: Table, kind: type, lists: Sequence[str]
) -> Iterator[Found]:
    """The rows of a query with a column ``key``, in its order, some at a time, and their lists of those names."""
    if lists:
        names = picked(connection, table.c.body, [_place(kind, name) for name in lists])
        query = query.add_columns(names.label(LISTS))
    for found in _in_parts(ask, connection, query, table):
        if TOGETHER in found.column_names:
            found = apart(found, _SAME)
        columns = {name: plain(found[name]) for name in found.column_names}
        listed = lists_apart(columns.pop(LISTS), len(lists)) if lists else []
        yield Found(columns, dict(zip(lists, listed, strict=True)))


def _in_parts(ask: Ask, connection: Connection, query: Select[Any], table: Table) -> Iterator[pa.Table]:
    key: ColumnElement[Any] = binary(connection, table.c.key)
    query = query.order_by(key).limit(ROWS)
    found = ask(query)
    while len(found):
        yield found
        found = ask(query.where(key > found["key"][-1].as_py())) if len(found) == ROWS else found.slice(0, 0)


def _moves(found: Found) -> Columns:
    columns = found.columns
    return {
        **columns,
        "move": columns["key"],
        **{name: day_of(columns[name]) for name in ("since", "until")},
        "independent_sources": columns["sources"],
        "disputed": columns["disputed"].cast(pa.bool_()),
    }


def day_of(ordinals: pa.Array) -> pa.Array:
    """Days that are counted from the year 1, as dates."""
    return pc.subtract(ordinals, one(EPOCH)).cast(pa.int32()).cast(pa.date32())


def _actors(found: Found) -> Columns:
    """The parties of each move: those who act, then those acted toward."""
    (by, actors), (to, targets) = (found.lists[name] for name in ("actors", "targets"))
    owner = np.concatenate((by * 2, to * 2 + 1))
    order = np.argsort(owner, kind="stable")
    owner = owner[order]
    side = pa.DictionaryArray.from_arrays(of_numbers((owner % 2).astype(np.int32)), SIDES)
    actor = coded(pa.concat_arrays([actors, targets])).take(of_numbers(order))
    return {**placed(found, "move", owner // 2, places(owner)), "side": side, "actor": actor}


def _reports(found: Found) -> Columns:
    owner, events = found.lists["reports"]
    contests = within((owner, events), found.lists["contested"])
    return {"move": found.columns["key"].take(of_numbers(owner)), "event": events, "contests": contests}


def within(rows: tuple[Numbers, pa.Array], few: tuple[Numbers, pa.Array]) -> pa.Array:
    """Whether each (owner, value) is among a few."""
    (owner, values), there = rows, set(zip(few[0].tolist(), few[1].to_pylist(), strict=True))
    found = np.isin(owner, few[0])  # a few owners, whose values alone are looked at
    maybe = np.flatnonzero(found)
    told = zip(owner[maybe].tolist(), values.take(of_numbers(maybe)).to_pylist(), strict=True)
    found[maybe] = [one in there for one in told]
    return of_numbers(found)


def _sources(found: Found) -> Columns:
    owner, said = found.lists["said_by"]
    return {**placed(found, "move", owner, places(owner)), "source": said}


def disputes(found: Found) -> Columns:
    """``disputes`` of moves or threads."""
    told = zip(*columns_of(found, "disputes"), strict=True)
    return of_rows("disputes", [row for key, points in told for row in side_rows(key, points)])


def columns_of(found: Found, name: str) -> tuple[Sequence[str], Sequence[Any]]:
    """Keys and lists of the rows whose list of that name is there and not empty."""
    cells = found.columns[f"{name}_packed"]
    full = pc.not_equal(cells, one("[]"))
    lists = orjson.loads(f"[{','.join(cells.filter(full).to_pylist())}]")
    return found.columns["key"].filter(full).to_pylist(), lists


def placed(found: Found, name: str, owner: Numbers, place: Numbers) -> Columns:
    """The key of each value's owner, and the value's place there."""
    return {name: found.columns["key"].take(of_numbers(owner)), "position": of_numbers(place)}


_TABLES: dict[str, Callable[[Found], Columns]] = {
    "moves": _moves,
    "move_actors": _actors,
    "move_reports": _reports,
    "move_sources": _sources,
    "disputes": disputes,
}
