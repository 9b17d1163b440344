"""The dateline at the head of a report: place, day and agency, as in ``DUBAI, May 21. /TASS/.``"""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.cleaning.dates import MONTHS

CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+(?:(?: |/|\\\\?/)[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]*){0,3}"
NAMED = r"[A-ZÀ-Þ][\w'’.\-]+(?: [A-ZÀ-Þ][\w'’.\-]+){0,2}"
DAY = (
    r"(?:(?P<month>[A-Z][a-z]{2,8}|[A-Z]{3,9})\.? (?P<day>\d{1,2})|(?P<day2>\d{1,2}) (?P<month2>[A-Z][a-z]{2,8}))"
    r"(?:,? (?P<year>(?:19|20)\d\d))?"
)
AGENCY = r"(?P<agency>[A-Z][\w .&'’-]{1,40}?)"
AGENCIES = rf"(?:/{AGENCY}/|\({AGENCY.replace('agency', 'agency2')}\))"
DASH = r"(?:--?|—|–)"
FORMS = (
    re.compile(
        rf"(?P<place>{CAPITALS}(?:, {NAMED})?)(?:, [A-Z]\w+ \d{{1,2}})? ?\| ?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w* {DAY}"
    ),
    re.compile(rf"(?P<place>{CAPITALS}(?:, {NAMED})?), {DAY}\.? ?{AGENCIES}"),
    re.compile(rf"(?P<place>(?:{CAPITALS}|{NAMED})(?:, {NAMED})?) ?\({AGENCY}\) ?{DASH}"),
    re.compile(rf"(?P<place>{CAPITALS}(?:, {NAMED})?),? {DAY},? ?(?:{DASH}|:) "),
    re.compile(rf"(?P<place>{CAPITALS}(?:, {NAMED})?) ?(?:--|—|–) "),
)
REPORTED = re.compile(rf"\b[Rr]eport(?:ing|ed) from (?P<place>{NAMED}(?:, {NAMED})?)")
TWO_WORDS = frozenset(
    """new san los las tel abu kuala addis buenos hong rio saint st port cape mexico phnom santa east west north south
    united washington khan beit al el ho sri panama""".split()  # noqa: SIM905
)
SUMMARY = re.compile(r"^.*\b[A-Z]\w+ (?=[A-Z]\w+, [A-Z]\w+$)")
ZONE = re.compile(r"^(?:[ECMP][SD]T|GMT|BST|IST|CEST|CET|UTC) ")
REACH = 1600
NO_PLACE = frozenset(
    """NEW UPDATE UPDATED EXCLUSIVE BREAKING WATCH LIVE ANALYSIS OPINION VIDEO PHOTOS US UK EU UN EDT EST GMT BST
    IST""".split()  # noqa: SIM905
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
    for number, form in enumerate(FORMS):
        match = form.search(head, 0, 700 if number in (0, 2) else 200)
        if match and _at_head(head, match.start()) and match["place"].split(",")[0] not in NO_PLACE:
            return _dateline(match, start)
    match = REPORTED.search(head, 0, 900)
    if match:
        place = _few_words(match["place"])
        return Dateline(place, start + match.start("place"), start + match.start("place") + len(place))
    return None


def _few_words(place: str) -> str:
    """A place without the capitalised words of the sentence that follows it with no stop between."""
    if "," in place:
        city, country = place.split(", ", 1)
        return f"{city}, {country.split()[0]}"
    words = place.rstrip(".").split()
    return " ".join(words[: 2 if words[0].lower() in TWO_WORDS else 1])


def _at_head(head: str, at: int) -> bool:
    """A dateline begins the body, or comes after a line end or words that end no sentence midway."""
    return at == 0 or head[at - 1] in " \n\xa0"


def _dateline(match: re.Match[str], offset: int) -> Dateline:
    groups = match.groupdict()
    month = MONTHS.get((groups.get("month") or groups.get("month2") or "").lower())
    day = groups.get("day") or groups.get("day2")
    place = match["place"]
    for form in (ZONE, SUMMARY):
        place = form.sub("", place) if form is ZONE or match.start() else place
    return Dateline(
        place=place.strip(" .").replace("\\/", "/"),
        start=offset + match.end("place") - len(place),
        end=offset + match.end(),
        agency=groups.get("agency") or groups.get("agency2"),
        month=month,
        day=int(day) if month and day else None,
        year=int(groups["year"]) if groups.get("year") else None,
    )
