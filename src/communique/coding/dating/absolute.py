"""Readings of calendar dates: full ones, and ones whose year or month the anchor supplies."""

from __future__ import annotations

import re
from datetime import date, timedelta

from communique.coding.dating.calendar import easter, make, nth_weekday, parse, span
from communique.coding.dating.frame import Anchor, Frame, Reading
from communique.coding.dating.tense import Tense, tense_around

NEAR_AHEAD, FAR_AHEAD = 60, 270
"""Days ahead up to which a day without year and tense is read as coming, and beyond which never."""
NEEDS_COMPANY = frozenset(("may", "march", "mar", "jan", "dec", "jun", "sept", "sep"))
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


def dated(value: str | None, kind: str = "absolute", how: str = "written in full") -> Reading | None:
    """The reading of a single date, its grain taken from its length; None where there is no such date."""
    if value is None:
        return None
    grain = "range" if "/" in value else {4: "year", 7: "month"}.get(len(value), "day")
    return Reading(value, grain, kind, how)  # type: ignore[arg-type]


def iso_date(frame: Frame) -> Reading | None:
    """2012-04-12, 2012/04/12."""
    return dated(make(frame.number("J") or 0, frame.number("D"), frame.number("D", 1)))


def numeric_date(frame: Frame) -> Reading | None:
    """12/4/2012: month first or day first as the numbers allow, else the reading nearest to publication."""
    year, one, two = frame.number("J") or 0, frame.number("D") or 0, frame.number("D", 1) or 0
    month_first, day_first = make(year, one, two), make(year, two, one)
    if not (month_first and day_first):
        return dated(month_first or day_first)
    today = frame.anchor.today
    if frame.tokens.tags[frame.first + 1] != "/" or (
        today and distance(day_first, today) < distance(month_first, today)
    ):
        return dated(day_first)
    return dated(month_first)


def distance(value: str, today: date) -> int:
    """Days between a full date and a day; days ahead count double, since news mostly tells what has been."""
    ahead = (date.fromisoformat(value) - today).days
    return 2 * ahead if ahead > 0 else -ahead


def year_said(frame: Frame) -> int | None:
    """The year a rule matched: four digits, or "last year" counted from the anchor."""
    year = frame.number("J")
    if year is None and frame.get("LXHp") is not None and frame.get("U") == "year" and frame.anchor.year:
        return frame.anchor.year + (frame.number("LXHp") or 0)
    return year


def tense_of(frame: Frame) -> Tense | None:
    """The tense around the match."""
    return tense_around(frame.tokens, frame.first, frame.last)


def day_month_year(frame: Frame) -> Reading | None:
    """12 April 2012; Thursday, April 12, 2012; 12 April last year."""
    year = year_said(frame)
    if year is None:
        return None
    return dated(make(year, frame.number("M"), frame.number("DOo")))


def year_for_day(anchor: Anchor, month: int, day: int, tense: Tense | None) -> int | None:
    """The year that a day and month without one belong to."""
    if anchor.year is None:
        return None
    today = anchor.today
    value = make(anchor.year, month, day)
    if today is None or value is None:
        return anchor.year
    ahead = (date.fromisoformat(value) - today).days
    if ahead > FAR_AHEAD or (ahead > NEAR_AHEAD and tense != "future"):
        return anchor.year - 1
    if ahead > 3 and tense == "past" and not ahead <= NEAR_AHEAD:
        return anchor.year - 1
    return anchor.year + 1 if ahead < -FAR_AHEAD or (ahead < -180 and tense == "future") else anchor.year


def day_month(frame: Frame) -> Reading | None:
    """12 April; April 12: the year in which that day lies near publication."""
    month, day = frame.number("M"), frame.number("DOo")
    if month is None or day is None:
        return None
    if make(2012, month, day) is None:
        return None
    year = year_for_day(frame.anchor, month, day, tense_of(frame))
    if year is None:
        return Reading(None, "day", "partial", "day without a year, publication unknown")
    return dated(make(year, month, day), "partial", "year from publication")


