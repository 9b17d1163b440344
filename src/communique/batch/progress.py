"""One line on standard error while a batch runs, at a terminal only."""

from __future__ import annotations

import sys
import time

from communique.batch.engine import Outcome


class Progress:
    """How far a batch is: shards, pages, events, failures, speed and the time that is left."""

    def __init__(self, shards: int, known: int) -> None:
        self.shards, self.done = shards, known
        self.first = known
        self.pages = self.events = self.failures = 0
        self.began = time.monotonic()
        self.shown = sys.stderr.isatty()

    def step(self, outcome: Outcome) -> None:
        """Count a shard that has ended, and write the line anew."""
        self.done += 1
        if outcome.row is not None:
            counts = outcome.row["counts"]
            self.pages += counts["pages"]
            self.events += counts["events"]
            self.failures += counts["failures"]
        if self.shown:
            sys.stderr.write(f"\r\x1b[K{self.line()}")
            sys.stderr.flush()

    def line(self) -> str:
        """The line as it is now."""
        elapsed = max(time.monotonic() - self.began, 1e-6)
        left = (self.shards - self.done) * elapsed / max(1, self.done - self.first)
        return (
            f"{self.done}/{self.shards} shards  {self.pages:,} pages  {self.events:,} events  "
            f"{self.failures:,} failures  {self.pages / elapsed:.0f} pages/s  about {_time(left)} left"
        )

    def clear(self) -> None:
        """Take the line away, for other lines or at the end."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"
