"""The dateline at the head of a report: place, day and agency, as in ``DUBAI, May 21. /TASS/.``"""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.cleaning.dates import MONTHS

CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ'’.\-]*){0,3}"
NAMED = r"[A-ZÀ-Þ][\w'’.\-]+(?: [A-ZÀ-Þ][\w'’.\-]+){0,3}"
DAY = r"(?P<month>[A-Z][a-z]{2,8}|[A-Z]{3,9})\.? (?P<day>\d{1,2})(?:, (?P<year>(?:19|20)\d\d))?"
AGENCY = r"(?P<agency>[A-Z][\w .&'’-]{1,40}?)"
FORMS = (
    re.compile(
        rf"(?P<place>{CAPITALS}(?:, {NAMED})?), {DAY}\.? ?(?:/{AGENCY}/|\({AGENCY.replace('agency', 'agency2')}\))"
    ),
    re.compile(rf"(?P<place>(?:{CAPITALS}|{NAMED})(?:, {NAMED})?) ?\({AGENCY}\) ?(?:--?|—|–)"),
    re.compile(rf"(?P<place>{CAPITALS}(?:, {NAMED})?),? {DAY},? ?(?:--?|—|–|:) "),
    re.compile(rf"(?P<place>{CAPITALS}(?:, {NAMED})?) ?(?:--|—|–|\|) "),
)
FROM = re.compile(rf"\bReporting from (?P<place>{NAMED}(?:, {NAMED})?)(?=[ .,]|$)")
AFTER_PLACE = re.compile(r"^(?P<place>.*?)(?: (?:The|A|An|In|On|At|He|She|It|They|We|By) .*| [A-Z][a-z]+ [A-Z].*)?$")
REACH = 1600
NO_PLACE = frozenset(
    [
        "NEW",
        "UPDATE",
        "UPDATED",
        "EXCLUSIVE",
        "BREAKING",
        "WATCH",
        "LIVE",
        "ANALYSIS",
        "OPINION",
        "VIDEO",
        "PHOTOS",
        "US",
        "UK",
        "EU",
        "UN",
    ]
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says, and where it stands: offsets into the text it was read from."""

    place: str
    start: int
    end: int
    agency: str | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """The dateline of a body that begins at ``start``; one is looked for in its first words."""
    head = text[start : min(end, start + REACH)]
    for form in FORMS:
        match = form.search(head, 0, 700 if form is FORMS[1] else 160)
        if match and _at_head(head, match.start()) and match["place"].split(",")[0] not in NO_PLACE:
            return _dateline(match, start)
    match = FROM.search(head)
    if match:
        return Dateline(match["place"], start + match.start("place"), start + match.end("place"))
    return None


def _at_head(head: str, at: int) -> bool:
    """A dateline begins the body, or comes after a line end or words that end no sentence midway."""
    return at == 0 or head[at - 1] in " \n\xa0"


def _dateline(match: re.Match[str], offset: int) -> Dateline:
    groups = match.groupdict()
    month = MONTHS.get((groups.get("month") or "").lower())
    return Dateline(
        place=match["place"].strip(" ."),
        start=offset + match.start("place"),
        end=offset + match.end(),
        agency=groups.get("agency") or groups.get("agency2"),
        month=month,
        day=int(groups["day"]) if month and groups.get("day") else None,
        year=int(groups["year"]) if groups.get("year") else None,
    )
