"""Where commands write: results to standard output, one line a problem to standard error."""

from __future__ import annotations

import io
import json
import sys
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.progress import Progress


def utf8_stdout() -> None:
    """Write UTF-8 whatever the locale; a lone surrogate becomes the escape that JSON has for it."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def write_json_line(value: Any) -> None:
    """One JSON value on one line, at once, so that a reader downstream can start."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def problem_line(path: str, reason: str) -> str:
    """A problem in one line, whatever characters a hostile file name holds."""
    line = f"communique: {path}: {reason}"
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in line)


class Counter(AbstractContextManager["Counter"]):
    """Counts pages and problems; shows progress where standard error is a terminal and the output goes elsewhere."""

    def __init__(self) -> None:
        self.failed = 0
        self._bar: Progress | None = None

    def __enter__(self) -> Counter:
        if sys.stderr.isatty() and not sys.stdout.isatty():
            self._bar = _bar()
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def step(self) -> None:
        """One more page is done."""
        if self._bar:
            self._bar.advance(self._bar.task_ids[0])

    def problem(self, path: str, reason: str) -> None:
        """One page was left: say so, and remember it for the exit code."""
        self.failed += 1
        line = problem_line(path, reason)
        if self._bar:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True)


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    text = TextColumn("{task.completed:.0f} pages")
    bar = Progress(
        *(SpinnerColumn(), text, TimeElapsedColumn()),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # rich would otherwise take the results to the terminal
        redirect_stderr=False,
    )
    bar.add_task("pages", total=None)
    return bar
