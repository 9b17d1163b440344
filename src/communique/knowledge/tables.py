"""Reads the actor tables: CSV and plain word lists that a researcher edits without Python."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from importlib.resources import files

DATA = files("communique.knowledge") / "data"


def rows(name: str) -> Iterator[list[str]]:
    """The rows of table ``name`` below its header, without blank rows."""
    with io.StringIO((DATA / name).read_text(encoding="utf-8"), newline="") as handle:
        reader = csv.reader(handle)
        next(reader)
        for row in reader:
            if row:
                yield row


def records(folder: str, name: str) -> list[dict[str, str]]:
    """The rows of table ``name`` of another folder of the tables, by column; lines beginning with ``#`` left out."""
    text = (files("communique.knowledge") / folder / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def words(name: str) -> list[str]:
    """The words of list ``name``, lines beginning with ``#`` left out."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [w for line in lines if not line.startswith("#") for w in line.split()]


def split(cell: str) -> list[str]:
    """The values of a cell that holds several, divided by ``|``."""
    return [v for v in cell.split("|") if v]


def periods(start: str, end: str) -> tuple[str, str]:
    """A period in office as two comparable months; an open end never ends."""
    return start[:7], end[:7] or "9999"
