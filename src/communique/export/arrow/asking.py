"""Answers of a ledger's database as Arrow tables, by the database's own driver: any database, not the quickest way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, Float, Integer, Select

from communique.export.arrow.made import of_values
from communique.export.ledger_rows import fetch

Ask = Callable[[Select[Any]], pa.Table]


def plainly(connection: Connection) -> Ask:
    """Ask by the driver of the connection."""

    def ask(query: Select[Any]) -> pa.Table:
        schema = schema_of(query)
        rows = fetch(connection, query)
        columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
        arrays = [of_values(values, field.type) for values, field in zip(columns, schema, strict=True)]
        return pa.Table.from_arrays(arrays, schema=schema)

    return ask


def schema_of(query: Select[Any]) -> pa.Schema:
    """The names and types of an answer: whole numbers, numbers, and text for all else."""
    return pa.schema([(column.name, _type(column.type)) for column in query.selected_columns])


def _type(type_: Any) -> pa.DataType:
    if isinstance(type_, Float):
        return pa.float64()
    return pa.int64() if isinstance(type_, Integer) else pa.string()
