"""The csv format: each table a CSV file (UTF-8, quoted as RFC 4180, lines end in LF); missing is an empty cell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from communique.export.chunks import chunks
from communique.export.csv_lines import BUFFER, lines
from communique.export.datapackage import write_codebook, write_package
from communique.export.metadata import Metadata
from communique.export.record import Record
from communique.export.tables import chosen


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write every table, ``codebook.csv``, and the Frictionless ``datapackage.json``."""
    with ExitStack() as stack:
        asked = chosen(record.focus.tables)
        files = {name: stack.enter_context((folder / f"{name}.csv").open("wb", buffering=BUFFER)) for name in asked}
        for name, table in asked.items():
            files[name].write(lines([table.columns]).encode())
        for name, text in _by_columns(record) if record.ask else _by_rows(record):
            files[name].write(text)
    write_codebook(folder / "codebook.csv", asked.values())
    write_package(folder, metadata, "csv", asked)


def _by_rows(record: Record) -> Iterator[tuple[str, bytes]]:
    return ((name, lines(rows).encode()) for name, rows in chunks(record))


def _by_columns(record: Record) -> Iterator[tuple[str, memoryview]]:
    from communique.export.arrow.csv_text import pieces
    from communique.export.arrow.memory import plain_memory
    from communique.export.arrow.reading import arrow_tables

    with plain_memory():
        for name, table in arrow_tables(record):
            yield from ((name, memoryview(piece)) for piece in pieces(table))
