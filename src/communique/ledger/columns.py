"""What counting asks of every act, packed in columns, so that any question over all acts is answered in milliseconds.

``act_block`` holds, for each run of ``SIZE`` ids of moves, one packed array a column. The columns of ``ONE`` have a
number for every id: the code of a type or status, or a day (an ordinal; 0 where there is none, and the code 0 where no
move has the id). Those of ``MANY`` have a number for every value of a move, ``code * SIZE + place in the run``.
``act_value`` says what codes stand for. Kept with every change of a move, in its transaction; ``acts`` reads them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Connection, bindparam, delete, select, text

from communique.ledger import schema
from communique.ledger.packing import unpack_move
from communique.ledger.prepared import Prepared, Statement, several
from communique.ledger.sets import insert_all, insert_returning
from communique.move import Move

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIRST = "0009"  # the version of the tables since which ledgers hold columns
SIZE = 512  # ids in one run
ONE = ("type", "status", "since", "until")
MANY = ("source", "target", "outlet", "word")
PACKED: Mapping[str, Any] = {**dict.fromkeys(ONE, np.dtype("<i4")), **dict.fromkeys(MANY, np.dtype("<u4"))}
Codes = dict[tuple[str, str], int]
_FIELD_OF = {"source": "actor", "target": "actor"}  # both sides have one list of codes
_DAYS = ("since", "until")
_EMPTY = {name: bytes(SIZE * PACKED[name].itemsize) if name in ONE else b"" for name in PACKED}

_VALUE, _BLOCK = schema.act_value.c, schema.act_block.c
_CODES = Prepared(
    select(_VALUE.id, _VALUE.value).where(_VALUE.field == bindparam("field"), _VALUE.value.in_(several()))
)
_STORED = Prepared(
    select(_BLOCK.name, _BLOCK.block, _BLOCK.body).where(_BLOCK.name.in_(list(PACKED)), _BLOCK.block.in_(several()))
)
_PUT = Statement(
    text(
        "INSERT INTO act_block (name, block, body) VALUES (:name, :block, :body)"
        " ON CONFLICT (name, block) DO UPDATE SET body = excluded.body"
    )
)


def words_in(matter: str | None) -> set[str]:
    """The words of a matter as they are looked for: in small letters."""
    return set(re.findall(r"\w+", (matter or "").lower()))


def field_of(column: str) -> str:
    """The list of codes that a column's numbers are of."""
    return _FIELD_OF.get(column, column)


def keep_columns(connection: Connection, changed: Mapping[int, Move], gone: Collection[int]) -> None:
    """Bring the columns up to date after moves changed or went."""
    values = {**{i: _values_of(move) for i, move in changed.items()}, **dict.fromkeys(gone, _NONE)}
    codes = _codes_for(connection, values.values())
    runs = _by_run(values)
    stored = _STORED.rows_in(connection, sorted(runs))
    old = {(name, block): bytes(body) for name, block, body in stored}
    rows = []
    for block, inside in runs.items():
        for name in PACKED:
            before = old.get((name, block), _EMPTY[name])
            body = _edited(name, before, inside, codes)
            if body != before or (name, block) not in old:
                rows.append({"name": name, "block": block, "body": body})
    _PUT.run(connection, rows)


def _by_run(values: Mapping[int, dict[str, Any]]) -> dict[int, dict[int, dict[str, Any]]]:
    """Values of moves by run and place in the run."""
    runs: dict[int, dict[int, dict[str, Any]]] = defaultdict(dict)
    for i, its in values.items():
        runs[i // SIZE][i % SIZE] = its
    return runs


def _values_of(move: Move) -> dict[str, Any]:
    """What the columns hold of a move."""
    return {
        "type": move.type,
        "status": move.status,
        "since": move.since,
        "until": move.until,
        "source": set(move.actors),
        "target": set(move.targets),
        "outlet": set(move.outlets),
        "word": words_in(move.about),
    }


_NONE: dict[str, Any] = {**dict.fromkeys(ONE), **dict.fromkeys(MANY, ())}


def _named(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Everything of a move that has a code."""
    yield from ((name, values[name]) for name in ("type", "status") if values[name])
    yield from ((field_of(name), value) for name in MANY for value in values[name])


def _codes_for(connection: Connection, values: Iterable[Mapping[str, Any]]) -> Codes:
    """The codes of all that some moves hold; what has none is given one."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for its in values:
        for field, value in _named(its):
            wanted[field].add(value)
    known = {(field, row.value): int(row.id) for field, listed in wanted.items()
             for row in _CODES.rows_in(connection, sorted(listed), field=field)}  # fmt: skip
    new = [(field, value) for field in sorted(wanted) for value in sorted(wanted[field]) if (field, value) not in known]
    ids = insert_returning(connection, schema.act_value, [{"field": field, "value": value} for field, value in new])
    return {**known, **dict(zip(new, ids, strict=True))}


def _edited(name: str, before: bytes, inside: Mapping[int, Mapping[str, Any]], codes: Codes) -> bytes:
    """One packed array with the values of some places put in the place of those it has."""
    packed = np.frombuffer(before, PACKED[name])
    if name in ONE:
        packed = packed.copy()
        packed[list(inside)] = [_number(name, values[name], codes) for values in inside.values()]
        return packed.tobytes()
    kept = packed[~np.isin(packed % SIZE, list(inside))]
    new = [codes[field_of(name), value] * SIZE + place for place, its in inside.items() for value in its[name]]
    return np.sort(np.concatenate([kept, np.array(new, PACKED[name])])).tobytes()


def _number(name: str, value: Any, codes: Codes) -> int:
    """A day as it is, and anything else by its code; 0 for none."""
    return int(value or 0) if name in _DAYS or not value else codes[name, value]


def write_all_columns(connection: Connection, moves: Iterable[tuple[int, Move]]) -> None:
    """Pack all moves anew; they come in the order of their ids."""
    for table in (schema.act_block, schema.act_value):
        connection.execute(delete(table))
    codes: Codes = {}
    for block, listed in groupby(((i, _values_of(move)) for i, move in moves), lambda pair: pair[0] // SIZE):
        inside = {i % SIZE: values for i, values in listed}
        for values in inside.values():
            for pair in _named(values):
                codes.setdefault(pair, len(codes) + 1)
        rows = ({"name": name, "block": block, "body": _edited(name, _EMPTY[name], inside, codes)} for name in PACKED)
        insert_all(connection, schema.act_block, rows)
    named = ({"id": code, "field": field, "value": value} for (field, value), code in codes.items())
    insert_all(connection, schema.act_value, named)
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence('act_value', 'id'), coalesce(max(id), 1)) FROM act_value")
        )


def stored_moves(connection: Connection) -> Iterator[tuple[int, Move]]:
    """Every stored move with its id, in order."""
    table = schema.move.c
    for i, body in connection.execute(select(table.id, table.body).order_by(table.id)).yield_per(1_000):
        yield i, unpack_move(body)


def column_of(connection: Connection, name: str) -> tuple[NDArray[np.int64], list[bytes]]:
    """The runs that a column has, in order, and the packed array of each."""
    rows = _COLUMN.rows(connection, name=name)
    return np.array([row[0] for row in rows], np.int64), [row[1] for row in rows]


_COLUMN = Prepared(select(_BLOCK.block, _BLOCK.body).where(_BLOCK.name == bindparam("name")).order_by(_BLOCK.block))
