"""Uploads at work: one after the other in a thread, each with how far it is. None outlives the server."""

from __future__ import annotations

import queue
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from communique.ledger.adding import Added, Coding, add_pages
from communique.ledger.coder import Coder
from communique.ledger.rows import page_key
from communique.ledger.store import Ledger
from communique.page import Page
from communique.reading import ReadFailure, Source
from communique.web.intake import pages_in
from communique.web.settings import Limits

KEPT = 100


class Busy(Exception):
    """Raised where too many uploads wait already."""


@dataclass(slots=True)
class Job:
    """One upload: its parts (bytes, and where they come from), what came of it, and whether it is done."""

    id: str
    parts: list[tuple[bytes, Source]]
    files: int = 0
    read: int = 0
    added: Added = field(default_factory=Added)
    pages: list[str] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    done: bool = False

    def to_dict(self) -> dict[str, Any]:
        """How far it is, as plain values."""
        failures = [{"name": name, "reason": reason} for name, reason in (*self.failures, *self.added.failures)]
        total = max(self.read, self.added.done)
        return {"id": self.id, "done": self.done, "files": self.files, "files_read": self.files - len(self.parts),
                "pages_found": total, "pages_done": self.added.done, "added": self.added.pages,
                "known": self.added.known, "events": self.added.events,
                "pages": self.pages, "failures": failures}  # fmt: skip


class Desk:
    """Takes uploads in and works them off. ``coder`` and ``code`` say how pages become coded pages."""

    def __init__(self, ledger: Ledger, coder: Coder, code: Coding, limits: Limits) -> None:
        self.ledger, self.coder, self.code, self.limits = ledger, coder, code, limits
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: queue.Queue[Job | None] = queue.Queue(limits.waiting)
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def take(self, parts: list[tuple[bytes, Source]]) -> Job:
        """Put an upload at the end of the line. Raises Busy."""
        job = Job(secrets.token_urlsafe(12), parts, len(parts))
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
            try:
                self._waiting.put_nowait(job)
            except queue.Full:
                raise Busy from None
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
        return job

    def job(self, name: str) -> Job | None:
        """The upload of that id, or None."""
        return self._jobs.get(name)

    def close(self) -> None:
        """Take no more; the upload at work is finished first."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(self.limits.seconds)

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            try:
                self._run(job)
            except Exception as error:  # whatever went wrong is told to whoever sent it, and the next one goes on
                job.failures.append(("the upload", f"{type(error).__name__}: {error}"))
            job.parts.clear()
            job.done = True

    def _run(self, job: Job) -> None:
        def note(added: Added) -> None:
            job.added = added

        add_pages(self.ledger, self._found(job), self.coder, self.code, note)

    def _found(self, job: Job) -> Iterator[Page | ReadFailure]:
        """The pages of an upload, until its time is up."""
        end = time.monotonic() + self.limits.seconds
        while job.parts:
            data, source = job.parts.pop(0)
            for item in pages_in(data, source, self.limits):
                if time.monotonic() > end:
                    job.failures.append((source.doc, f"left: the upload took over {self.limits.seconds:g} s"))
                    return
                job.read += 1
                if isinstance(item, Page):
                    job.pages.append(page_key(item))
                yield item
