"""When an act can have taken place, as an interval of days, and whether two intervals can be one day.

Days are proleptic Gregorian ordinals (``datetime.date.toordinal``). An act reported as current news
carries its publication month by the codebook; it is then taken to lie in the week before publication.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
NEWS_DAYS = 7
NEXT = 0.7  # how well two intervals agree of which one begins the day after the other ends
LONGEST_GAP = 4  # days between two firm dates that may still be one: time zones, and the day after in print


class When(NamedTuple):
    """The days from ``since`` to ``until``, each None where open."""

    since: int | None
    until: int | None

    @property
    def width(self) -> int | None:
        """Number of days, or None for an open interval."""
        return None if self.since is None or self.until is None else self.until - self.since + 1


@lru_cache(maxsize=50_000)
def bounds(date: str | None) -> tuple[int, int] | None:
    """First and last day of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; None for anything else."""
    match = _DATE.fullmatch(date or "")
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = dt.date(year or 1, month or 1, day or 1)
        last_month = month or 12
        last_day = day or calendar.monthrange(first.year, last_month)[1]
        return first.toordinal(), dt.date(first.year, last_month, last_day).toordinal()
    except ValueError:
        return None


@lru_cache(maxsize=50_000)
def when(date: str | None, published: str | None, status: str = "actual") -> When:
    """When an event of that codebook ``date`` on a page of that day of publication took place.

    A planned act may lie after publication; any other lies before its end.
    """
    issued = bounds(published)
    start, _, end = (date or "").partition("/")
    first, last = bounds(start), bounds(end or start)
    if first is None or last is None:
        return When(None, issued[1] if issued and status != "planned" else None)
    since, until = first[0], last[1]
    if issued and status != "planned" and until > issued[1] >= since:
        until = issued[1]
        if not end and len(start) == 7 and issued[0] == issued[1]:
            since = max(since, until - NEWS_DAYS)
    return When(since, max(since, until))


def agreement(a: When, b: When) -> float | None:
    """How well two intervals can be one day, 0..1; None where they cannot."""
    gap = max(_low(a), _low(b)) - min(_high(a), _high(b))
    widths = [w.width for w in (a, b)]
    if gap > 0:
        return _near_miss(gap, widths)
    known = [w for w in widths if w is not None]
    if len(known) < 2:
        return 0.35
    widest = max(known)
    return 1.0 if widest <= 3 else 0.8 if widest <= 10 else 0.6 if widest <= 31 else 0.45


def _near_miss(gap: int, widths: list[int | None]) -> float | None:
    """Reports a day or two apart may still tell one act: time zones, and the day after in print."""
    if any(w is None or w > 31 for w in widths) or gap > LONGEST_GAP:
        return None
    return NEXT if gap == 1 else 0.35


def _low(when: When) -> int:
    return when.since if when.since is not None else 0


def _high(when: When) -> int:
    return when.until if when.until is not None else 4_000_000


def iso(day: int | None) -> str | None:
    """The ISO 8601 date of an ordinal day."""
    return None if day is None else dt.date.fromordinal(day).isoformat()


def month_of(day: int | None) -> str | None:
    """The month of a day (an ordinal) as ``2012-02``; None for none and for days outside the calendar."""
    if day is None or not 1 <= day <= dt.date.max.toordinal():
        return None
    return dt.date.fromordinal(day).isoformat()[:7]
