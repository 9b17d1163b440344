"""Calendar dates as pages print them near the title: ``Nov. 18, 2019``, ``21 May 2025 - 14:19``, ``2025-05-20``."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero ene januari janar",
            "feb february februar février fevrier febrero februari",
            "mar march märz mars marzo maart mär",
            "apr april avril abril aprile",
            "may mai mayo mei maj maggio",
            "jun june juni juin junio giugno",
            "jul july juli juillet julio luglio",
            "aug august août aout agosto augustus augusti",
            "sep sept september septembre septiembre settembre",
            "oct october oktober octobre octubre ottobre okt",
            "nov november novembre noviembre",
            "dec december dezember décembre decembre diciembre dez dicembre desember",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
FORMS = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    re.compile(rf"\b{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:de\s+)?{MONTH},?\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})\s+{MONTH}\s+(?P<short>\d\d)\b", re.IGNORECASE),
)
SHORT_FORMS = FORMS[-1:]  # without a year of four digits
DIGITS = re.compile(r"\d\d")
YEAR = re.compile(r"(?:19|20)\d\d")
MARKED = re.compile(
    r"publi(?:shed|cation|é|cado|sh date)|veröffentlicht|posted|first published|issued|erstellt|stand:|released",
    re.IGNORECASE,
)
CHANGED = re.compile(r"updated|modified|aktualisiert|mis à jour|last edited|actualizado", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A date at ``[start, end)`` of a string; ``order_known`` is False for 03/04/2020."""

    date: str
    start: int
    end: int
    order_known: bool = True


def find_dates(words: str) -> Iterator[Found]:
    """The dates of a string, in order, as ISO 8601 days; impossible ones are left out."""
    if not DIGITS.search(words):
        return
    found = []
    for form in FORMS if YEAR.search(words) else SHORT_FORMS:
        for match in form.finditer(words):
            date = _date(match.groupdict())
            if date:
                order_known = "first" not in match.groupdict() or int(match["first"]) > 12 or int(match["second"]) > 12
                found.append(Found(date, match.start(), match.end(), order_known))
    end = 0
    for item in sorted(found, key=lambda one: (one.start, -one.end)):
        if item.start >= end:
            end = item.end
            yield item


def _date(parts: dict[str, str | None]) -> str | None:
    year = int(parts["year"] or 0) if parts.get("year") else 2000 + int(parts.get("short") or 0)
    if parts.get("first"):
        month, day = int(parts["first"] or 0), int(parts["second"] or 0)
        if month > 12:
            month, day = day, month
    else:
        name = parts.get("month")
        month = MONTHS[name.lower().rstrip(".")] if name else int(parts.get("number") or 0)
        day = int(parts["day"] or 0)
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def iso_day(value: str | None) -> str | None:
    """The day of a value of structured metadata: ISO 8601, RFC 2822, or as printed; None where there is none."""
    if not value:
        return None
    value = value.strip()[:80]
    match = re.match(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?:\D|T|$)", value)
    if match:
        return _date({"year": match[1], "number": match[2], "day": match[3]})
    if re.fullmatch(r"1\d{9}(?:\d{3})?", value):
        return datetime.datetime.fromtimestamp(int(value[:10]), datetime.UTC).date().isoformat()
    return next((found.date for found in find_dates(value)), None)