def modified_day(frame: Frame) -> Reading | None:
    """Last April 12: the latest before publication; next April 12: the first after it."""
    month, day, anchor = frame.number("M"), frame.number("DO"), frame.anchor
    if month is None or day is None or anchor.year is None:
        return None
    step, value = frame.number("LXHp"), make(anchor.year, month, day)
    if step and value and anchor.value and (value >= anchor.value) == (step < 0):
        value = make(anchor.year + step, month, day)
    return dated(value, "relative", "day counted from publication")


def day_range(frame: Frame) -> Reading | None:
    """12-15 April 2012; April 12 to 15; 12 and 13 April."""
    month, one, two = frame.number("M"), frame.number("DO"), frame.number("DO", 1)
    three = frame.number("DO", 2)
    if month is None or one is None or two is None or (three or two) <= one:
        return None
    year = frame.number("J")
    kind = "absolute" if year else "partial"
    year = year or year_for_day(frame.anchor, month, one, tense_of(frame))
    if year is None:
        return Reading(None, "range", "partial", "days without a year, publication unknown")
    return dated(span(make(year, month, one), make(year, month, three or two)), kind, "days of one month")


def month_year(frame: Frame) -> Reading | None:
    """April 2012; mid-April 2012; April last year; 2012-04."""
    year, month = year_said(frame), frame.number("M") or frame.number("D")
    if year is None:
        return None
    if frame.at("M") is None and frame.tokens.word(frame.last - 1)[:1] not in "01":
        return None
    return dated(make(year, month))


def year_for_month(anchor: Anchor, month: int, tense: Tense | None) -> int | None:
    """The year that a month without one belongs to."""
    if anchor.year is None or anchor.month is None:
        return anchor.year
    if tense == "future":
        return anchor.year + (month < anchor.month)
    if month - anchor.month in (1, 2) and tense is None:
        return anchor.year
    return anchor.year - (month > anchor.month)


def month(frame: Frame) -> Reading | None:
    """In August; mid-April: the latest such month, or the next where the clause looks ahead."""
    index = frame.at("M")
    number = frame.number("M")
    if index is None or number is None or not is_month(frame, index):
        return None
    year = year_for_month(frame.anchor, number, tense_of(frame))
    if year is None:
        return Reading(None, "month", "partial", "month without a year, publication unknown")
    return dated(make(year, number), "partial", "year from publication")


def is_month(frame: Frame, index: int) -> bool:
    """Whether a month's name stands for the month, where it may also be a name or a verb."""
    word = frame.tokens.word(index).lower()
    if word not in NEEDS_COMPANY or index > frame.first:
        return True
    after = frame.tokens.tags[index + 1] if index + 1 < len(frame.tokens.tags) else "|"
    return after == "_" or (frame.tag_before() in "i0123ekvad" and not (frame.tag_before() == "a" and word == "may"))


def modified_month(frame: Frame) -> Reading | None:
    """Last April: the latest one before this month; next April: the first after it."""
    number, step, anchor = frame.number("M"), frame.number("LXHpf"), frame.anchor
    if number is None or step is None or anchor.year is None or anchor.month is None:
        return Reading(None, "month", "relative", "publication unknown") if number else None
    back, on = number >= anchor.month, step > 0 and number <= anchor.month
    year = anchor.year - back if step < 0 else anchor.year + on
    return dated(make(year, number), "relative", "month counted from publication")


def year_range(frame: Frame) -> Reading | None:
    """2003-2005; 2011/12."""
    one, two = frame.number("J") or 0, frame.number("J", 1)
    if two is None:
        short = frame.number("DN")
        if short is None or frame.tokens.ends[frame.last - 1] - frame.tokens.starts[frame.last - 1] != 2:
            return None
        two = one - one % 100 + short
    return dated(span(make(one), make(two))) if one < two < one + 100 else None


def part_year(frame: Frame) -> Reading | None:
    """Late 2011; the end of 2012; mid-2013; the year 2000: the year, since news rarely means its months exactly."""
    unit = frame.get("U")
    if unit is not None and unit != "year":
        return None
    return dated(make(frame.number("J") or 0))


