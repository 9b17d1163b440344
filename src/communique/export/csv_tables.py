"""The csv format: each table a CSV file (UTF-8, quoted as RFC 4180, lines end in LF); missing is an empty cell."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from communique.export.chunks import chunks
from communique.export.csv_lines import create, lines
from communique.export.datapackage import write_codebook, write_package
from communique.export.metadata import Metadata
from communique.export.record import Record
from communique.export.tables import chosen


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write every table, ``codebook.csv``, and the Frictionless ``datapackage.json``."""
    with ExitStack() as stack:
        asked = chosen(record.focus.tables)
        files = {name: stack.enter_context(create(folder / f"{name}.csv")) for name in asked}
        for name, table in asked.items():
            files[name].write(lines([table.columns]))
        for name, rows in chunks(record):
            files[name].write(lines(rows))
    write_codebook(folder / "codebook.csv", asked.values())
    write_package(folder, metadata, "csv", asked)
