"""What shares a key with what, in arrays, so that millions of reports or moves find each other in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from communique.linking.days import LONGEST_GAP
from communique.linking.report import Report
from communique.linking.same_act import BlockKeys

if TYPE_CHECKING:
    from numpy.typing import NDArray

EVER = 4_000_000  # a day after all days


class Keyed:
    """Numbers from 0, each filed under keys (signed 64 bits); looked up once all are filed."""

    def __init__(self) -> None:
        self._filed, self._starts = array("q"), array("q", [0])
        self._keys: NDArray[np.int64] | None = None
        self._numbers: NDArray[np.int32] = np.empty(0, np.int32)

    def file(self, keys: Sequence[int]) -> None:
        """File the next number under some keys, or under none."""
        self._filed.extend(keys)
        self._starts.append(len(self._filed))

    def rows(self) -> Iterator[tuple[int, int]]:
        """Every key with every number under it, in order of keys."""
        keys = self._sorted()
        step = 100_000
        for start in range(0, len(keys), step):
            part = slice(start, start + step)
            yield from zip(keys[part].tolist(), self._numbers[part].tolist(), strict=True)

    def of(self, number: int) -> NDArray[np.int64]:
        """The keys of a number."""
        return np.frombuffer(self._filed, np.int64)[self._starts[number] : self._starts[number + 1]]

    def under(self, keys: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int32]:
        """The numbers under any of some keys, once each, in order."""
        ordered = self._sorted()
        wanted = np.asarray(keys, np.int64)
        ends = zip(ordered.searchsorted(wanted, "left"), ordered.searchsorted(wanted, "right"), strict=True)
        parts = [self._numbers[first:last] for first, last in ends if last > first]
        return np.unique(np.concatenate(parts)) if parts else np.empty(0, np.int32)

    def _sorted(self) -> NDArray[np.int64]:
        if self._keys is None:
            filed = np.array(self._filed, np.int64)
            order = np.argsort(filed, kind="stable")
            numbers = np.repeat(np.arange(len(self._starts) - 1, dtype=np.int32), np.diff(np.array(self._starts)))
            self._keys, self._numbers = filed[order], numbers[order]
        return self._keys


class Meetings:
    """Reports by the keys of ``block_keys``: which could tell one act with which."""

    def __init__(self) -> None:
        self.timed, self.narrow, self.wide = Keyed(), Keyed(), Keyed()
        self._since, self._until, self._page = array("i"), array("i"), array("i")
        self._pages: dict[str, int] = {}

    def file(self, report: Report, keys: BlockKeys) -> None:
        """File the next report."""
        timed, matters, wide = keys
        self.timed.file(timed)
        self.narrow.file([] if wide else matters)
        self.wide.file(matters if wide else [])
        self._since.append(report.since if report.since is not None else 0)
        self._until.append(report.until if report.until is not None else EVER)
        self._page.append(self._pages.setdefault(report.page, len(self._pages)))

    def earlier(self, number: int) -> list[int]:
        """The reports filed before one that share a key with it, once each.

        By month they meet only where their days come near each other, unless one page tells both; by matter only
        where one of them is wide.
        """
        near = self.timed.under(self.timed.of(number))
        near = near[near < number]
        matters = [self.wide.under(self.narrow.of(number)), self.wide.under(self.wide.of(number))]
        matters.append(self.narrow.under(self.wide.of(number)))
        found = [self._near(number, near), *(part[part < number] for part in matters if len(part))]
        return np.unique(np.concatenate(found)).tolist() if len(found) > 1 else found[0].tolist()

    def _near(self, number: int, others: NDArray[np.int32]) -> NDArray[np.int32]:
        since, until, page = (np.frombuffer(values, np.int32) for values in (self._since, self._until, self._page))
        meet = (since[others] <= until[number] + LONGEST_GAP) & (since[number] <= until[others] + LONGEST_GAP)
        return others[meet | (page[others] == page[number])]


def meetings(reports: Iterable[Report], keys: Iterable[BlockKeys]) -> Meetings:
    """All reports filed, each with its keys."""
    found = Meetings()
    for report, listed in zip(reports, keys, strict=True):
        found.file(report, listed)
    return found
