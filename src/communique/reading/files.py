"""Paths, folders and standard input to Pages; one bad input never stops the rest."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from communique.page import Page
from communique.reading.failure import ReadError, ReadFailure
from communique.reading.fields import Columns
from communique.reading.formats import Pages, guarded, read_bytes, read_file, reason_of
from communique.reading.pages import Source


def read_path(
    path: Path | str, *, url: str | None = None, date: str | None = None, columns: Columns | None = None
) -> Iterator[Page]:
    """The Pages of one file, folder, or ``-`` for standard input, in a stable order.

    ``date`` (ISO 8601) is the publication date as the user gives it; ``columns`` names the fields
    of JSON Lines, CSV and Parquet. Raises ReadError, with the path and the reason, at the first
    input that cannot be read.
    """
    for item in read_paths([path], url=url, date=date, columns=columns):
        if isinstance(item, ReadFailure):
            raise ReadError(item.reason, item.path)
        yield item


def read_paths(
    paths: Iterable[Path | str],
    *,
    url: str | None = None,
    date: str | None = None,
    columns: Columns | None = None,
) -> Pages:
    """The Pages of many inputs, and a ReadFailure in the place of each that cannot be read."""
    told = Source("", None, url, date, columns=columns or Columns())
    for path in paths:
        yield from _read(path, told)


def _read(path: Path | str, told: Source) -> Pages:
    if str(path) == "-":
        yield from guarded("-", lambda: read_bytes(sys.stdin.buffer.read(), replace(told, doc="stdin", path="-")))
        return
    for found in walk(Path(path)) if os.path.isdir(path) else (Path(path),):
        if isinstance(found, ReadFailure):
            yield found
        else:
            yield from guarded(str(found), lambda found=found: _file(found, told))  # type: ignore[misc]


def _file(path: Path, told: Source) -> Pages:
    """The Pages of a regular file; pipes and devices are refused, since they may never end."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise ReadError("not a regular file")
    return read_file(path, replace(told, doc=path.stem, path=str(path)))


def walk(folder: Path) -> Iterator[Path | ReadFailure]:
    """Every file below a folder, in order of name; links that lead back up are reported once, not followed.

    Names that start with a dot are left out.
    """
    yield from _walk(folder, (_identity(folder),))


def _walk(folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path | ReadFailure]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield ReadFailure(str(folder), reason_of(error))
        return
    for name in names:
        path = folder / name
        if name.startswith("."):
            continue
        if not path.is_dir():
            yield path
        elif _identity(path) in above:
            yield ReadFailure(str(path), "directory loop")
        else:
            yield from _walk(path, (*above, _identity(path)))


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
