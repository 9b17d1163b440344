"""Columns that a table or a rule of Python gives for the values of another column: asked once for each value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from communique.export.arrow.coded import CODED, coded, is_coded, recoded
from communique.export.arrow.made import numbers_in, of_numbers, of_values
from communique.export.arrow.rows import column_of
from communique.export.dates import days

Numbers = np.ndarray[Any, np.dtype[np.int64]]
EPOCH = dt.date(1970, 1, 1).toordinal()  # where Arrow begins to count days
_NEVER = -(1 << 31)  # stands for the day that is not there
_KINDS = ("day", "month", "year", "range")
_PRECISIONS = of_values(_KINDS, pa.string())


def looked_up(column: pa.Array, look: Callable[[Any], Sequence[Any]], types: Sequence[pa.DataType]) -> list[pa.Array]:
    """The columns of ``look(value)``, which is asked for null too; texts are coded."""
    values, where = _values(column)
    return _taken(where, [look(value) for value in values], types)


def looked_up_pairs(
    a: pa.Array, b: pa.Array, look: Callable[[Any, Any], Sequence[Any]], types: Sequence[pa.DataType]
) -> list[pa.Array]:
    """The columns of ``look(value, value)`` of two columns; texts are coded."""
    (firsts, left), (seconds, right) = _values(a), _values(b)
    width = len(seconds) or 1
    known, where = np.unique(left * width + right, return_inverse=True)
    return _taken(where, [look(firsts[pair // width], seconds[pair % width]) for pair in known.tolist()], types)


def _values(column: pa.Array) -> tuple[list[Any], Numbers]:
    """The values that differ, null among them where it is there, and the place of each one among them."""
    places = coded(column) if is_coded(column) or column.type == pa.string() else column.dictionary_encode()
    values = places.dictionary.to_pylist()
    where = numbers_in(places.indices, len(values))
    return ([*values, None] if places.indices.null_count else values), where


def _taken(where: Numbers, found: list[Sequence[Any]], types: Sequence[pa.DataType]) -> list[pa.Array]:
    columns = zip(*found, strict=True) if found else ((),) * len(types)
    indices = of_numbers(where)
    made = [column_of(column, type_) for column, type_ in zip(columns, types, strict=True)]
    return [recoded(column, indices) if column.type == pa.string() else column.take(indices) for column in made]


def date_columns(dates: pa.Array) -> list[pa.Array]:
    """First day, last day and precision of dates."""
    values, where = _values(dates)
    start, end, precision = np.array([_numbers(value) for value in values], np.int64).reshape(-1, 3)[where].T
    kind = pa.DictionaryArray.from_arrays(of_numbers(precision.astype(np.int32), precision >= 0), _PRECISIONS)
    return [_days(start), _days(end), kind.cast(CODED)]


def _days(found: Numbers) -> pa.Array:
    return of_numbers(found.astype(np.int32), found != _NEVER).cast(pa.date32())


@lru_cache(maxsize=65536)
def _numbers(date: str | None) -> tuple[int, int, int]:
    """First and last day of a date as Arrow counts them, and the place of its precision; -1 for none."""
    found = days(date)
    first, last = (_NEVER if day is None else dt.date.fromisoformat(day).toordinal() - EPOCH for day in found[:2])
    return first, last, -1 if found.precision is None else _KINDS.index(found.precision)
