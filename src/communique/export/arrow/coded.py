"""Columns whose values come again and again, as places in a list of those that differ: each is looked at once."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

CODED = pa.dictionary(pa.int32(), pa.string())


def is_coded(column: pa.Array) -> bool:
    """Whether a column is one of places."""
    return bool(pa.types.is_dictionary(column.type))


def coded(column: pa.Array) -> pa.DictionaryArray:
    """Texts as places in the list of those that differ, in the order in which they first come."""
    return column if is_coded(column) else column.dictionary_encode()


def flat(column: pa.Array) -> pa.Array:
    """The values themselves."""
    return column.dictionary_decode() if is_coded(column) else column


def recoded(values: pa.Array, where: pa.Array) -> pa.DictionaryArray:
    """The texts that stand at some places of a list, in which they may come again; null where a place is null."""
    few = coded(values)
    return pa.DictionaryArray.from_arrays(few.indices.take(where), few.dictionary)


def equal(column: pa.Array, to: pa.Scalar) -> pa.Array:
    """Whether each text is that one; null where it is null."""
    return pc.equal(column.dictionary, to).take(column.indices) if is_coded(column) else pc.equal(column, to)


def together(pieces: Sequence[pa.Array]) -> pa.Array:
    """Pieces of a column as one, coded where all of them are."""
    if len(pieces) == 1:
        return pieces[0]
    if not all(map(is_coded, pieces)):
        return pa.concat_arrays([flat(piece) for piece in pieces])
    return pa.chunked_array(pieces).unify_dictionaries().combine_chunks()


def in_order(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """The same with those values alone that are there, in the order in which they first come, as ``coded`` has it."""
    again = column.indices.dictionary_encode()
    return pa.DictionaryArray.from_arrays(again.indices, column.dictionary.take(again.dictionary))
