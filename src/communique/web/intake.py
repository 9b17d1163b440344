"""Bytes that somebody sent to Pages, read in a process of their own: one that hangs or grows is ended."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection

from communique.page import Page
from communique.reading import ReadError, ReadFailure, Source
from communique.reading.formats import guarded, read_bytes
from communique.web.settings import Limits

MEMORY = 1_500_000_000  # bytes that the reading process may take, where the system can limit it


def pages_in(data: bytes, source: Source, limits: Limits) -> Iterator[Page | ReadFailure]:
    """The Pages of some bytes, at most ``limits.pages`` of them, and a ReadFailure where reading had to be ended."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(theirs, data, source), daemon=True)
    process.start()
    theirs.close()
    try:
        yield from _received(ours, source.doc, limits)
    finally:
        process.kill()
        process.join()
        ours.close()


def _received(ours: Connection, doc: str, limits: Limits) -> Iterator[Page | ReadFailure]:
    count = 0
    end = time.monotonic() + limits.read_seconds
    while ours.poll(max(0.0, end - time.monotonic())):
        try:
            item = ours.recv()
        except (EOFError, OSError):
            yield ReadFailure(doc, "reading it stopped")
            return
        if item is None:
            return
        if count == limits.pages:
            yield ReadFailure(doc, f"holds more than {limits.pages} pages: the rest is left")
            return
        yield item
        count += 1
        end = time.monotonic() + limits.read_seconds  # the time is the reader's, not that of whoever codes the page
    yield ReadFailure(doc, f"left after {limits.read_seconds:g} s of reading")


def _read(theirs: Connection, data: bytes, source: Source) -> None:
    """What the process does."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with suppress(OSError):  # nobody listens any more
        try:
            for item in guarded(source.doc, lambda: read_bytes(data, source)):
                theirs.send(item)
        except ReadError as error:
            theirs.send(ReadFailure(source.doc, error.reason))
        except MemoryError:
            theirs.send(ReadFailure(source.doc, "too large to read"))
        theirs.send(None)
