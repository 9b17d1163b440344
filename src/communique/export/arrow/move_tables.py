"""The tables of moves, some thousand at a time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import ColumnElement, Connection, Integer, Select, Table, cast, select

from communique.export.arrow.asking import Ask
from communique.export.arrow.lists import Numbers, places, unpacked
from communique.export.arrow.parts import plain
from communique.export.arrow.rows import of_rows
from communique.export.ledger_rows import binary, listed
from communique.export.move_rows import side_rows
from communique.ledger import schema
from communique.move import Move

ROWS = 20_000  # moves or threads at a time
Columns = dict[str, pa.Array]
_EPOCH = dt.date(1970, 1, 1).toordinal()  # where Arrow begins to count days
_OWN = ("type", "mode", "about", "date", "since", "until", "status", "quote", "reports", "outlets", "sources")
_LISTS = {
    "move_actors": ("actors", "targets"),
    "move_reports": ("reports", "contested"),
    "move_sources": ("said_by",),
    "disputes": ("disputes",),
}


def moves(ask: Ask, connection: Connection, names: Collection[str]) -> Iterator[tuple[str, Columns]]:
    """Names of the tables of moves that were asked for, with some of their rows."""
    move, thread = schema.move, schema.thread
    own = [move.c[name] for name in _OWN] if "moves" in names else []
    query = select(move.c.key, thread.c.key.label("thread"), *own, cast(move.c.disputed, Integer).label("disputed"))
    lists = [name for of in _LISTS if of in names for name in _LISTS[of]]
    query = query.add_columns(*packed(connection, move, Move, lists))
    query = query.outerjoin(thread, thread.c.id == move.c.thread_id)
    for found in by_key(ask, connection, query, move):
        yield from ((name, table(found)) for name, table in _TABLES.items() if name in names)


def packed(connection: Connection, table: Table, kind: type, names: Collection[str]) -> list[ColumnElement[Any]]:
    """The fields of those names of the records that a table packs as JSON."""
    fields = list(kind.__dataclass_fields__)  # type: ignore[attr-defined]
    return [listed(connection, table.c.body, fields.index(name)).label(f"{name}_packed") for name in names]


def by_key(ask: Ask, connection: Connection, query: Select[Any], table: Table) -> Iterator[Columns]:
    """The rows of a query with a column ``key``, in its order, some at a time."""
    key: ColumnElement[Any] = binary(connection, table.c.key)
    query = query.order_by(key).limit(ROWS)
    found = ask(query)
    while len(found):
        yield {name: plain(found[name]) for name in found.column_names}
        found = ask(query.where(key > found["key"][-1].as_py())) if len(found) == ROWS else found.slice(0, 0)


def _moves(found: Columns) -> Columns:
    return {
        **found,
        "move": found["key"],
        **{name: day_of(found[name]) for name in ("since", "until")},
        "independent_sources": found["sources"],
        "disputed": found["disputed"].cast(pa.bool_()),
    }


def day_of(ordinals: pa.Array) -> pa.Array:
    """Days that are counted from the year 1, as dates."""
    return pc.subtract(ordinals, _EPOCH).cast(pa.int32()).cast(pa.date32())


def _actors(found: Columns) -> Columns:
    """The parties of each move: those who act, then those acted toward."""
    (by, actors), (to, targets) = (unpacked(found[f"{name}_packed"]) for name in ("actors", "targets"))
    owner = np.concatenate((by * 2, to * 2 + 1))
    order = np.argsort(owner, kind="stable")
    owner = owner[order]
    side = pa.DictionaryArray.from_arrays(pa.array(owner % 2, pa.int8()), ["source", "target"]).cast(pa.string())
    actor = pa.concat_arrays([actors, targets]).take(pa.array(order))
    return {**placed(found, "move", owner // 2, places(owner)), "side": side, "actor": actor}


def _reports(found: Columns) -> Columns:
    owner, events = unpacked(found["reports_packed"])
    contests = within((owner, events), unpacked(found["contested_packed"]))
    return {"move": found["key"].take(pa.array(owner)), "event": events, "contests": contests}


def within(rows: tuple[Numbers, pa.Array], few: tuple[Numbers, pa.Array]) -> pa.Array:
    """Whether each (owner, value) is among a few."""
    (owner, values), there = rows, set(zip(few[0].tolist(), few[1].to_pylist(), strict=True))
    found = pc.is_in(values, few[1]).to_numpy(zero_copy_only=False).copy()
    for at in np.flatnonzero(found).tolist():
        found[at] = (int(owner[at]), values[at].as_py()) in there
    return pa.array(found)


def _sources(found: Columns) -> Columns:
    owner, said = unpacked(found["said_by_packed"])
    return {**placed(found, "move", owner, places(owner)), "source": said}


def disputes(found: Columns) -> Columns:
    """``disputes`` of moves or threads."""
    told = zip(*columns_of(found, "disputes"), strict=True)
    return of_rows("disputes", [row for key, points in told for row in side_rows(key, points)])


def columns_of(found: Columns, name: str) -> tuple[Sequence[str], Sequence[Any]]:
    """Keys and lists of the rows whose list of that name is not empty."""
    cells = found[f"{name}_packed"]
    full = pc.not_equal(cells, "[]")
    return found["key"].filter(full).to_pylist(), json.loads(f"[{','.join(cells.filter(full).to_pylist())}]")


def placed(found: Columns, name: str, owner: Numbers, place: Numbers) -> Columns:
    """The key of each value's owner, and the value's place there."""
    return {name: found["key"].take(pa.array(owner)), "position": pa.array(place)}


_TABLES: dict[str, Callable[[Columns], Columns]] = {
    "moves": _moves,
    "move_actors": _actors,
    "move_reports": _reports,
    "move_sources": _sources,
    "disputes": disputes,
}
