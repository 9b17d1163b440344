"""Readings of dates that count from publication or from another date of the story."""

from __future__ import annotations

from datetime import date, timedelta

from communique.coding.dating.absolute import dated, tense_of
from communique.coding.dating.calendar import (
    DAYS_IN,
    add_days,
    add_months,
    first_day,
    make,
    parse,
    same_day,
    shift,
    span,
    week_of,
    weekend_of,
)  # fmt: skip
from communique.coding.dating.frame import VAGUE, Anchor, Frame, Reading

LETTER = {"day": "D", "week": "W", "month": "M", "year": "Y"}
TIMES = {"decade": ("year", 10), "century": ("year", 100), "fortnight": ("week", 2), "quarter": ("month", 3)}


def unknown(grain: str = "day") -> Reading:
    """A date that hangs on a publication date which is not known."""
    return Reading(None, grain, "relative", "publication unknown")  # type: ignore[arg-type]


def relative(value: str | None, grain: str, how: str) -> Reading | None:
    """A reading counted from publication."""
    return Reading(value, grain, "relative", how) if value else unknown(grain)  # type: ignore[arg-type]


def weekday(frame: Frame) -> Reading | None:
    """On Tuesday: the latest one up to publication, or the first from it where the clause looks ahead."""
    day, step, today = frame.number("W"), frame.number("LXHpf"), frame.anchor.today
    if day is None:
        return None
    if today is None:
        return Reading(None, "day", "weekday", "publication unknown")
    if step is None or step == 0:
        ahead = tense_of(frame) == "future"
        return Reading(nearest_weekday(today, day, ahead), "day", "weekday", "ahead" if ahead else "before publication")
    moved = today + timedelta(days=step)
    return Reading(nearest_weekday(moved, day, step > 0), "day", "weekday", "last" if step < 0 else "next")


def nearest_weekday(today: date, day: int, ahead: bool) -> str | None:
    """The first such weekday from ``today`` on, or the latest up to it."""
    return add_days(today, (day - today.weekday()) % 7 if ahead else -((today.weekday() - day) % 7))


def weekday_of_week(frame: Frame) -> Reading | None:
    """Friday last week; Tuesday of next week."""
    day, step, today = frame.number("W"), frame.number("LXHpf"), frame.anchor.today
    if day is None or frame.get("U") != "week":
        return None
    if today is None or step is None:
        return Reading(None, "day", "weekday", "publication unknown")
    return Reading(add_days(today, day - today.weekday() + 7 * step), "day", "weekday", "of a week")


def deictic(frame: Frame) -> Reading | None:
    """Today, yesterday, tomorrow morning; overnight is the night before publication."""
    anchor, today = frame.anchor, frame.anchor.today
    if frame.at("V") is not None:
        return relative(span(add_days(today, -1), today.isoformat()) if today else None, "range", "overnight")
    step = frame.number("T") or 0
    if today is None:
        return relative(anchor.value if step == 0 else None, "day", "today")
    return relative(add_days(today, step), "day", "day counted from publication")


def around_deictic(frame: Frame) -> Reading | None:
    """The day before yesterday, the day after tomorrow."""
    if frame.get("U") != "day":
        return None
    today, step = frame.anchor.today, (frame.number("T") or 0) + (1 if frame.at("a") is not None else -1)
    return relative(add_days(today, step) if today else None, "day", "day counted from publication")


def day_part(frame: Frame) -> Reading | None:
    """This morning, last night."""
    step, today = frame.number("LHXpf") or 0, frame.anchor.today
    if step > 0 or frame.at("p") is not None:
        return from_event(frame, step, "day")
    return relative(add_days(today, step) if today else None, "day", "part of a day")


def count_of(frame: Frame, tags: str = "nDNAq") -> int | None:
    """The number a rule matched; None where it is vague ("a few")."""
    if frame.at("q") is not None:
        return frame.number("q")
    return frame.number(tags)


def steps(frame: Frame) -> tuple[int | None, str]:
    """Count and unit of a distance, in days, weeks, months or years where the unit allows."""
    unit, count = frame.text("Uu"), count_of(frame)
    base, times = TIMES.get(unit, (unit, 1))
    return (None if count is None else count * times), base


