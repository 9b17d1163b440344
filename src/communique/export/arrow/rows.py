"""Rows of the tables as Arrow, with the types of ``tables.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from communique.export.arrow.made import of_values
from communique.export.tables import Table, tables

TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def column_of(values: Sequence[Any], type_: pa.DataType) -> pa.Array:
    """A column; days come as ISO 8601 text."""
    if pa.types.is_date32(type_):
        return of_values(values, pa.string()).cast(type_)
    return of_values(values, type_)


def of_rows(name: str, rows: Sequence[tuple[Any, ...]]) -> dict[str, pa.Array]:
    """The columns of some rows of a table."""
    fields = tables()[name].fields
    columns = zip(*rows, strict=True) if rows else ((),) * len(fields)
    return {field.name: column_of(column, TYPES[field.type]) for column, field in zip(columns, fields, strict=True)}


def table_of(table: Table, columns: Mapping[str, pa.Array]) -> pa.Table:
    """The columns that a table has, in its order."""
    return pa.table({field.name: columns[field.name] for field in table.fields})
