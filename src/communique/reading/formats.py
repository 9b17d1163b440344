"""Which reader reads what: a table from the kind of bytes to the function that makes Pages of them.

A reader is a generator ``read(stream, source)`` over a binary stream that can be peeked into.
It yields a Page for each page and a ReadFailure for each part that cannot be read, and
raises ReadError where the whole cannot. Readers of rare formats are imported at first use.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from communique.page import Page
from communique.reading.failure import ReadError, ReadFailure
from communique.reading.pages import LIMIT, Source, html_page, text_page
from communique.reading.sniffing import sniff

HEAD = 8192
DEEPEST = 3
Pages = Iterator[Page | ReadFailure]
Stream: TypeAlias = "io.BufferedReader[Any]"

READERS = {
    "archive": ("zip", "tar", "gzip", "zstd"),
    "warc": ("warc",),
    "feed": ("feed",),
    "mail": ("mail", "mhtml"),
    "pdf": ("pdf",),
    "jsonl": ("jsonl",),
    "table": ("csv", "parquet"),
}
MODULE = {kind: module for module, kinds in READERS.items() for kind in kinds}


def read_file(path: Path, source: Source) -> Pages:
    """The Pages of a file, by its content; large containers are streamed."""
    with open(path, "rb") as file:
        yield from read_stream(file, source)


def read_bytes(data: bytes, source: Source, depth: int = 0) -> Pages:
    """The Pages of bytes in memory, by their content."""
    return read_stream(io.BufferedReader(io.BytesIO(data), 1 << 16), source, depth)


def read_stream(stream: Stream, source: Source, depth: int = 0) -> Pages:
    """The Pages of a stream, by its first bytes. ``depth`` counts the containers around it."""
    head = stream.peek(HEAD)[:HEAD]
    if not head:
        raise ReadError("empty")
    kind = sniff(head)
    if kind in MODULE:
        if depth >= DEEPEST:
            raise ReadError(f"containers nested more than {DEEPEST} deep")
        reader = importlib.import_module(f"communique.reading.{MODULE[kind]}")
        yield from reader.read(kind, stream, source, depth)
    else:
        data = read_whole(stream)
        yield html_page(data, source) if kind == "html" else text_page(data, source)


def read_whole(stream: Stream) -> bytes:
    """All bytes of one page. Raises ReadError over 5 MB, having read no more than that."""
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ReadError("over 5 MB")
    return data


def guarded(path: str, read: Callable[[], Pages]) -> Pages:
    """Run a reader of one part; whatever stops it becomes a ReadFailure of that part."""
    try:
        yield from read()
    except ReadError as error:
        yield ReadFailure(error.path or path, error.reason)
    except OSError as error:
        yield ReadFailure(path, reason_of(error))
    except Exception as error:  # parsers of hostile input raise what they like
        yield ReadFailure(
            path, f"unreadable: {str(error).splitlines()[0][:120] if str(error) else type(error).__name__}"
        )


def reason_of(error: OSError) -> str:
    """An OSError in a few words."""
    if isinstance(error, FileNotFoundError):
        return "missing"
    return f"cannot be read: {error.strerror or error}"