def moved(anchor_value: str | None, count: int, unit: str) -> str | None:
    """A date moved by a distance, at the grain that the distance speaks in."""
    if anchor_value is None:
        return None
    if unit in ("hour", "minute"):
        return shift(anchor_value, round(count / 24), "day") if unit == "hour" else anchor_value
    if unit == "month" and parse(anchor_value):
        return shift(anchor_value, count, "month")
    return shift(anchor_value, count, unit)


def grain_of(value: str | None) -> str:
    """The grain of a value by its form."""
    if value is None:
        return "vague"
    return "range" if "/" in value else {4: "year", 7: "month"}.get(len(value), "day")


def iso_shift(count: int, unit: str) -> str | None:
    """A distance as a signed ISO 8601 duration."""
    return f"{'-' if count < 0 else '+'}P{abs(count)}{LETTER[unit]}" if unit in LETTER else None


def count_ago(frame: Frame) -> Reading | None:
    """Three days ago; two weeks later; a year earlier (the last two count from the date before them)."""
    count, unit = steps(frame)
    if frame.at("Gt") is not None:
        if count is None:
            return VAGUE
        value = moved(frame.anchor.value, -count, unit)
        return relative(value, grain_of(value), "counted back from publication")
    if count is None:
        return Reading(None, "vague", "relative-to-event", "vague distance from another date")
    return from_event(frame, count if frame.at("F") is not None else -count, unit)


def from_event(frame: Frame, count: int, unit: str) -> Reading:
    """A date at a distance from the last date mentioned before; without a value where there is none."""
    known = frame.known_before()
    value = None
    if known:
        value = moved(known.first, count, unit)
    how = "counted from the date before" if value else "counted from a date not known"
    return Reading(value, grain_of(value), "relative-to-event", how, iso_shift(count, unit))  # type: ignore[arg-type]


def around_event(frame: Frame) -> Reading | None:
    """A month after the offer; two days before: the rest of the sentence says from what (see ``finder``)."""
    if frame.at("u") is not None and frame.at("nDNAq") is None:
        return Reading(None, "vague", "relative-to-event", "vague distance from an event")
    count, unit = (1, frame.text("U")) if frame.at("nDNAq") is None else steps(frame)
    if frame.get("U") in ("weekend", "hour", "minute"):
        return None
    if count is None:
        return Reading(None, "vague", "relative-to-event", "vague distance from an event")
    sign = 1 if frame.at("a") is not None else -1
    return Reading(None, "vague", "relative-to-event", "counted from an event", iso_shift(sign * count, unit))


def that_unit(frame: Frame) -> Reading | None:
    """That year; the same day: of the date mentioned before."""
    known, unit = frame.known_before(), frame.text("US")
    if frame.tokens.word(frame.first).lower() == "that" and unit not in ("day", "week", "month", "year", "decade"):
        return None
    if known is None or known.first is None:
        return Reading(None, "vague", "relative-to-event", "the date meant is not known")
    length = {"year": 4, "month": 7, "day": 10}.get(unit, 0)
    value = known.first[:length] if len(known.first) >= length > 0 else None
    if unit == "week" and len(known.first) == 10:
        value = week_of(first_day(known.first) or date.min)
    if unit == "weekend" and len(known.first) == 10:
        value = weekend_of(first_day(known.first) or date.min)
    return Reading(value, grain_of(value), "relative-to-event", "of the date before")  # type: ignore[arg-type]


def modified_unit(frame: Frame) -> Reading | None:
    """Last week, this month, earlier this year, the following day."""
    unit, step = frame.text("U"), frame.number("LXHpf") or 0
    tag = frame.tokens.tags[frame.at("LXHpf") or frame.first]
    determiner = frame.tokens.word(frame.first).lower() == "the"
    if tag in "pf" or (unit == "day" and tag in "LX"):
        return from_event(frame, step, TIMES.get(unit, (unit, 1))[0]) if tag in "pfX" else VAGUE
    if tag == "L" and determiner and frame.tokens.word(frame.at("L") or 0).lower() == "past":
        return back_from_today(frame, 1, unit)
    part = frame.tokens.tags[frame.first] if frame.tokens.tags[frame.first] in "EF" else ""
    return unit_reading(frame, unit, step, part)


