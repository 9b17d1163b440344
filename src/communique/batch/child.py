"""The process that reads, sifts and codes the pages of shards, within limits; its parent is ``keeper.Keeper``.

A page may hang, eat memory or end the process. So everything that touches a page happens here, and the parent sees
only rows, sent as they are made, and the ``Mark``: a few bytes of shared memory that name the unit in hand.
"""

from __future__ import annotations

import mmap
import os
import resource
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from communique.batch.candidates import Candidate, Input, Start
from communique.batch.options import Options
from communique.batch.rows import Row, article_row, event_rows, passed_over
from communique.batch.shards import Shard
from communique.batch.triage import triage
from communique.collector import settled
from communique.commands.workers import CAREFUL, CODER
from communique.page import Page
from communique.reading import ReadError, ReadFailure, Source, html_page

MOST_ROWS = 100
"""Rows that are held back at most before they are sent."""


class Mark:
    """Which unit is in hand, since when, and where the last record began: in memory that parent and child share."""

    LAYOUT = struct.Struct("<qdqqH")
    SIZE = 4096

    def __init__(self, file: int) -> None:
        self.memory = mmap.mmap(file, self.SIZE)

    def at(self, unit: int, path: str, offset: int | None = None) -> None:
        """Note the unit in hand; its time starts now."""
        record, begins = self.get()[2:4] if offset is None else (unit, offset)
        name = path.encode("utf-8", "surrogateescape")[: self.SIZE - self.LAYOUT.size]
        self.LAYOUT.pack_into(self.memory, 0, unit, time.monotonic(), record, begins, len(name))
        self.memory[self.LAYOUT.size : self.LAYOUT.size + len(name)] = name

    def get(self) -> tuple[int, float, int, int, str]:
        """The unit, when it was begun, the last record and its offset, and the unit's path."""
        unit, since, record, begins, length = self.LAYOUT.unpack_from(self.memory)
        name = self.memory[self.LAYOUT.size : self.LAYOUT.size + length]
        return unit, since, record, begins, name.decode("utf-8", "surrogateescape")


@dataclass(slots=True)
class Sent:
    """What the child sends: rows and failures, from where to go on, and whether this process can.

    ``digest`` and ``size`` of the input come with the last one of a shard.
    """

    start: Start
    articles: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    failures: list[ReadFailure] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: {"read": 0.0, "triage": 0.0, "code": 0.0})
    spent: bool = False
    ended: bool = False
    digest: str = ""
    size: int = 0
    memory: int = 0


class _Timed(Mark):
    """A mark that also gives each unit its processor time: past it, the system ends this process."""

    def __init__(self, file: int, seconds: float) -> None:
        super().__init__(file)
        self.seconds = seconds

    def at(self, unit: int, path: str, offset: int | None = None) -> None:
        signal.setitimer(signal.ITIMER_PROF, self.seconds)
        super().at(unit, path, offset)


class _Worker:
    """Codes the candidates of one shard and sends what comes of them."""

    def __init__(self, connection: Connection, mark: _Timed, code: Callable[[Page], Any], options: Options) -> None:
        self.connection, self.mark, self.code = connection, mark, code
        self.least = 0.0 if options.everything else triage().least
        self.chance = triage().chance
        self.stamp = options.stamp
        self.batch = Sent(Start())
        self.clock = time.process_time()

    def shard(self, shard: Shard, start: Start, left: frozenset[int]) -> None:
        """Do one shard from ``start`` on."""
        pages = Input(shard, self.mark, start, left)
        self.clock = time.process_time()
        self.batch = Sent(start)
        for found in pages:
            self._spend("read")
            if isinstance(found, ReadFailure):
                self.batch.failures.append(found)
            else:
                self._page(found)
            if len(self.batch.articles) + len(self.batch.failures) >= MOST_ROWS or self.batch.events:
                self._send()
        self._spend("read")
        signal.setitimer(signal.ITIMER_PROF, 0)
        self.batch.ended, self.batch.digest, self.batch.size = True, pages.digest, pages.size
        self._send()

    def _spend(self, on: str) -> None:
        now = time.process_time()
        self.batch.seconds[on] += now - self.clock
        self.clock = now

    def _page(self, found: Candidate) -> None:
        chance = self.chance(found.prose)
        if chance < self.least:
            self.batch.articles.append(passed_over(found.light, 0, chance))
            self._spend("triage")
            return
        self._spend("triage")
        self._code(found, chance)
        self._spend("code")

    def _code(self, found: Candidate, chance: float) -> None:
        path = found.light.path or found.light.doc
        try:
            coded = self.code(found.read())
            self.batch.articles.append(article_row(coded, 0, chance, self.stamp))
            self.batch.events += event_rows(coded, self.stamp)
        except ReadError as error:
            self.batch.failures.append(ReadFailure(error.path or path, error.reason))
        except MemoryError:  # what it took may be gone for good: a fresh process goes on
            self.batch.failures.append(ReadFailure(path, "left: it takes too much memory"))
            self.batch.spent = True
            self._send()
            os._exit(0)
        except Exception as error:  # whatever a page does to the coder, the other pages go on
            self.batch.failures.append(ReadFailure(path, f"could not be coded: {reason(error)}"))

    def _send(self) -> None:
        unit, _, record, begins, _ = self.mark.get()
        self.batch.start = Start(unit, record, begins)
        self.batch.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self.connection.send(self.batch)
        self.batch = Sent(self.batch.start)


def reason(error: BaseException) -> str:
    """An error in one line."""
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def load(coder: str) -> Callable[[Page], Any]:
    """The coder, ready for its first page: the time to load it, and what reads pages, is not the page's."""
    import fastwarc.warc  # noqa: F401

    html_page(b"<p>Ready.</p>", Source("ready"))
    module, function = coder.split(":")
    code: Callable[[Page], Any] = getattr(import_module(module), function)
    if coder in (CODER, CAREFUL):
        from communique.demo import sample_pages
        from communique.reading import read_path

        code(next(read_path(sample_pages()[0])))
    settled()
    return code


def limit_memory(megabytes: int) -> None:
    """Let this process take so much memory more than it has; beyond that, it gets MemoryError or ends."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError, StopIteration):  # systems without /proc have no such count
        with open("/proc/self/status", encoding="ascii") as status:
            taken = next(int(line.split()[1]) for line in status if line.startswith("VmData:")) * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (taken + megabytes * 1_000_000,) * 2)


def _die_with(parent: int) -> None:
    """End this process when the other end of a pipe closes: a parent that was killed leaves nobody behind."""

    def watch() -> None:
        os.read(parent, 1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main() -> None:
    """Serve shards until the parent closes the connection. The arguments are file descriptors and the options."""
    connection, life, shared = Connection(int(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    _die_with(life)
    options: Options = connection.recv()
    try:
        code = load(options.coder)
        worker = _Worker(connection, _Timed(shared, options.seconds), code, options)
    except Exception as error:
        connection.send(reason(error))
        return
    limit_memory(options.memory)
    connection.send(None)
    with suppress(EOFError, BrokenPipeError):
        while True:
            shard, start, left = connection.recv()
            try:
                worker.shard(shard, start, left)
            except (OSError, ReadError) as error:
                signal.setitimer(signal.ITIMER_PROF, 0)
                connection.send(reason(error))
