"""The rows of ``benchmarks/cleaning.py``, what the run is asked for, and how far it is."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
QUICK = 5
START = time.monotonic()


@dataclass(frozen=True)
class Row:
    """One measure: ours, the peers' on the same pages in the same run, and the figure wanted."""

    measure: str
    ours: float
    peers: Mapping[str, float] = field(default_factory=dict)
    wanted: float | None = None
    how: str = ">="

    def holds(self) -> bool | None:
        """Whether the condition holds; None where there is none."""
        if self.wanted is None:
            return None
        tests = {">=": self.ours >= self.wanted, ">": self.ours > self.wanted}
        tests |= {"<=": self.ours <= self.wanted, "<": self.ours < self.wanted}
        return tests[self.how]


@dataclass(frozen=True)
class Asked:
    """What a run is asked for: where the data lies, how many folds, how many processes, and whether a part will do."""

    shared: Path
    folds: int = 5
    jobs: int = 1
    quick: bool = False

    def part(self, items: Sequence[T]) -> list[T]:
        """All items, or every fifth of them where a part will do."""
        return list(items[::QUICK] if self.quick else items)

    def sites(self, items: Iterable[Any]) -> list[Any]:
        """All samples, or those of every fifth site where a part will do."""
        known = list(items)
        kept = set(self.part(sorted({item.site for item in known})))
        return [item for item in known if item.site in kept]


def shown(value: float | None) -> str:
    """A figure as the table has it."""
    if value is None:
        return "-"
    if value == int(value) and value < 1000:
        return str(int(value))
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 20 else f"{value:.3f}"


def told(row: Row) -> str:
    """A row of the table: the measure, ours, wanted, whether it holds, and the peers."""
    wanted = "-" if row.wanted is None else f"{row.how} {shown(row.wanted)}"
    holds = {None: "-", True: "yes", False: "NO"}[row.holds()]
    peers = ", ".join(f"{who} {shown(value)}" for who, value in row.peers.items())
    return f"{row.measure:<58}{shown(row.ours):>9}  {wanted:<10}{holds:<6}{peers}"


HEAD = f"{'measure':<58}{'ours':>9}  {'wanted':<10}{'holds':<6}peers, on the same pages"


def note(what: str) -> None:
    """Say on stderr how far the run is."""
    print(f"[{time.monotonic() - START:6.0f} s] {what}", file=sys.stderr, flush=True)


def each_fold(work: Any, asked: Asked, what: str) -> Iterator[Any]:
    """What ``work(asked, number)`` gives for each fold, in order, by as many processes as are asked for."""
    if asked.jobs == 1:
        for number in range(asked.folds):
            note(f"{what}: fold {number + 1} of {asked.folds}")
            yield work(asked, number)
        return
    with ProcessPoolExecutor(asked.jobs, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(work, asked, number) for number in range(asked.folds)]
        for number, one in enumerate(waiting):
            yield one.result()
            note(f"{what}: fold {number + 1} of {asked.folds} is done")
