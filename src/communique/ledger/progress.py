"""Progress on standard error, at a terminal only: pages done, rate, time left, failures so far."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class Progress(AbstractContextManager["Progress"]):
    """Shows how far a run is. ``total`` is the number of pages; without it, the files below ``paths`` are counted."""

    def __init__(self, paths: Sequence[str], total: int | None = None) -> None:
        self._bar: Bar | None = None
        if sys.stderr.isatty():
            self._bar = _bar(total if total is not None else files_below(paths))

    def __enter__(self) -> Progress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def step(self, done: int, failed: int) -> None:
        """So many pages are dealt with, so many of them failed."""
        if self._bar:
            task = self._bar.tasks[0]
            # An archive holds many pages: then the number of files is no total.
            total = None if task.total is not None and done > task.total else task.total
            rate = done / task.elapsed if task.elapsed else 0.0
            self._bar.update(task.id, completed=done, total=total, rate=rate, failed=failed)


def files_below(paths: Sequence[str]) -> int | None:
    """The number of files that the paths name or hold, or None where standard input is one of them."""
    if "-" in paths:
        return None
    return sum(sum(1 for p in Path(path).rglob("*") if p.is_file()) if Path(path).is_dir() else 1 for path in paths)


def _bar(total: int | None) -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    done = TextColumn("{task.completed:.0f} pages, {task.fields[rate]:.1f}/s, {task.fields[failed]} failed")
    bar = Bar(BarColumn(), done, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
    bar.add_task("pages", total=total, rate=0.0, failed=0)
    return bar
