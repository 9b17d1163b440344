"""Lists of values that belong to events, as columns: which event each value belongs to, and its place there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communique.export.tables import LIST_MARK

Numbers = np.ndarray[Any, np.dtype[np.int64]]


def spread(lists: Sequence[Sequence[Any]]) -> tuple[Numbers, Numbers, list[Any]]:
    """For each value the number of its list, and its place there from 0; and the values, one list after another."""
    lengths = np.fromiter(map(len, lists), np.int64, len(lists))
    owners = np.repeat(np.arange(len(lists)), lengths)
    return owners, places(owners), list(chain.from_iterable(lists))


def unpacked(cells: pa.Array) -> tuple[Numbers, pa.Array]:
    """The owner of each value, and the values, of lists of texts that are written as JSON without spaces.

    Text is only escaped where there is a backslash; without one, a list is what stands between its quotes.
    """
    if pc.any(pc.match_substring(cells, "\\")).as_py():
        owners, _, values = spread(json.loads(f"[{','.join(cells.to_pylist())}]"))
        return owners, pa.array(values, pa.string())
    full = pc.not_equal(cells, "[]")
    split = pc.split_pattern(pc.utf8_slice_codeunits(cells.filter(full), 2, -2), '","')
    lengths = np.zeros(len(cells), np.int64)
    lengths[full.to_numpy(zero_copy_only=False)] = pc.list_value_length(split).to_numpy(zero_copy_only=False)
    return np.repeat(np.arange(len(cells)), lengths), split.flatten()


def places(owners: Numbers) -> Numbers:
    """The place of each value in its list, from 0, where the values of a list stand together."""
    if not len(owners):
        return owners
    first = np.flatnonzero(np.diff(owners, prepend=owners[0] - 1))
    return np.arange(len(owners)) - np.repeat(first, np.diff(first, append=len(owners)))


def joined(values: pa.Array, owners: Numbers, count: int) -> pa.Array:
    """One cell for each of ``count`` lists: its values that are there, divided by LIST_MARK; null without any."""
    if values.null_count:
        there = values.is_valid()
        values, owners = values.filter(there), owners[there.to_numpy(zero_copy_only=False)]
    lengths = np.bincount(owners, minlength=count)
    if len(values) == count and lengths.max(initial=0) == 1:
        return values
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    cells = pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), values), LIST_MARK)
    return pc.if_else(pa.array(lengths > 0), cells, pa.scalar(None, pa.string()))


def filled(cells: pa.Array) -> pa.Array:
    """The cells with null for the empty text."""
    return pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)
