"""Codes pages in worker processes: in order, in bounded memory, and past pages that hang or crash.

One page is one job. A worker that has not answered in time is ended and replaced, and so is
one that dies; only the page it held is lost, and it is reported. Even one worker is a process
of its own, because a loop inside a compiled library can be ended in no other way.

Time is the worker's own processor time, so that a busy machine costs no pages; a worker that
waits for something else is ended after PATIENCE times as long.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

from communique.collector import settled
from communique.page import Page

if TYPE_CHECKING:
    from communique.coding.coded import CodedPage
    from communique.reading import ReadFailure

CODER = "communique.coding:code_page"
CAREFUL = "communique.coding:code_page_carefully"
PAGE_SECONDS, CAREFUL_SECONDS = 5.0, 150.0
HAS_TIMER = hasattr(signal, "setitimer")  # Windows has none: there, time is the clock's
PATIENCE = 6 if HAS_TIMER else 1
LOAD_SECONDS = 120.0
AHEAD = 8  # pages a worker may be ahead of the one that is to be given next


class CoderError(Exception):
    """Raised where the coder itself cannot be loaded; no page could be coded."""


@dataclass(frozen=True, slots=True)
class Left:
    """A page that was left without events: its path and the reason in a few words."""

    path: str
    reason: str


def code_pages(
    pages: Iterable[Page | ReadFailure], *, workers: int = 1, seconds: float | None = None, coder: str | None = None
) -> Iterator[CodedPage | Left]:
    """One result a page, in the order of the pages, whatever the number of workers.

    ``coder`` names another function from Page to result than CODER, as ``module:function``. A page that takes more
    than ``seconds`` of work (PAGE_SECONDS by default), fails, or ends its worker gives a Left. Raises CoderError.
    """
    crew = [_Worker(coder or CODER, seconds or PAGE_SECONDS) for _ in range(max(1, workers))]
    try:
        yield from _run(iter(pages), crew)
    finally:
        for worker in crew:
            worker.end()


def _run(pages: Iterator[Page | ReadFailure], crew: list[_Worker]) -> Iterator[CodedPage | Left]:
    done: dict[int, Any] = {}
    taken = given = 0
    more = True
    while more or taken > given:
        while more and taken - given < AHEAD * len(crew) and (idle := _idle(crew)):
            item = next(pages, None)
            if item is None:
                more = False
            elif isinstance(item, Page):
                idle.give(taken, item)
                taken += 1
            else:
                done[taken] = Left(item.path, item.reason)
                taken += 1
        if given not in done and (more or taken > given):
            _collect(crew, done)
        while given in done:
            yield done.pop(given)
            given += 1


def _idle(crew: list[_Worker]) -> _Worker | None:
    return next((worker for worker in crew if worker.ready and worker.job is None), None)


def _collect(crew: list[_Worker], done: dict[int, Any]) -> None:
    """Wait until a worker answers, dies or is overdue, and note what came of its page."""
    waiting = [worker for worker in crew if worker.job is not None or not worker.ready]
    if not waiting:
        return
    first = min(worker.deadline for worker in waiting)
    answered = wait([worker.connection for worker in waiting], max(0.0, first - time.monotonic()))
    for worker in waiting:
        if worker.connection in answered:
            worker.hear(done)
        elif time.monotonic() >= worker.deadline:
            worker.replace(done, f"left after {worker.seconds * PATIENCE:g} s")


class _Worker:
    """A process that codes one page at a time, and what it is doing now."""

    def __init__(self, coder: str, seconds: float) -> None:
        self.coder = coder
        self.seconds = seconds
        self._start()

    def _start(self) -> None:
        # A fresh interpreter on every system: a fork would copy whatever threads this process has.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self.coder, self.seconds), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False
        self.job: tuple[int, str] | None = None
        self.deadline = time.monotonic() + LOAD_SECONDS

    def give(self, number: int, page: Page) -> None:
        """Send a page; its time starts now."""
        self.job = (number, page.path or page.doc)
        self.deadline = time.monotonic() + self.seconds * PATIENCE
        with suppress(OSError):  # a worker that has just died is found out when it is heard
            self.connection.send(page)

    def hear(self, done: dict[int, Any]) -> None:
        """Take the worker's answer: that it is ready, a result, or an error."""
        try:
            kind, value = self.connection.recv()
        except (EOFError, OSError):
            self.process.join()
            late = HAS_TIMER and self.process.exitcode == -signal.SIGPROF
            self.replace(done, f"left after {self.seconds:g} s" if late else "the coder stopped while coding it")
            return
        if kind == "ready":
            self.ready = True
        elif kind == "unloadable":
            raise CoderError(value)
        elif self.job is not None:
            number, path = self.job
            done[number] = value if kind == "coded" else Left(path, value)
            self.job = None

    def replace(self, done: dict[int, Any], reason: str) -> None:
        """End this process, leave its page, and start another. Raises CoderError where it never was ready."""
        if not self.ready:
            raise CoderError("it did not start")
        self.end()
        if self.job is not None:
            done[self.job[0]] = Left(self.job[1], reason)
        self._start()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.connection.close()


def _serve(connection: Connection, coder: str, seconds: float) -> None:
    """What a worker does: load the coder, then answer each page that comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that writes the results
    try:
        code = _load(coder)
    except Exception as error:
        connection.send(("unloadable", _reason(error)))
        return
    with suppress(EOFError, OSError):  # the reader of the results has gone
        connection.send(("ready", None))
        while True:
            page = connection.recv()
            _set_timer(seconds)
            answer = _answer(code, page)
            _set_timer(0)
            connection.send(answer)


def _set_timer(seconds: float) -> None:
    """End this process after so much processor time; 0 takes the order back.

    No handler is set: the system ends the process whatever it is doing, even in compiled code.
    """
    if HAS_TIMER:
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _load(coder: str) -> Callable[[Page], Any]:
    """The coder, ready for its first page. Raises ImportError or FileNotFoundError where a part is missing."""
    from communique.demo import sample_pages
    from communique.reading import read_path

    module, function = coder.split(":")
    code: Callable[[Page], Any] = getattr(import_module(module), function)
    try:
        # A page with acts of many kinds loads tables and model before the clock of the first page runs.
        code(next(read_path(sample_pages()[0])))
    except (ImportError, FileNotFoundError):
        raise
    except Exception as error:
        # Not the installation's fault: the pages will show whether they meet it too.
        logging.getLogger(__name__).debug("warm-up: %s", error)
    settled()
    return code


def _answer(code: Callable[[Page], Any], page: Page) -> tuple[str, Any]:
    try:
        return "coded", code(page)
    except Exception as error:  # whatever a page does to the coder, the other pages go on
        return "failed", f"could not be coded: {_reason(error)}"


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
