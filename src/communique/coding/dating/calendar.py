"""Arithmetic on partial dates: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` and ranges of them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1000, 2199
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "weekend": 7, "week": 7, "fortnight": 14}


def parse(value: str | None) -> tuple[int, int | None, int | None] | None:
    """Year, month and day of an ISO date (time of day ignored); None where it is no date of 1000..2199."""
    found = ISO.match(value.strip()) if value else None
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or make(year, month, day) is None:
        return None
    return year, month, day


def make(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The ISO date of these parts, or None where there is no such date."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@lru_cache(4096)
def first_day(value: str) -> date | None:
    """The first day that a date or range covers."""
    parts = parse(value.split("/")[0])
    return date(parts[0], parts[1] or 1, parts[2] or 1) if parts else None


def last_day(value: str) -> date | None:
    """The last day that a date or range covers."""
    parts = parse(value.split("/")[-1])
    if not parts:
        return None
    year, month, day = parts
    if day:
        return date(year, month or 12, day)
    month = month or 12
    after = date(year + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=1)


def add_months(year: int, month: int, count: int) -> str | None:
    """The month ``count`` months after ``year``-``month``."""
    index = year * 12 + month - 1 + count
    return make(index // 12, index % 12 + 1)


def add_days(day: date, count: int) -> str | None:
    """The day ``count`` days after ``day``."""
    try:
        moved = day + timedelta(days=count)
    except OverflowError:
        return None
    return make(moved.year, moved.month, moved.day)


def shift(value: str, count: int, unit: str) -> str | None:
    """``value`` moved by ``count`` units, at the coarser of the grain of ``value`` and the grain of ``unit``.

    Days and weeks from a full date give a day, months a month and years a year; a value too
    coarse to move by the unit ("three days after 2012") gives None.
    """
    parts = parse(value.split("/")[0])
    if parts is None or abs(count) > 12000:
        return None
    year, month, day = parts
    if unit in DAYS_IN:
        return add_days(date(year, month, day), count * DAYS_IN[unit]) if month and day else None
    months = count * MONTHS_IN.get(unit, 0)
    if not months:
        return None
    if unit in ("year", "decade", "century"):
        return make(year + months // 12)
    return add_months(year, month, months) if month else None


def same_day(value: str, count: int, unit: str) -> str | None:
    """``value`` moved by months or years to the same day, or the month's last where there is none."""
    parts = parse(value)
    if parts is None or parts[2] is None or parts[1] is None or abs(count) > 12000:
        return None
    moved = parse(add_months(parts[0], parts[1], count * MONTHS_IN[unit]))
    if moved is None:
        return None
    return next((d for d in (make(moved[0], moved[1], parts[2] - back) for back in range(4)) if d), None)


def span(start: str | None, end: str | None) -> str | None:
    """The range from ``start`` to ``end``; one date where they are equal, None where either is missing."""
    if start is None or end is None:
        return None
    return start if start == end else f"{start}/{end}"


def week_of(day: date, weeks: int = 0) -> str | None:
    """Monday to Sunday of the week ``weeks`` after that of ``day``."""
    monday = -day.weekday() + 7 * weeks
    return span(add_days(day, monday), add_days(day, monday + 6))


def weekend_of(day: date, weeks: int = 0) -> str | None:
    """Saturday and Sunday of the week ``weeks`` after that of ``day``."""
    saturday = 5 - day.weekday() + 7 * weeks
    return span(add_days(day, saturday), add_days(day, saturday + 1))


def easter(year: int) -> date:
    """Western Easter Sunday of a year (the Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def nth_weekday(year: int, month: int, count: int, weekday: int) -> date:
    """The ``count``-th ``weekday`` (0 = Monday) of a month; the last for ``count`` -1."""
    first = date(year, month, 1)
    day = 1 + (weekday - first.weekday()) % 7 + 7 * (count - 1)
    if count > 0:
        return date(year, month, day)
    end = last_day(f"{year:04d}-{month:02d}") or first
    return end - timedelta(days=(end.weekday() - weekday) % 7)
