"""The csv format: each table a CSV file (UTF-8, quoted as RFC 4180, lines end in LF); what is missing is an empty cell."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from communique.export.chunks import chunks
from communique.export.datapackage import write_codebook, write_package
from communique.export.metadata import Metadata
from communique.export.record import Record
from communique.export.tables import tables

BUFFER = 1 << 20  # bytes


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write every table, ``codebook.csv``, and the Frictionless ``datapackage.json``."""
    with ExitStack() as stack:
        writers = {}
        for name, table in tables().items():
            file = (folder / f"{name}.csv").open("w", encoding="utf-8", newline="", buffering=BUFFER)
            writers[name] = csv.writer(stack.enter_context(file), lineterminator="\n")
            writers[name].writerow(table.columns)
        for name, rows in chunks(record):
            writers[name].writerows(rows)
    write_codebook(folder / "codebook.csv")
    write_package(folder, metadata, "csv")


def write_rows(path: Path, columns: Iterable[str], rows: Iterable[Iterable[object]], delimiter: str = ",") -> None:
    """Write one table to a file."""
    with path.open("w", encoding="utf-8", newline="", buffering=BUFFER) as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
