"""Arrow columns from Python's and numpy's values and back, by their bytes: pyarrow would import pandas for that.

Where pandas is there, its import takes a second or two of processor time, more than all such columns together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

_NUMBERS = {pa.int64(): np.int64, pa.float64(): np.float64, pa.bool_(): np.bool_, pa.int8(): np.int8}


def of_values(values: Sequence[Any], type_: pa.DataType) -> pa.Array:
    """Texts, whole numbers, numbers or truth values; None is null."""
    missing = None in values
    there = np.fromiter((value is not None for value in values), bool, len(values)) if missing else None
    if type_ == pa.string():
        return _texts([value or "" for value in values] if missing else values, there)
    known = [0 if value is None else value for value in values] if missing else values
    return of_numbers(np.array(known, _NUMBERS[type_]), there)


def of_numbers(values: np.ndarray[Any, Any], there: np.ndarray[Any, Any] | None = None) -> pa.Array:
    """The numbers, or truth values, of an array; null where they are not ``there``."""
    type_ = pa.bool_() if values.dtype == np.bool_ else pa.from_numpy_dtype(values.dtype)
    data = np.packbits(values, bitorder="little") if values.dtype == np.bool_ else np.ascontiguousarray(values)
    return pa.Array.from_buffers(type_, len(values), [_bits(there), pa.py_buffer(data)])


def of_bytes(
    offsets: np.ndarray[Any, Any], data: bytes | np.ndarray[Any, Any], there: np.ndarray[Any, Any] | None = None
) -> pa.Array:
    """Texts in UTF-8, one after another, and where each begins and the last one ends."""
    buffers = [_bits(there), pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.string(), len(offsets) - 1, buffers)


@cache
def one(value: str | int | None) -> pa.Scalar:
    """A text or whole number for Arrow to work with; None is the text that is not there."""
    return of_values([value], pa.int64() if isinstance(value, int) else pa.string())[0]


def numbers_in(array: pa.Array, missing: int = -1) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The whole numbers of an array, with one that stands for null."""
    array = array.cast(pa.int64())
    _, data = array.buffers()
    if data is None:
        return np.full(len(array), missing)
    values = np.frombuffer(data, np.int64)[array.offset : array.offset + len(array)]
    return np.where(truths(array.is_valid()), values, missing) if array.null_count else values


def truths(array: pa.Array) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """The truth values of an array; null is false."""
    valid, data = array.buffers()
    if data is None:
        return np.zeros(len(array), bool)
    inside = slice(array.offset, array.offset + len(array))
    found = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")[inside].view(bool)
    if valid is not None:
        found = found & np.unpackbits(np.frombuffer(valid, np.uint8), bitorder="little")[inside].view(bool)
    return found


def _texts(values: Sequence[str], there: np.ndarray[Any, Any] | None) -> pa.Array:
    whole = "".join(values)
    cells: Sequence[str | bytes] = values if whole.isascii() else [value.encode() for value in values]
    offsets = np.zeros(len(values) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, cells), np.int64, len(values)), out=offsets[1:])
    return of_bytes(offsets, whole.encode(), there)


def _bits(there: np.ndarray[Any, Any] | None) -> pa.Buffer | None:
    return None if there is None else pa.py_buffer(np.packbits(there, bitorder="little"))
