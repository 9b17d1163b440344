"""The parquet format: the tables of the csv format as Parquet, in row groups, with the metadata in each file."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from communique.export.chunks import chunks
from communique.export.datapackage import write_codebook, write_package
from communique.export.metadata import Metadata
from communique.export.record import Record
from communique.export.tables import Field, Table, chosen

ROW_GROUP = 50_000  # rows
_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
# Cells of these are nearly all different, so a dictionary of their values would only cost time.
_DIFFERENT = frozenset({"event", "quote", "answers", "digest", "url", "start", "end", "says", "reports", "value"})


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write every table, ``codebook.csv``, and a ``datapackage.json``."""
    said = json.dumps(metadata.to_dict(), ensure_ascii=False, sort_keys=True)
    with ExitStack() as stack:
        asked = chosen(record.focus.tables)
        files = {name: stack.enter_context(_File(folder, table, said)) for name, table in asked.items()}
        for name, rows in chunks(record):
            files[name].add(rows)
    write_codebook(folder / "codebook.csv", asked.values())
    write_package(folder, metadata, "parquet", asked)


def schema_of(table: Table, metadata: str) -> pa.Schema:
    """The Arrow schema of a table, with what each column means and the export's metadata as JSON."""
    fields = [_field(table, field) for field in table.fields]
    return pa.schema(fields, {"communique": metadata, "description": table.row})


def _field(table: Table, field: Field) -> pa.Field:
    optional = field.name not in table.key
    return pa.field(field.name, _TYPES[field.type], optional, {"description": field.description})


class _File:
    """One table's file: rows become columns at once, while they are at hand, and wait until they are a row group."""

    def __init__(self, folder: Path, table: Table, metadata: str) -> None:
        self._schema = schema_of(table, metadata)
        named = [field.name for field in table.fields]
        self._writer = pq.ParquetWriter(
            folder / f"{table.name}.parquet",
            self._schema,
            compression="zstd",
            compression_level=1,
            use_dictionary=[name for name in named if name not in _DIFFERENT],
        )
        self._waiting: list[pa.RecordBatch] = []
        self._count = 0

    def __enter__(self) -> _File:
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None:
            self._flush()
        self._writer.close()

    def add(self, rows: list[tuple[Any, ...]]) -> None:
        """Add rows."""
        if not rows:
            return
        columns = zip(*rows, strict=True)
        arrays = [_array(column, field) for column, field in zip(columns, self._schema, strict=True)]
        self._waiting.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._count += len(rows)
        if self._count >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        """Write the rows that wait as a row group."""
        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting, self._schema), row_group_size=self._count)
            self._waiting, self._count = [], 0


def _array(column: tuple[Any, ...], field: pa.Field) -> pa.Array:
    """A column; days come as ISO 8601 text."""
    if pa.types.is_date32(field.type):
        return pa.array(column, pa.string()).cast(pa.date32())
    return pa.array(column, field.type)
