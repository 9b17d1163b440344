"""The parquet format: the tables of the csv format as Parquet, in row groups, with the metadata in each file."""

from __future__ import annotations

import base64
import json
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from communique.export.arrow.coded import CODED, coded, flat, in_order, is_coded, together
from communique.export.arrow.memory import plain_memory
from communique.export.arrow.parts import plain
from communique.export.arrow.reading import arrow_tables
from communique.export.arrow.rows import TYPES
from communique.export.datapackage import write_codebook, write_package
from communique.export.metadata import Metadata
from communique.export.record import Record
from communique.export.tables import Field, Table, chosen

ROW_GROUP = 50_000  # rows
FIRST = 4096  # rows: a column in which none of them is as another is taken to go on so
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
    """One table's file. Rows wait until they are a row group, so that it is the same however they came.

    Texts that come again and again are written as places in a list of those that differ (``coded``). Arrow's writer
    would have readers know of that; what it says of the schema is therefore said here, as of plain texts.
    """

    def __init__(self, folder: Path, table: Table, metadata: str) -> None:
        self._place, self._table, self._schema = folder / f"{table.name}.parquet", table, schema_of(table, metadata)
        self._writer: pq.ParquetWriter | None = None
        self._coded: set[str] = set()
        self._waiting: list[pa.Table] = []
        self._count = 0

    def __enter__(self) -> _File:
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None and (self._count or not self._writer):
            self._write(self._count)
        if self._writer:
            said = base64.b64encode(self._schema.serialize()).decode()
            self._writer.add_key_value_metadata({**self._schema.metadata, "ARROW:schema": said})
            self._writer.close()

    def add(self, rows: pa.Table) -> None:
        """Add rows."""
        self._waiting.append(rows)
        self._count += len(rows)
        while self._count >= ROW_GROUP:
            self._write(ROW_GROUP)

    def _write(self, count: int) -> None:
        """Write some of the rows that wait as a row group."""
        columns = {field.name: column for field, column in zip(self._schema, self._taken(count), strict=True)}
        self._writer = self._writer or self._open(columns)
        for name, column in columns.items():
            if column.type == pa.string() or is_coded(column):
                columns[name] = in_order(coded(column)) if name in self._coded else flat(column)
        rows = pa.Table.from_arrays(list(columns.values()), schema=self._writer.schema)
        self._writer.write_table(rows, row_group_size=max(count, 1))

    def _taken(self, count: int) -> list[pa.Array]:
        """The columns of some of the rows that wait, which then wait no more."""
        if not count:
            return [pa.nulls(0, field.type) for field in self._schema]
        waiting, some = self._waiting, []
        self._count -= count
        while waiting and count:
            rows = waiting.pop(0)
            some.append(rows.slice(0, count))
            if len(rows) > count:
                waiting.insert(0, rows.slice(count))
            count -= len(some[-1])
        return [together([plain(rows.column(n)) for rows in some]) for n in range(len(self._schema))]

    def _open(self, first: dict[str, pa.Array]) -> pq.ParquetWriter:
        again = [name for name, column in first.items() if _repeats(column)]
        self._coded = {name for name in again if self._schema.field(name).type == pa.string()}
        return pq.ParquetWriter(
            self._place,
            pa.schema([field.with_type(CODED) if field.name in self._coded else field for field in self._schema]),
            compression=CODEC,
            use_dictionary=again,
            write_statistics=[f.name for f in self._table.fields if f.type != "string" or f.name in self._table.key],
            store_schema=False,
        )


def _repeats(column: pa.Array) -> bool:
    """Whether values come again and again, so that a dictionary of them saves more than it costs."""
    first = column.slice(0, FIRST)
    return _known(first) < len(first) and 2 * _known(column) < len(column)


def _known(column: pa.Array) -> int:
    """How many values differ."""
    known: int = len(in_order(column).dictionary) if is_coded(column) else pc.count_distinct(column).as_py()
    return known
