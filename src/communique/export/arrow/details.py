"""What events keep as JSON (sources named, terms, further passages), as columns."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from communique.export.arrow.lists import Numbers, spread
from communique.export.arrow.made import of_numbers, of_values, truths
from communique.export.arrow.marks import read

_TERM = (pa.string(), pa.string(), pa.int64(), pa.int64(), pa.string())
_MENTION = (pa.int64(), pa.int64(), pa.string())
_TYPES = {"according_to": (pa.string(),), "terms": _TERM, "mentions": _MENTION}


class Listed(NamedTuple):
    """Rows that belong to events: the place of each one's event, its own place there from 0, and its columns."""

    owner: Numbers
    place: Numbers
    columns: tuple[pa.Array, ...]


class Details(NamedTuple):
    """Of some events: sources (source), terms (role, actor, start, end, quote), mentions (start, end, quote)."""

    according_to: Listed
    terms: Listed
    mentions: Listed


def details(column: pa.Array) -> Details:
    """What a column of JSON holds; null is nothing.

    Cells without a backslash, which are nearly all, are read by where their quotes stand, the others as any JSON.
    """
    there = np.flatnonzero(truths(column.is_valid()))
    cells = column.drop_null()
    escaped = truths(pc.match_substring(cells, "\\"))
    plainly = read(cells.filter(of_numbers(~escaped)))
    if plainly is None:
        return _at(_parsed(cells), there)
    found = Details(*(Listed(*one) for one in plainly))
    if not escaped.any():
        return _at(found, there)
    others = _at(_parsed(cells.filter(of_numbers(escaped))), there[escaped])
    return Details(*map(_merged, _at(found, there[~escaped]), others))


def _at(found: Details, events: Numbers) -> Details:
    return Details(*(listed._replace(owner=events[listed.owner]) for listed in found))


def _merged(some: Listed, others: Listed) -> Listed:
    """The rows of both, of which no event has rows in either, by event."""
    owner = np.concatenate((some.owner, others.owner))
    order = np.argsort(owner, kind="stable")
    taken = of_numbers(order)
    columns = (pa.concat_arrays(pair).take(taken) for pair in zip(some.columns, others.columns, strict=True))
    return Listed(owner[order], np.concatenate((some.place, others.place))[order], tuple(columns))


def _parsed(cells: pa.Array) -> Details:
    kept: list[dict[str, Any]] = orjson.loads(f"[{','.join(cells.to_pylist())}]")
    return Details(*(_rows([detail[name] for detail in kept], types) for name, types in _TYPES.items()))


def _rows(lists: list[list[Any]], types: tuple[pa.DataType, ...]) -> Listed:
    owner, place, rows = spread(lists)
    columns = ((rows,) if len(types) == 1 else tuple(zip(*rows, strict=True))) if rows else ((),) * len(types)
    return Listed(owner, place, tuple(of_values(values, type_) for values, type_ in zip(columns, types, strict=True)))


NO_DETAILS = details(pa.nulls(0, pa.string()))
