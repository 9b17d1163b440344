"""The parquet format: the tables of the csv format as Parquet, in row groups, with the metadata in each file."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from communique.export.arrow.memory import plain_memory
from communique.export.arrow.reading import arrow_tables
from communique.export.arrow.rows import TYPES
from communique.export.datapackage import write_codebook, write_package
from communique.export.metadata import Metadata
from communique.export.record import Record
from communique.export.tables import Field, Table, chosen

ROW_GROUP = 50_000  # rows
CODEC = "snappy"  # every reader knows it, and it costs half of what zstd does at its lowest level


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write every table, ``codebook.csv``, and a ``datapackage.json``."""
    said = json.dumps(metadata.to_dict(), ensure_ascii=False, sort_keys=True)
    with plain_memory(), ExitStack() as stack:
        asked = chosen(record.focus.tables)
        files = {name: stack.enter_context(_File(folder, table, said)) for name, table in asked.items()}
        for name, rows in arrow_tables(record):
            files[name].add(rows)
    write_codebook(folder / "codebook.csv", asked.values())
    write_package(folder, metadata, "parquet", asked)


def schema_of(table: Table, metadata: str) -> pa.Schema:
    """The Arrow schema of a table, with what each column means and the export's metadata as JSON."""
    fields = [_field(table, field) for field in table.fields]
    return pa.schema(fields, {"communique": metadata, "description": table.row})


def _field(table: Table, field: Field) -> pa.Field:
    optional = field.name not in table.key
    return pa.field(field.name, TYPES[field.type], optional, {"description": field.description})


class _File:
    """One table's file. Rows wait until they are a row group, so that it is the same however they came."""

    def __init__(self, folder: Path, table: Table, metadata: str) -> None:
        self._place, self._table, self._schema = folder / f"{table.name}.parquet", table, schema_of(table, metadata)
        self._writer: pq.ParquetWriter | None = None
        self._waiting: list[pa.Table] = []
        self._count = 0

    def __enter__(self) -> _File:
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None and (self._count or not self._writer):
            self._write(self._count)
        if self._writer:
            self._writer.close()

    def add(self, rows: pa.Table) -> None:
        """Add rows."""
        self._waiting.append(rows.cast(self._schema))
        self._count += len(rows)
        while self._count >= ROW_GROUP:
            self._write(ROW_GROUP)

    def _write(self, count: int) -> None:
        """Write some of the rows that wait as a row group."""
        waiting = pa.concat_tables(self._waiting) if self._waiting else self._schema.empty_table()
        rows = waiting.slice(0, count).combine_chunks()
        self._writer = self._writer or self._open(rows)
        self._writer.write_table(rows, row_group_size=max(count, 1))
        self._waiting, self._count = [waiting.slice(count)], self._count - count

    def _open(self, first: pa.Table) -> pq.ParquetWriter:
        return pq.ParquetWriter(
            self._place,
            self._schema,
            compression=CODEC,
            use_dictionary=[name for name in first.column_names if _repeats(first[name])],
            write_statistics=[f.name for f in self._table.fields if f.type != "string" or f.name in self._table.key],
        )


def _repeats(column: pa.ChunkedArray) -> bool:
    """Whether values come again and again, so that a dictionary of them saves more than it costs."""
    known: int = pc.count_distinct(column).as_py()
    return 2 * known < len(column)
