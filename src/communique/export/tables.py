"""The tables of the csv and parquet exports, as ``tables.yaml`` has them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from communique.export.errors import ExportError

TYPES = ("string", "integer", "number", "boolean", "date")
LIST_MARK = " | "  # between the values of a cell that holds several


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, one of TYPES, what it means, the table whose key it holds, and its values where few."""

    name: str
    type: str
    description: str
    refers_to: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what a row is, its key, and its columns in order."""

    name: str
    row: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(field.name for field in self.fields)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where libyaml is there: ten times as quick


@cache
def tables() -> dict[str, Table]:
    """All tables by name, in the order of the file. Raises ValueError where a type is not one of TYPES."""
    file = yaml.load(files("communique.export").joinpath("tables.yaml").read_text(encoding="utf-8"), Loader=_LOADER)
    values = {name: tuple(listed) for name, listed in file["values"].items()}
    return {name: _table(name, spec, values) for name, spec in file["tables"].items()}


def chosen(names: Collection[str]) -> dict[str, Table]:
    """The tables of those names, all where there are none, in the order of the file. Raises ExportError."""
    strange = [name for name in names if name not in tables()]
    if strange:
        raise ExportError(f"there is no table {strange[0]!r}; there are: {', '.join(tables())}")
    return {name: table for name, table in tables().items() if not names or name in names}


def _field(name: str, what: list[str], values: tuple[str, ...]) -> Field:
    type_, meaning, *to = what
    return Field(name, type_, meaning, to[0] if to else None, values)


def _table(name: str, spec: dict[str, Any], values: dict[str, tuple[str, ...]]) -> Table:
    fields = [_field(column, what, values.get(column, ())) for column, what in spec["columns"].items()]
    return Table(name, spec["row"], tuple(spec["key"]), tuple(_with_known_type(name, field) for field in fields))


def _with_known_type(table: str, field: Field) -> Field:
    if field.type not in TYPES:
        raise ValueError(f"tables.yaml: {table}.{field.name} has the type {field.type!r}, not one of {TYPES}")
    return field
