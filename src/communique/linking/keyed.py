"""What shares a key with what, in arrays, so that millions of reports or moves find each other in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from communique.linking.days import LONGEST_GAP
from communique.linking.report import Report
from communique.linking.same_act import APART, RARE, BlockKeys

if TYPE_CHECKING:
    from numpy.typing import NDArray

EVER = 4_000_000  # a day after all days
ALWAYS = 2  # marks an act of which reports of any time are compared
AT_ONCE = 4_000_000  # pairs in hand before they are sorted
Pairs = tuple["NDArray[np.int32]", "NDArray[np.int32]"]


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

    def under(self, keys: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int32]:
        """The numbers under any of some keys, once each, in order."""
        ordered = self._sorted()
        wanted = np.asarray(keys, np.int64)
        ends = zip(ordered.searchsorted(wanted, "left"), ordered.searchsorted(wanted, "right"), strict=True)
        parts = [self._numbers[first:last] for first, last in ends if last > first]
        return np.unique(np.concatenate(parts)) if parts else np.empty(0, np.int32)

    def within(self) -> Iterator[Pairs]:
        """Pairs of numbers under one key, as two arrays at a time; a pair comes once for each key that it shares."""
        keys = self._sorted()
        places, apart = np.arange(len(keys)), 1
        while True:  # neighbours first, then those two apart, and so on, while any are under one key
            places = places[places < len(keys) - apart]
            places = places[keys[places] == keys[places + apart]]
            if not len(places):
                return
            yield self._numbers[places], self._numbers[places + apart]
            apart += 1

    def across(self, other: Keyed) -> Iterator[Pairs]:
        """Pairs of a number of this with one of another under one key, likewise."""
        keys, theirs = self._sorted(), other._sorted()
        first, last = theirs.searchsorted(keys, "left"), theirs.searchsorted(keys, "right")
        many = np.cumsum(last - first)
        start = 0
        while start < len(keys):
            before = int(many[start - 1]) if start else 0
            end = max(start + 1, int(np.searchsorted(many, before + AT_ONCE, "right")))
            count = (last - first)[start:end]
            steps = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
            yield np.repeat(self._numbers[start:end], count), other._numbers[np.repeat(first[start:end], count) + steps]
            start = end

    def _sorted(self) -> NDArray[np.int64]:
        if self._keys is None:
            filed = np.array(self._filed, np.int64)
            order = np.argsort(filed, kind="stable")
            numbers = np.repeat(np.arange(len(self._starts) - 1, dtype=np.int32), np.diff(np.array(self._starts)))
            self._keys, self._numbers = filed[order], numbers[order]
        return self._keys


def days_filed(report: Report) -> tuple[int, int, int, int]:
    """What tells whether two reports can meet: first and last day, day of publication, and whether it says a day.

    An open interval ends on the first or last of all days, an unknown publication is 0; ``ALWAYS`` marks rare acts.
    """
    since = report.since if report.since is not None else 0
    until = report.until if report.until is not None else EVER
    return since, until, report.published or 0, ALWAYS if report.type in RARE else int(report.since is not None)


class Meetings:
    """Reports by the keys of ``block_keys``: which could tell one act with which."""

    def __init__(self) -> None:
        self.timed, self.narrow, self.wide = Keyed(), Keyed(), Keyed()
        self._since, self._until, self._page = array("i"), array("i"), array("i")
        self._told, self._dated = array("i"), array("b")
        self._pages: dict[str, int] = {}

    def file(self, report: Report, keys: BlockKeys) -> None:
        """File the next report."""
        timed, matters, wide = keys
        self.timed.file(timed)
        self.narrow.file([] if wide else matters)
        self.wide.file(matters if wide else [])
        for column, value in zip((self._since, self._until, self._told, self._dated), days_filed(report), strict=True):
            column.append(value)
        self._page.append(self._pages.setdefault(report.page, len(self._pages)))

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The pairs of reports that share a key, once each, the one filed first before the other.

        They meet only where their days come near each other, and undated ones only where they came out within about
        a year, unless one page tells both; by matter only where one of them is wide.
        """
        number = len(self._page)
        found = np.empty(0, np.int64)
        waiting: list[NDArray[np.int64]] = []
        for a, b in self._meeting():
            waiting.append(np.minimum(a, b).astype(np.int64) * number + np.maximum(a, b))
            if sum(map(len, waiting)) > AT_ONCE:
                found, waiting = np.unique(np.concatenate([found, *waiting])), []
        found = np.unique(np.concatenate([found, *waiting]))
        for start in range(0, len(found), AT_ONCE):
            first, second = np.divmod(found[start : start + AT_ONCE], number)
            yield from zip(first.tolist(), second.tolist(), strict=True)

    def _meeting(self) -> Iterator[Pairs]:
        columns = (self._since, self._until, self._page, self._told, self._dated)
        since, until, page, told, dated = (np.array(values, np.int32) for values in columns)
        for a, b in chain(self.timed.within(), self.wide.within(), self.wide.across(self.narrow)):
            near = (since[a] <= until[b] + LONGEST_GAP) & (since[b] <= until[a] + LONGEST_GAP)
            recent = (np.abs(told[a] - told[b]) <= APART) | (told[a] == 0) | (told[b] == 0)
            near &= recent | ((dated[a] != 0) & (dated[b] != 0)) | (dated[a] == ALWAYS) | (dated[b] == ALWAYS)
            meet = near | (page[a] == page[b])
            yield a[meet], b[meet]


def meetings(reports: Iterable[Report], keys: Iterable[BlockKeys]) -> Meetings:
    """All reports filed, each with its keys."""
    found = Meetings()
    for report, listed in zip(reports, keys, strict=True):
        found.file(report, listed)
    return found
