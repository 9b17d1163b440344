"""Rows of a table: their cells by field, with what is missing as None."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from communique.importing.mapping import SEVERAL, Mapping, MappingError

LIMIT = 5_000_000  # characters of a cell


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be imported: the line on which it ends, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line on which it ends, its cells by column, in the file's order, and how to read them."""

    line: int
    cells: dict[str, str]
    mapping: Mapping

    def cell(self, column: str) -> str | None:
        """A cell without space around it, or None where it is missing."""
        value = self.cells[column].strip()
        return None if value in self.mapping.missing else value

    def all(self, field: str) -> list[str]:
        """What the columns of a field hold, or its fixed value; several values of a cell apart where it may be so."""
        cells = [self.cell(column) for column in self.mapping.columns.get(field, ())]
        given = [cell for cell in cells if cell is not None] or [
            value for name, value in self.mapping.fixed.items() if name == field
        ]
        if field not in SEVERAL or field == "date":
            return given
        parts = (part.strip() for cell in given for part in cell.split(self.mapping.separator))
        return [part for part in parts if part not in self.mapping.missing]

    def one(self, field: str) -> str | None:
        """The value of a field, or None."""
        return next(iter(self.all(field)), None)

    def words(self) -> str:
        """The row as one line, as it stands in the file, less what is missing."""
        known = (self.cell(column) for column in self.cells)
        return " | ".join(" ".join(cell.split()) for cell in known if cell is not None)


def read_rows(path: Path, mapping: Mapping) -> Iterator[Row | Bad]:
    """The rows of a CSV file, one with too few or too many cells as Bad. Raises MappingError for the whole file."""
    before = csv.field_size_limit(LIMIT)
    try:
        with path.open(encoding=mapping.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=mapping.delimiter)
            header = _header(path, next(reader, []), mapping)
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(header):
                    yield Bad(reader.line_num, f"{len(cells)} cells under {len(header)} columns")
                else:
                    yield Row(reader.line_num, dict(zip(header, cells, strict=True)), mapping)
    except OSError as error:
        raise MappingError(f"{path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, LookupError) as error:
        raise MappingError(f"{path}: no text in {mapping.encoding}: {error}") from error
    except csv.Error as error:
        raise MappingError(f"{path}:{reader.line_num}: no CSV: {error}") from error
    finally:
        csv.field_size_limit(before)


def _header(path: Path, names: list[str], mapping: Mapping) -> list[str]:
    """The names of the columns. Raises MappingError where one that the mapping names is missing, or stands twice."""
    header = [name.strip() for name in names]
    missing = sorted(mapping.named - set(header))
    if missing:
        raise MappingError(f"{path}: there is no column {missing[0]!r}; there are {', '.join(header) or 'none'}")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise MappingError(f"{path}: the column {twice[0]!r} stands twice")
    return header
