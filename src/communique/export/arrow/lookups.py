"""Columns that a table or a rule of Python gives for the values of another column: asked once for each value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from communique.export.arrow.made import numbers_in, of_numbers
from communique.export.arrow.rows import column_of
from communique.export.dates import days


def looked_up(column: pa.Array, look: Callable[[Any], Sequence[Any]], types: Sequence[pa.DataType]) -> list[pa.Array]:
    """The columns of ``look(value)``, which is asked for null too."""
    coded = column.dictionary_encode("encode")
    return _taken(coded.indices, [look(value) for value in coded.dictionary.to_pylist()], types)


def looked_up_pairs(
    a: pa.Array, b: pa.Array, look: Callable[[Any, Any], Sequence[Any]], types: Sequence[pa.DataType]
) -> list[pa.Array]:
    """The columns of ``look(value, value)`` of two columns."""
    left, right = a.dictionary_encode("encode"), b.dictionary_encode("encode")
    width = len(right.dictionary) or 1
    pairs = numbers_in(left.indices) * width + numbers_in(right.indices)
    known, where = np.unique(pairs, return_inverse=True)
    firsts, seconds = left.dictionary.to_pylist(), right.dictionary.to_pylist()
    found = [look(firsts[pair // width], seconds[pair % width]) for pair in known.tolist()]
    return _taken(of_numbers(where), found, types)


def _taken(indices: pa.Array, found: list[Sequence[Any]], types: Sequence[pa.DataType]) -> list[pa.Array]:
    columns = zip(*found, strict=True) if found else ((),) * len(types)
    return [column_of(column, type_).take(indices) for column, type_ in zip(columns, types, strict=True)]


def date_columns(dates: pa.Array) -> list[pa.Array]:
    """First day, last day and precision of dates."""
    return looked_up(dates, days, [pa.date32(), pa.date32(), pa.string()])
