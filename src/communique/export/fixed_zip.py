"""Zip files that are the same every time: no clock, no user, entries in the order given."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import IO

THEN = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows


class FixedZip:
    """A zip file that is being written, its entries compressed and all dated THEN."""

    def __init__(self, target: Path | IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def __enter__(self) -> FixedZip:
        return self

    def __exit__(self, *exc: object) -> None:
        self._zip.close()

    def add(self, name: str, content: bytes) -> None:
        """Write a whole entry."""
        self._zip.writestr(_entry(name), content)

    def open(self, name: str) -> IO[bytes]:
        """An entry to write to, part by part."""
        return self._zip.open(_entry(name), "w", force_zip64=True)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, THEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def refixed(content: bytes) -> bytes:
    """A zip file made by somebody else, with its entries dated THEN."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, FixedZip(made) as copy:
        for name in given.namelist():
            copy.add(name, given.read(name))
    return made.getvalue()
