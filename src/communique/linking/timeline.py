"""A timeline: the days that reports make most of, and for each the words that tell what happened.

A day weighs by the reports of acts on it. One that later pages come back to weighs more: what is still told weeks
after was worth telling (Kessler et al. 2012; Tran et al. 2015 count the same mentions of dates in text).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from communique.linking.days import iso
from communique.linking.report import Report

RETOLD = 2.0  # weight of a report that comes back to a day, beside 1 for one of the same days
FRESH = 3  # days within which a report is of the same days
WEIGHTS = {"AGREE": 1.6, "ASSAULT": 1.3, "SANCTION": 1.4, "CONCEDE": 1.3, "PROPOSE": 1.2, "REJECT": 1.2, "BREACH": 1.3}


class Told(NamedTuple):
    """What is weighed of a report: see ``Report``."""

    key: str
    page: str
    type: str
    date: str | None
    since: int | None
    published: int | None
    status: str
    outlet: str | None
    words: dict[str, float]
    quote: str

    @classmethod
    def of(cls, report: Report) -> Told:
        """What a report tells a timeline."""
        return cls._make(getattr(report, name) for name in cls._fields)


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of a timeline: its date, weight, the words of the report that tells it, and that report's key."""

    date: str
    weight: float
    words: str
    report: str
    outlet: str | None

    def to_dict(self) -> dict[str, Any]:
        """The entry as plain values, ready for JSON."""
        return {"date": self.date, "weight": round(self.weight, 3), "words": self.words, "report": self.report,
                "outlet": self.outlet}  # fmt: skip


def timeline(reports: Iterable[Told], top: int, between: tuple[int, int] | None = None) -> list[Entry]:
    """The ``top`` days of most weight, in order of time; ``between`` are the first and last day that count."""
    days: dict[int, list[Told]] = defaultdict(list)
    for report in reports:
        day = _day(report)
        if day is not None and (between is None or between[0] <= day <= between[1]):
            days[day].append(report)
    weights = {day: weigh(day, told) for day, told in days.items()}
    chosen = sorted(weights, key=lambda day: (-weights[day], day))[:top]
    return [_entry(day, weights[day], days[day]) for day in sorted(chosen)]


def _day(report: Told) -> int | None:
    """The day that a report puts its act on, or None where it names no single day or the act is not done."""
    if report.date is None or len(report.date) != 10 or report.status in ("planned", "negated"):
        return None
    return report.since


def weigh(day: int, told: Collection[Told]) -> float:
    """How much the reports of a day make of it; each page counts with the logarithm of what it tells."""
    pages: dict[str, float] = defaultdict(float)
    for report in told:
        late = report.published is not None and report.published - day > FRESH
        pages[report.page] += WEIGHTS.get(report.type, 1.0) * (RETOLD if late else 1.0)
    return sum(math.log1p(weight) for weight in pages.values())


def _entry(day: int, weight: float, told: Collection[Told]) -> Entry:
    """The words come from the report that shares most with the others of its day."""
    common: dict[str, float] = defaultdict(float)
    for report in told:
        for word, heavy in report.words.items():
            common[word] += heavy
    best = max(told, key=lambda r: (_shared(r, common), -len(r.quote), r.key))
    return Entry(iso(day) or "", weight, best.quote, best.key, best.outlet)


def _shared(report: Told, common: dict[str, float]) -> float:
    return sum(common[word] for word in report.words) / (5 + len(report.words))
