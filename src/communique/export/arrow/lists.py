"""Lists of values that belong to events, as columns: which event each value belongs to, and its place there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from communique.export.arrow.coded import flat
from communique.export.arrow.made import of_bytes, of_numbers, of_values, one, truths
from communique.export.tables import LIST_MARK

Numbers = np.ndarray[Any, np.dtype[np.int64]]
DENSE = 8  # numbers in a table of places for each id that it holds, at most
Bytes = np.ndarray[Any, np.dtype[np.uint8]]


class Ids:
    """Places by id: ids are mostly counted up without gaps, and then a table answers sooner than a search."""

    def __init__(self, ids: Numbers) -> None:
        self._table = self._sorted = None
        top = int(ids.max(initial=0))
        if top <= DENSE * len(ids) + DENSE:
            self._table = np.full(top + 2, -1, np.int32)
            self._table[ids] = np.arange(len(ids), dtype=np.int32)
        else:
            self._order = np.argsort(ids, kind="stable")
            self._sorted = ids[self._order]

    def places(self, wanted: Numbers) -> Numbers:
        """The place of each id, -1 where it is not there."""
        if self._table is not None:
            return self._table[np.clip(wanted, -1, len(self._table) - 1)].astype(np.int64)
        assert self._sorted is not None
        at = np.minimum(np.searchsorted(self._sorted, wanted), len(self._sorted) - 1)
        return np.where(self._sorted[at] == wanted, self._order[at], -1)


def spread(lists: Sequence[Sequence[Any]]) -> tuple[Numbers, Numbers, list[Any]]:
    """For each value the number of its list, and its place there from 0; and the values, one list after another."""
    lengths = np.fromiter(map(len, lists), np.int64, len(lists))
    owners = np.repeat(np.arange(len(lists)), lengths)
    return owners, places(owners), list(chain.from_iterable(lists))


def lists_apart(cells: pa.Array, count: int) -> list[tuple[Numbers, pa.Array]]:
    """The owners and values of each of the ``count`` lists of texts that a cell holds: ``[["a","b"],[],["c"]]``.

    Without a backslash a quote only begins or ends a text, and what stands between two texts says by its length how
    many lists further the second one is. Cells that are written otherwise are read as any JSON.
    """
    found = _by_marks(cells, count)
    if found is None:
        rows = orjson.loads(f"[{','.join(cells.to_pylist())}]")
        lists = (spread([row[n] for row in rows]) for n in range(count))
        return [(owners, of_values(values, pa.string())) for owners, _, values in lists]
    owners, which, values = found
    there = [np.flatnonzero(which == n) for n in range(count)]
    return [(owners[here], values.take(of_numbers(2 * here + 1))) for here in there]


def _by_marks(cells: pa.Array, count: int) -> tuple[Numbers, Numbers, pa.Array] | None:
    """Owner and list of each value, and their texts as ``between`` has them.

    None where the cells are not written as packing writes them.
    """
    offsets, text = text_of(cells)
    if np.any(text == ord("\\")):
        return None
    marks = np.flatnonzero(text == ord('"'))
    opens, closes = marks[0::2], marks[1::2]
    lengths = np.diff(np.searchsorted(opens, offsets))
    owners = np.repeat(np.arange(len(cells)), lengths)
    gaps = opens - np.concatenate(([0], closes[:-1] + 1)) if len(opens) else opens
    first = np.cumsum(lengths)[lengths > 0] - lengths[lengths > 0]
    gaps[first] = opens[first] - offsets[:-1][lengths > 0] + 1  # a cell begins with one bracket more than a list
    if np.any((gaps % 3 != 0) & (gaps != 1)):
        return None
    steps = gaps // 3
    steps[first] -= 1
    so_far = np.cumsum(steps)
    which = so_far - np.repeat(so_far[first] - steps[first], lengths[lengths > 0])
    return (owners, which, between(text, opens + 1, closes)) if np.all(which < count) else None


def between(text: Bytes, starts: Numbers, ends: Numbers) -> pa.Array:
    """The texts that stand between some places, one after another, each after what stands before it."""
    edges = np.empty(2 * len(starts) + 2, np.int64)
    edges[0], edges[1:-1:2], edges[2:-1:2], edges[-1] = 0, starts, ends, len(text)
    return of_bytes(edges, text)


def text_of(cells: pa.Array) -> tuple[Numbers, Bytes]:
    """Where each cell begins, and where the last one ends, in the UTF-8 text of all; no cell is null."""
    _, offsets, data = cells.buffers()
    if data is None:
        return np.zeros(len(cells) + 1, np.int64), np.zeros(0, np.uint8)
    places = np.frombuffer(offsets, np.int32)[cells.offset : cells.offset + len(cells) + 1].astype(np.int64)
    return places - places[0], np.frombuffer(data, np.uint8)[places[0] : places[-1]]


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
        values, owners = values.filter(there), owners[truths(there)]
    lengths = np.bincount(owners, minlength=count)
    if len(values) == count and lengths.max(initial=0) == 1:
        return values
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    cells = pc.binary_join(pa.ListArray.from_arrays(of_numbers(offsets), flat(values)), one(LIST_MARK))
    return pc.if_else(of_numbers(lengths > 0), cells, one(None))


def filled(cells: pa.Array) -> pa.Array:
    """The cells with null for the empty text."""
    return pc.if_else(pc.equal(cells, one("")), one(None), cells)
