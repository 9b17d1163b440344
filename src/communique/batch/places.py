"""Where input lies: local paths, and ``s3://``, ``https://`` and the like by way of fsspec."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from communique.reading import ReadError, ReadFailure
from communique.reading.files import walk
from communique.reading.formats import reason_of

BLOCK = 1 << 23
"""Bytes that are asked for at once from a remote store."""


@dataclass(frozen=True, slots=True)
class Place:
    """One file: its address (an absolute path, or a URL), its size in bytes, and what changes when it does."""

    address: str
    size: int
    stamp: str


def is_remote(address: str) -> bool:
    """Whether an address is a URL rather than a path."""
    return "://" in address


def find(address: str) -> Iterator[Place | ReadFailure]:
    """The files at an address, in order of name: itself, or all below it; a ReadFailure for what is not there."""
    if is_remote(address):
        yield from _remote(address)
    elif os.path.isdir(address):
        yield from (_local(found) for found in walk(Path(os.path.abspath(address))))
    else:
        yield _local(Path(os.path.abspath(address)))


def _local(path: Path | ReadFailure) -> Place | ReadFailure:
    if isinstance(path, ReadFailure):
        return path
    try:
        state = path.stat()
    except OSError as error:
        return ReadFailure(str(path), reason_of(error))
    if not path.is_file():
        return ReadFailure(str(path), "not a regular file")
    return Place(str(path), state.st_size, f"{state.st_size}:{state.st_mtime_ns}")


def _remote(address: str) -> Iterator[Place | ReadFailure]:
    try:
        system, path = _system(address)
        scheme = address.split("://")[0]
        if scheme not in ("http", "https") and system.isdir(path):
            listed = system.find(path, detail=True)
            yield from (_place(system.unstrip_protocol(name), info) for name, info in sorted(listed.items()))
        else:
            yield _place(address, system.info(path))
    except ReadError as error:
        yield ReadFailure(address, error.reason)
    except FileNotFoundError:
        yield ReadFailure(address, "missing")
    except Exception as error:  # each store has errors of its own
        yield ReadFailure(address, f"cannot be reached: {_line(error)}")


def _place(address: str, info: dict[str, Any]) -> Place:
    """A remote file; its ETag or date of change tells whether it is still the same, where the store has one."""
    size = int(info.get("size") or 0)
    changed = info.get("ETag") or info.get("LastModified") or info.get("mtime") or info.get("updated") or ""
    return Place(address, size, f"{size}:{changed}")


def _line(error: Exception) -> str:
    words = " ".join(str(error).split())[:160]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _system(address: str) -> tuple[Any, str]:
    """The store of an address, and the name of the file there. Raises ReadError where its package is not installed."""
    try:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(address)
    except ImportError as error:
        extra = "s3" if address.startswith("s3:") else "batch"
        raise ReadError(f"{address.split('://')[0]} needs the extra '{extra}': {error}") from error
    except ValueError as error:
        raise ReadError(_line(error)) from error
    return system, path


def open_place(address: str) -> IO[bytes]:
    """A file, open for reading; it can be sought in. Raises OSError or ReadError."""
    if not is_remote(address):
        return open(address, "rb")
    system, path = _system(address)
    opened: IO[bytes] = system.open(path, "rb", block_size=BLOCK)
    return opened if opened.seekable() else _copied(opened)


def _copied(stream: IO[bytes]) -> IO[bytes]:
    """A file from a server that gives no parts of it, fetched whole into a temporary one."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever reads it
    with stream:
        shutil.copyfileobj(stream, copy, BLOCK)
    copy.seek(0)
    return copy


class Hashed:
    """A file being read whose bytes are counted and hashed as they go by, from its first one on.

    ``failed`` holds the error that ended the reading, where the store and not the content was at fault.
    """

    def __init__(self, file: IO[bytes], start: int = 0) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0
        self.failed: Exception | None = None
        while self.size < start and self.read(min(BLOCK, start - self.size)):
            pass

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        try:
            data = self._file.read(size)
        except Exception as error:
            self.failed = error
            raise
        self._hash.update(data)
        self.size += len(data)
        return data

    def tell(self) -> int:
        """How many bytes have gone by."""
        return self.size

    def finish(self) -> str:
        """Read what is left, close the file, and give the SHA-256 of all of it, in hex."""
        while self.read(BLOCK):
            pass
        self._file.close()
        return self._hash.hexdigest()
