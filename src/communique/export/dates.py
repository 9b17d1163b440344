"""Dates as exports write them: the first and last day, and how fine the date is."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from communique.linking.days import bounds


class Days(NamedTuple):
    """First and last day (``YYYY-MM-DD``) of a date, and its precision: day, month, year or range. None: no date."""

    start: str | None
    end: str | None
    precision: str | None


NONE = Days(None, None, None)
_PRECISION = {4: "year", 7: "month", 10: "day"}


@lru_cache(maxsize=65536)
def days(date: str | None) -> Days:
    """The days of ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or ``start/end``; NONE for anything else."""
    start, mark, end = (date or "").partition("/")
    first, last = bounds(start), bounds(end if mark else start)
    if first is None or last is None:
        return NONE
    return Days(iso(first[0]), iso(last[1]), "range" if mark else _PRECISION[len(start)])


@lru_cache(maxsize=65536)
def iso(day: int | None) -> str | None:
    """A day that is counted from year 1, as ``YYYY-MM-DD``."""
    return None if day is None else dt.date.fromordinal(day).isoformat()