def unit_reading(frame: Frame, unit: str, step: int, part: str) -> Reading | None:
    """The unit ``step`` units from that of publication; ``part`` E or F cuts it at publication."""
    anchor, today = frame.anchor, frame.anchor.today
    if unit == "year" and anchor.year:
        return relative(make(anchor.year + step), "year", "year counted from publication")
    if unit == "month" and anchor.year and anchor.month:
        return relative(add_months(anchor.year, anchor.month, step), "month", "month counted from publication")
    if unit == "week" and today:
        return relative(part_of_week(today, step, part), "week", "week counted from publication")
    if unit == "weekend" and today:
        return relative(weekend_said(frame, today, step), "weekend", "weekend counted from publication")
    if unit == "day" and step == 0:
        return VAGUE
    if unit == "decade" and anchor.year:
        start = anchor.year - anchor.year % 10 + 10 * step
        return relative(span(make(start), make(start + 9)), "decade", "decade counted from publication")
    if unit == "quarter" and anchor.year and anchor.month:
        start = 3 * ((anchor.month - 1) // 3) + 1 + 3 * step
        value = span(add_months(anchor.year, 1, start - 1), add_months(anchor.year, 1, start + 1))
        return relative(value, "quarter", "quarter counted from publication")
    return unknown() if unit in ("year", "month", "week", "weekend") else VAGUE


def part_of_week(today: date, step: int, part: str) -> str | None:
    """A week from Monday to Sunday; of this week "earlier" ends and "later" starts with publication."""
    week = week_of(today, step)
    if step or not part or week is None:
        return week
    monday, sunday = week.split("/")
    return span(monday, today.isoformat()) if part == "E" else span(today.isoformat(), sunday)


def weekend_said(frame: Frame, today: date, step: int) -> str | None:
    """The weekend meant: "this" is the coming one where the clause looks ahead, else the latest."""
    if step == 0:
        ahead = today.weekday() >= 5 or tense_of(frame) == "future"
        return weekend_of(today, 0 if ahead else -1)
    if step < 0:
        return weekend_of(today, -1)
    return weekend_of(
        today, 1 if today.weekday() >= 5 else step - (today.weekday() < 5 and tense_of(frame) != "future")
    )


def weekend(frame: Frame) -> Reading | None:
    """Over the weekend; at the weekend. Of the other units "the day" alone says nothing."""
    today = frame.anchor.today
    if frame.get("U") != "weekend":
        return None
    return relative(weekend_said(frame, today, 0) if today else None, "weekend", "weekend counted from publication")


def end_of_unit(frame: Frame) -> Reading | None:
    """The end of the month; the beginning of the year."""
    unit = frame.text("U")
    return unit_reading(frame, unit, 0, "") if unit in ("week", "month", "year") else None


def recent_span(frame: Frame) -> Reading | None:
    """The past two weeks; the next three days: a range that ends or starts at publication."""
    count, unit = steps(frame)
    step = frame.number("LXpfH") or 0
    if count is None or step == 0:
        return VAGUE
    if step < 0:
        return back_from_today(frame, count, unit)
    end = moved(frame.anchor.value, count, unit)
    return relative(span(at_grain(frame.anchor, unit), end), "range", "counted on from publication")


def back_from_today(frame: Frame, count: int, unit: str) -> Reading | None:
    """The range from ``count`` units before publication to publication."""
    base, times = TIMES.get(unit, (unit, 1))
    start = moved(frame.anchor.value, -count * times, base)
    return relative(span(start, at_grain(frame.anchor, base)), "range", "counted back from publication")


def at_grain(anchor: Anchor, unit: str) -> str | None:
    """Publication at the grain of a unit: its year, its month or its day."""
    value = anchor.value
    return value[: {"year": 4, "month": 7}.get(unit, 10)] if value else None


def recent_units(frame: Frame) -> Reading | None:
    """Recent weeks; the last days: around publication, no more exact than that."""
    return Reading(None, "vague", "vague", "recently")


def duration(frame: Frame) -> Reading | None:
    """For seven years; for months; in three weeks: how long, not when."""
    return Reading(None, "vague", "vague", "duration") if frame.text("i") in ("for", "over", "in", "within") else None


def repeated(frame: Frame) -> Reading | None:
    """Every week; Mondays: no single date."""
    return Reading(None, "vague", "vague", "repeated")


def vague(frame: Frame) -> Reading | None:
    """Recently, now, in the past."""
    word = frame.tokens.word(frame.last - 1).lower()
    return Reading(None, "vague", "vague", word)


__all__ = ["DAYS_IN", "dated", "same_day"]
