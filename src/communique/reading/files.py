"""Paths, folders and standard input to Pages; one bad input never stops the rest."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from communique.page import Page
from communique.reading.failure import ReadError, ReadFailure
from communique.reading.formats import read_bytes, read_file
from communique.reading.pages import Source


def read_path(path: Path | str, *, url: str | None = None, date: str | None = None) -> Iterator[Page]:
    """The Pages of one file, folder, or ``-`` for standard input, in a stable order.

    ``date`` (ISO 8601) is the publication date as the user gives it. Raises ReadError,
    with the path and the reason, at the first input that cannot be read.
    """
    for item in _read(path, url, date):
        if isinstance(item, ReadFailure):
            raise ReadError(item.reason, item.path)
        yield item


def read_paths(
    paths: Iterable[Path | str], *, url: str | None = None, date: str | None = None
) -> Iterator[Page | ReadFailure]:
    """The Pages of many inputs, and a ReadFailure in the place of each that cannot be read."""
    for path in paths:
        yield from _read(path, url, date)


def _read(path: Path | str, url: str | None, date: str | None) -> Iterator[Page | ReadFailure]:
    if str(path) == "-":
        yield from _guarded("-", lambda: read_bytes(sys.stdin.buffer.read(), Source("stdin", "-", url, date)))
        return
    for found in walk(Path(path)) if os.path.isdir(path) else (Path(path),):
        if isinstance(found, ReadFailure):
            yield found
        else:
            yield from _guarded(str(found), lambda found=found: _file(found, url, date))  # type: ignore[misc]


def _guarded(path: str, read: Callable[[], Iterator[Page | ReadFailure]]) -> Iterator[Page | ReadFailure]:
    """Run a reader; whatever stops it becomes a ReadFailure of the path."""
    try:
        yield from read()
    except ReadError as error:
        yield ReadFailure(error.path or path, error.reason)
    except OSError as error:
        yield ReadFailure(path, _reason(error))
    except (ValueError, KeyError, RecursionError, MemoryError, EOFError) as error:
        yield ReadFailure(path, f"unreadable: {str(error)[:120] or type(error).__name__}")


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "missing"
    return f"cannot be read: {error.strerror or error}"


def _file(path: Path, url: str | None, date: str | None) -> Iterator[Page | ReadFailure]:
    """The Pages of a regular file; pipes and devices are refused, since they may never end."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise ReadError("not a regular file")
    return read_file(path, Source(path.stem, str(path), url, date))


def walk(folder: Path) -> Iterator[Path | ReadFailure]:
    """Every file below a folder, in order of name; links that lead back up are reported once, not followed.

    Names that start with a dot are left out.
    """
    yield from _walk(folder, (_identity(folder),))


def _walk(folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path | ReadFailure]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield ReadFailure(str(folder), _reason(error))
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
