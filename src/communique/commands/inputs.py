"""Pages for the commands: read in order, and no reader may hang."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from communique.commands.workers import PAGE_SECONDS
from communique.page import Page
from communique.reading import ReadError, ReadFailure, read_paths


def read_inputs(
    paths: Sequence[str], *, url: str | None = None, date: str | None = None
) -> Iterator[Page | ReadFailure]:
    """The Pages of the paths; one that takes over 5 s to read becomes a ReadFailure."""
    pages = read_paths(paths, url=url, date=date)
    while True:
        with _alarm(0 if "-" in paths else PAGE_SECONDS):
            item = next(pages, None)
        if item is None:
            return
        yield item


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise ReadError inside the reader when the time is up (where the system has alarms; not on Windows).

    The reader turns a ReadError into a ReadFailure of the path it was at, and goes on.
    Standard input has no limit: the time may be its writer's.
    """

    def ring(signum: int, frame: FrameType | None) -> None:
        raise ReadError(f"left after {seconds:g} s of reading")

    if not hasattr(signal, "setitimer") or not seconds:
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