def year(frame: Frame) -> Reading | None:
    """2012, unless it counts things ("2000 people") or is part of a longer number."""
    number = frame.number("J") or 0
    before, after = frame.tag_before(), frame.tag_after()
    if (before in "/.-" and frame.tag_before(2) in "DNJ") or (before == "," and frame.tag_before(2) == "N"):
        return None
    if after in "uN" or not 1800 <= number <= 2100:
        return None
    if before in "i01234vdLXbaek(" or (after in ".,)|:" and number >= 1900):
        counted = after == "x" and frame.tokens.word(frame.last).endswith("s") and before not in "01"
        return None if counted and number % 50 == 0 else dated(make(number))
    return dated(make(number)) if 1950 <= number <= 2049 and number % 100 else None


def decade(frame: Frame) -> Reading | None:
    """The 1990s; the early 1980s."""
    start = frame.number("B")
    if start is None:
        return None
    length = 99 if start % 100 == 0 and start < 2000 else 9
    value = span(make(start), make(start + length))
    return Reading(value, "century" if length == 99 else "decade", "absolute", "decade") if value else None


def season(frame: Frame) -> Reading | None:
    """Last summer; the spring of 2011; this winter: the months of the northern season."""
    if frame.at("s") is not None and frame.get("LXHpJ") is None:
        return None
    name, step = frame.text("Ss"), frame.number("LXHp")
    year = year_said(frame) if frame.at("JU") is not None else season_year(frame, name, step)
    if year is None:
        return Reading(None, "season", "relative", "season without a year")
    return Reading(season_value(year, name), "season", "absolute" if frame.at("J") else "relative", "season")


def season_value(year: int, name: str) -> str | None:
    """The months of a season; winter runs into the next year."""
    first, last = SEASON_MONTHS[name]
    return span(make(year, first), make(year + last // 13, (last - 1) % 12 + 1))


def season_year(frame: Frame, name: str, step: int | None) -> int | None:
    """The year of a season without one: counted from publication and the tense of the clause."""
    anchor = frame.anchor
    if anchor.year is None or anchor.month is None:
        return None
    first, last = SEASON_MONTHS[name]
    if step is None:
        step = 1 if tense_of(frame) == "future" else -1
        if first <= anchor.month <= last:
            return anchor.year
    if step == 0:
        return anchor.year - (name == "WI" and anchor.month < 3)
    return anchor.year + (anchor.month >= first) if step > 0 else anchor.year - (anchor.month <= last)


def quarter(frame: Frame) -> Reading | None:
    """The third quarter of 2012; the 19th century."""
    number, unit = frame.number("oO"), frame.get("U")
    if unit == "century" and number and 10 < number < 22:
        return Reading(span(make(100 * number - 100), make(100 * number - 1)), "century", "absolute", "century")
    year = year_said(frame) or frame.anchor.year
    if unit != "quarter" or number is None or not 1 <= number <= 4 or year is None:
        return None
    if year_said(frame) is None and frame.anchor.month and 3 * number - 2 > frame.anchor.month:
        year -= tense_of(frame) != "future"
    return Reading(span(make(year, 3 * number - 2), make(year, 3 * number)), "quarter", "absolute", "quarter")


def holiday_value(rule: str, year: int) -> str | None:
    """The date of a holiday in a year, from the rule the table of holidays gives it."""
    if rule.startswith("easter"):
        day = easter(year) + timedelta(days=int(rule.removeprefix("easter")))
        return day.isoformat()
    if "W" in rule:
        found = re.fullmatch(r"(\d+)-W(-?\d)-(\d)", rule)
        return nth_weekday(year, *(int(part) for part in found.groups())).isoformat() if found else None
    return make(year, *(int(part) for part in rule.split("-")))


def holiday_date(anchor: Anchor, rule: str, said: int | None, tense: Tense | None) -> str | None:
    """The date of a holiday: in the year said with it, else near publication."""
    if said:
        return holiday_value(rule, said)
    if anchor.year is None:
        return None
    parts = parse(holiday_value(rule, anchor.year))
    year = year_for_day(anchor, parts[1] or 1, parts[2] or 1, tense) if parts else None
    return holiday_value(rule, year) if year else None
