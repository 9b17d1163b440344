"""Zip files that are the same every time: no clock, no user, entries in the order given."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

THEN = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows


def write_zip(target: Path | IO[bytes], entries: Iterable[tuple[str, bytes]]) -> None:
    """Write entries (name, bytes), compressed, all dated THEN."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        for name, content in entries:
            made.writestr(_entry(name), content)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, THEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def refixed(content: bytes) -> bytes:
    """A zip file made by somebody else, with its entries dated THEN."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given:
        write_zip(made, [(name, given.read(name)) for name in given.namelist()])
    return made.getvalue()
