"""``codebook.csv``, which says what each column means, and ``datapackage.json`` after Frictionless Data Package 1.0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from communique import codebook
from communique.export.csv_lines import write_rows
from communique.export.metadata import Metadata
from communique.export.tables import Field, Table, tables
from communique.export.writing import write_json

COLUMNS = ("table", "column", "type", "key", "refers_to", "values", "meaning")
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}


def write_codebook(path: Path, asked: Iterable[Table]) -> None:
    """Write what each column of some tables means, and what each event type and mode means."""
    rows = [_column(table, field) for table in asked for field in table.fields]
    for kind in codebook.types():
        rows.append(("events", "type", "value", None, None, kind.name, kind.definition.strip()))
        modes = ((f"{kind.name}/{mode.name}", mode.definition.strip()) for mode in kind.modes)
        rows += [("events", "mode", "value", None, None, *named) for named in modes]
    write_rows(path, COLUMNS, rows)


def _column(table: Table, field: Field) -> tuple[str | None, ...]:
    key = "yes" if field.name in table.key else None
    values = " | ".join(field.values) or None
    return table.name, field.name, field.type, key, field.refers_to, values, field.description


def write_package(folder: Path, metadata: Metadata, suffix: str, asked: Mapping[str, Table]) -> None:
    """Write ``datapackage.json``: some tables with their schemas, keys and what refers to what among them."""
    licence = {"name": metadata.licence, "title": metadata.licence_note}
    if metadata.licence in LICENCES:
        licence["path"] = LICENCES[metadata.licence]
    package = {
        "profile": "data-package" if suffix != "csv" else "tabular-data-package",
        "name": "communique-export",
        "title": metadata.title,
        "version": metadata.communique_version,
        "licenses": [licence],
        "citation": metadata.citation,
        "communique": metadata.to_dict(),
        "resources": [_resource(table, suffix, asked) for table in asked.values()],
    }
    write_json(folder / "datapackage.json", package)


def _resource(table: Table, suffix: str, asked: Mapping[str, Table]) -> dict[str, Any]:
    resource = {"name": table.name, "path": f"{table.name}.{suffix}", "description": table.row, "format": suffix}
    if suffix == "csv":
        resource |= {"profile": "tabular-data-resource", "encoding": "utf-8", "mediatype": "text/csv"}
    else:
        resource |= {"mediatype": "application/vnd.apache.parquet"}
    return {**resource, "schema": schema_of(table, asked)}


def schema_of(table: Table, asked: Mapping[str, Table]) -> dict[str, Any]:
    """The Frictionless Table Schema of a table beside those that are asked for."""
    refers = [field for field in table.fields if field.refers_to in asked]
    return {
        "fields": [_field(table, field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [_foreign_key(table, field) for field in refers],
    }


def _foreign_key(table: Table, field: Field) -> dict[str, Any]:
    to = field.refers_to or ""
    resource = "" if to == table.name else to  # Frictionless says "" for the table itself
    return {"fields": [field.name], "reference": {"resource": resource, "fields": [tables()[to].key[0]]}}


def _field(table: Table, field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.name in table.key else {}
    if field.values:
        constraints["enum"] = list(field.values)
    described: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.description}
    if field.type == "boolean":
        described |= {"trueValues": ["True"], "falseValues": ["False"]}
    return {**described, "constraints": constraints} if constraints else described
