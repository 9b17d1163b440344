"""What is dear to count is counted once for each state of the ledger."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from communique.ledger import schema
from communique.ledger.database import is_url

T = TypeVar("T")
KEPT = 4096
SECONDS = 60.0  # a server's ledger shows no file that changes, so what is remembered of it also ages
_TABLES = (schema.page, schema.event, schema.move, schema.thread, schema.decision)


class Memory:
    """Remembers results by name and state of the ledger, the least used forgotten first."""

    def __init__(self, target: str) -> None:
        self.target = target
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, state: Hashable, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gave for ``key`` in this ``state`` of the ledger."""
        full = (key, state)
        with self._lock:
            if full in self._kept:
                self._kept.move_to_end(full)
                found: T = self._kept[full]
                return found
        made = make()
        with self._lock:
            self._kept[full] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def state(self, connection: Connection | None = None) -> Hashable:
        """What changes whenever the ledger does: a file says it by itself, a server's ledger needs ``connection``."""
        if not is_url(self.target):
            return _stamp(self.target), _stamp(f"{self.target}-wal")
        if connection is None:
            return None
        last = tuple(connection.execute(select(func.max(table.c.id))).scalar() for table in _TABLES)
        return (*last, int(time.monotonic() / SECONDS))


class Shelf:
    """Finished pages, by address and state of the ledger, up to ``most`` bytes; the least asked for go first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._bodies: OrderedDict[Hashable, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def find(self, key: Hashable) -> bytes | None:
        """The page of that key, or None."""
        with self._lock:
            if key in self._bodies:
                self._bodies.move_to_end(key)
            return self._bodies.get(key)

    def put(self, key: Hashable, body: bytes) -> None:
        """Keep a page; one that would fill half the shelf is not kept."""
        if len(body) > self.most // 2:
            return
        with self._lock:
            self._bytes += len(body) - len(self._bodies.pop(key, b""))
            self._bodies[key] = body
            while self._bytes > self.most:
                self._bytes -= len(self._bodies.popitem(last=False)[1])


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if found.st_size else None  # reading makes and removes an empty -wal
