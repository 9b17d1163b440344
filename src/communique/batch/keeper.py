"""The parent's side of the child process: it takes the rows of a shard, and replaces a child that a page ended.

What a child has sent is kept. The next one begins where the last rows were sent from and leaves out the unit that was
in hand when its predecessor ended; rows that come twice by this are known by their pages.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import IO, Any

from communique.batch.candidates import Start
from communique.batch.child import Mark, Sent
from communique.batch.options import Options
from communique.batch.shards import Shard
from communique.commands.workers import LOAD_SECONDS, PATIENCE, CoderError
from communique.reading import ReadFailure

SERVE = "from communique.batch.child import main; main()"
LOOK = 0.5
"""Seconds between two looks at whether the unit in hand is overdue."""


class InputError(Exception):
    """Raised where the input of a shard cannot be read just now; it may be tried again."""


class Keeper:
    """A child process, kept from shard to shard; it serves one at a time."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._child: _Child | None = None

    def rows(self, shard: Shard) -> Iterator[Sent]:
        """What comes of the pages of a shard, in their order; the last one says ``ended``.

        Raises CoderError where the coder cannot be loaded and InputError where the input cannot be read.
        """
        start, left = Start(), frozenset[int]()
        while True:
            child = self._child = self._child or _Child(self.options)
            child.give((shard, start, left))
            spent = False
            for sent in child.answers():
                start, spent = sent.start, sent.spent
                yield sent
                if sent.ended:
                    return
            unit, failure = (start.unit, None) if spent else child.fault()
            self.end()
            lost = failure is not None and unit in left  # it cannot even be passed over
            if failure is not None:
                reason = f"{failure.reason}; what follows it is lost" if lost else failure.reason
                yield Sent(start, failures=[ReadFailure(failure.path, reason)], ended=lost)
            if lost:
                return
            left |= {unit}

    def end(self) -> None:
        """End the child, whatever it is doing."""
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """One child process, loaded and ready."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.late = ""
        self._shared: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        self._shared.truncate(Mark.SIZE)
        self.mark = Mark(self._shared.fileno())
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        self._start()
        try:
            self.connection.send(options)
            refusal = self.connection.recv() if self.connection.poll(LOAD_SECONDS) else "it did not start in time"
        except (EOFError, OSError):
            refusal = self._last_words() or "it did not start"
        if refusal is not None:
            self.end()
            raise CoderError(refusal)

    def _start(self) -> None:
        """Start the process. It inherits only its pipe, the mark, and a pipe that tells it when this process ends."""
        ours, theirs = _pipe()
        listen, self._life = os.pipe()
        handed = (theirs.fileno(), listen, self._shared.fileno())
        paths = os.pathsep.join(path for path in sys.path if path)
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, *map(str, handed)],
            pass_fds=handed,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
            env=os.environ | {"PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        os.close(listen)
        theirs.close()
        self.connection = ours

    def give(self, job: Any) -> None:
        """Send a job; a child that has just died is found out when it is heard."""
        self.mark.at(job[1].unit, job[0].files[0], job[1].offset)
        with suppress(OSError):
            self.connection.send(job)

    def answers(self) -> Iterator[Sent]:
        """What the child sends until it ends a shard, or ends. Raises InputError."""
        while True:
            try:
                while not self.connection.poll(LOOK):
                    self._look()
                sent = self.connection.recv()
            except (EOFError, OSError):
                return
            if isinstance(sent, str):
                raise InputError(sent)
            yield sent

    def _look(self) -> None:
        """End a child that has waited for too long, without using its processor time."""
        patience = self.options.seconds * PATIENCE
        if time.monotonic() - self.mark.get()[1] > patience:
            self.late = f"left after {patience:g} s"
            self.process.kill()

    def fault(self) -> tuple[int, ReadFailure]:
        """The unit that a child which ended had in hand, and what it did to it."""
        code = self.process.wait()
        unit, *_, path = self.mark.get()
        if code == -signal.SIGPROF:
            return unit, ReadFailure(path, f"left after {self.options.seconds:g} s")
        how = f"signal {-code}" if code < 0 else f"code {code}"
        return unit, ReadFailure(path, self.late or f"left: the process that coded it ended with {how}")

    def _last_words(self) -> str:
        self.process.wait()
        self._errors.seek(0)
        return self._errors.read()[-500:].decode("utf-8", "replace").strip().split("\n")[-1]

    def end(self) -> None:
        """End the process and close what was shared with it."""
        self.process.kill()
        self.process.wait()
        self.connection.close()
        os.close(self._life)
        self._shared.close()
        self._errors.close()


def _pipe() -> tuple[Connection, Connection]:
    """A two-way connection that no other child inherits."""
    from multiprocessing import Pipe

    return Pipe()
