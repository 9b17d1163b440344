"""Pages for the commands: read in order, and no reader may hang."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from communique.commands.workers import HAS_TIMER, PAGE_SECONDS
from communique.page import Page
from communique.reading import ReadError, ReadFailure, read_paths


def read_inputs(
    paths: Sequence[str], *, url: str | None = None, date: str | None = None, together: bool = False
) -> Iterator[Page | ReadFailure]:
    """The Pages of the paths; one that takes over 5 s of work to read becomes a ReadFailure.

    ``together`` reads them all first, so that parts of an article are joined and lines that recur are known.
    """
    found = _each(read_paths(paths, url=url, date=date))
    if together:
        from communique.cleaning.together import together as gathered

        found = gathered(found)
    return found


def _each(pages: Iterator[Page | ReadFailure]) -> Iterator[Page | ReadFailure]:
    """The items of a reader, each within its time."""
    while True:
        with _alarm(PAGE_SECONDS):
            item = next(pages, None)
        if item is None:
            return
        yield item


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise ReadError inside the reader when the time is up (where the system has timers; not on Windows).

    The reader turns a ReadError into a ReadFailure of the path it was at, and goes on. Time is
    processor time: standard input may come as slowly as its writer likes.
    """

    def ring(signum: int, frame: FrameType | None) -> None:
        raise ReadError(f"left after {seconds:g} s of reading")

    if not HAS_TIMER:
        yield
        return
    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
