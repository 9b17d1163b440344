"""Which reader reads what: a table from the kind of bytes to the function that makes Pages of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from communique.page import Page
from communique.reading.failure import ReadError, ReadFailure
from communique.reading.pages import LIMIT, Source, html_page, text_page
from communique.reading.sniffing import sniff

HEAD = 8192
Pages = Iterator[Page | ReadFailure]


def read_file(path: Path, source: Source) -> Pages:
    """The Pages of a file, by its content."""
    with open(path, "rb") as file:
        head = file.read(HEAD)
    if not head:
        raise ReadError("empty")
    size = path.stat().st_size
    if size > LIMIT:
        raise ReadError(f"over 5 MB ({size:,} bytes)")
    return read_bytes(path.read_bytes(), source)


def read_bytes(data: bytes, source: Source) -> Pages:
    """The Pages of bytes in memory, by their content."""
    kind = sniff(data[:HEAD])
    if kind == "html":
        yield html_page(data, source)
    else:
        yield text_page(data, source)
