"""Tables as lines of CSV, whole columns at a time: the same bytes as ``csv_lines`` writes of the same rows."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from communique.export.arrow.coded import flat, is_coded
from communique.export.arrow.lookups import looked_up
from communique.export.arrow.made import one
from communique.export.arrow.parts import plain
from communique.export.csv_lines import MARKS

ROWS = 16_384  # rows made text at once


def pieces(table: pa.Table) -> list[pa.Buffer]:
    """The rows as CSV in UTF-8, each ended by a line feed."""
    columns = [_looked_at(plain(column)) for column in table.columns]
    return [_lines([column.slice(at, ROWS) for column in columns]) for at in range(0, len(table), ROWS)]


def _looked_at(column: pa.Array) -> pa.Array:
    """The column, with quotes where its values come again and again: each of these is looked at once."""
    if not is_coded(column):
        return column
    return pa.DictionaryArray.from_arrays(column.indices, _quoted(column.dictionary))


def _lines(columns: list[pa.Array]) -> pa.Buffer:
    cells = [flat(column) if is_coded(column) else _quoted(_text(pa.concat_arrays([column]))) for column in columns]
    last = pc.binary_join_element_wise(cells[-1], one(""), one("\n"), null_handling="replace")
    lines = pc.binary_join_element_wise(*cells[:-1], last, one(","), null_handling="replace")
    return lines.buffers()[2]


def _text(column: pa.Array) -> pa.Array:
    """The cells as Python writes them."""
    if pa.types.is_floating(column.type):
        return flat(looked_up(column, lambda value: (None if value is None else str(value),), [pa.string()])[0])
    if pa.types.is_boolean(column.type):
        return pc.if_else(column, one("True"), one("False"))
    return column.cast(pa.string())


def _quoted(cells: pa.Array) -> pa.Array:
    """The cells, in quotes where they hold a mark."""
    data = cells.buffers()[2]
    whole = data.to_pybytes() if data else b""
    marks = [mark for mark in f",{MARKS}" if mark.encode() in whole]
    if not marks:
        return cells
    marked = pc.match_substring(cells, marks[0])
    for mark in marks[1:]:
        marked = pc.or_(marked, pc.match_substring(cells, mark))
    doubled = pc.replace_substring(cells, '"', '""') if '"' in marks else cells
    return pc.if_else(marked, pc.binary_join_element_wise(one('"'), doubled, one('"'), one("")), cells)
