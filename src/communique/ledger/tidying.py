"""Bringing a file's log back into the file, beside the work: who adds a page does not wait for the disk.

SQLite writes what a transaction changes to the end of a log, which is quick, and from time to time copies the pages
in the log to their places all over the file and waits until the disk has them. By itself it does so within every
second or third page that is added, which then takes a third longer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from threading import Event, Thread

LONGEST_LOG = 16_384  # pages of 4 KB in the log, from which on a writer copies them itself


class Tidier:
    """Copies the log of a file in a thread of its own, which begins when first woken.

    What it cannot do (the disk is full, another program is at it) the next writer whose log has grown too long does.
    """

    def __init__(self, opened: Callable[[], sqlite3.Connection]) -> None:
        self._opened = opened
        self._woken, self._closed = Event(), False
        self._thread: Thread | None = None

    def wake(self) -> None:
        """Say that something was written."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="tidier", daemon=True)
            self._thread.start()
        self._woken.set()

    def close(self) -> None:
        """End the thread, after what it is at."""
        self._closed = True
        self._woken.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        with suppress(sqlite3.Error), closing(self._opened()) as connection:
            while self._woken.wait() and not self._closed:
                self._woken.clear()
                with suppress(sqlite3.Error):
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
