"""When the page was published, with how that was found.

``how`` is one of: ``given`` (told from outside), ``structured`` (metadata), ``url``, ``line`` (a date printed
near the title), ``dateline``, ``dateline, year inferred``. Earlier ones are surer.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

from communique.cleaning.dateline import Dateline
from communique.cleaning.dates import CHANGED, MARKED, find_dates, iso_day
from communique.cleaning.lines import Lines
from communique.page import Page

KEYS = (
    *("jsonld:datePublished", "article:published_time", "og:article:published_time", "meta:article.published"),
    *("itemprop:datePublished", "meta:parsely-pub-date", "meta:sailthru.date", "meta:publishdate", "meta:pubdate"),
    *("meta:publish-date", "meta:date", "meta:dc.date.issued", "meta:dcterms.created", "dc:date", "meta:dc.date"),
    *(
        "meta:publication_date",
        "jsonld:dateCreated",
        "meta:last-modified",
        "jsonld:page:datePublished",
        "feed:published",
    ),
    *("mail:date", "time"),
    *("jsonld:dateModified", "article:modified_time"),
)
IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
REACH = 40
NEAR, BELOW = 10, 20
"""Lines below the body where its date may stand, and where dates of other articles are looked for."""
FAR = 90.0  # the rank of a line that prints no date of publication
ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")


def published(
    page: Page, lines: Lines, body: Sequence[bool], dateline: Dateline | None
) -> tuple[str | None, str | None, int | None]:
    """The date (ISO 8601), how it was found, and the index of the line that prints it, where one does."""
    line = _date_line(lines, body)
    printed = None if line is None else line[1]
    if page.date:
        return iso_day(page.date) or page.date, "given", line and line[0]
    for key in KEYS:
        day = iso_day(page.meta.get(key))
        if day and _possible(day):
            return day, "structured", line and line[0]
    if line and (line[0] < 5 or page.url is None):
        return printed, "line", line[0]
    in_url = IN_URL.search(page.url or "")
    if in_url:
        return iso_day("-".join(in_url.groups())), "url", line and line[0]
    if line:
        return printed, "line", line[0]
    return (*_of_dateline(dateline, lines, body), None)


def _possible(day: str) -> bool:
    return "1990" < day <= (datetime.date.today() + datetime.timedelta(days=2)).isoformat()


def _date_line(lines: Lines, body: Sequence[bool]) -> tuple[int, str] | None:
    """The line near the body that prints a date and little else, the best marked first.

    Below the body, dates that differ are those of a list of other articles: none counts that is not marked.
    """
    at = [index for index, is_body in enumerate(body) if is_body]
    first, last = (at[0], at[-1]) if at else (len(lines), len(lines))
    above = _printed(lines, body, range(max(0, first - REACH), min(first + 3, len(lines))))
    near = _printed(lines, body, range(last + 1, min(last + NEAR, len(lines))))
    further = _printed(lines, body, range(last + NEAR, min(last + BELOW, len(lines)))) if near else []
    if len({date for _, date, _ in (*near, *further)}) > 1:
        near = [found for found in near if MARKED.search(lines.words(found[0]))]
    ranked = [(_rank(lines.words(index), size, index, first), index, date) for index, date, size in (*above, *near)]
    rank, index, date = min(ranked, default=(FAR, 0, ""))
    return (index, date) if rank < FAR else None


def _printed(lines: Lines, body: Sequence[bool], those: Iterable[int]) -> list[tuple[int, str, int]]:
    """The lines that print a date and are short: their indices, the dates, and how many characters these take."""
    found = []
    for index in those:
        words = lines.words(index)
        if len(words) < 160 and not (body[index] and len(words) > 60):
            date = next(find_dates(words), None)
            if date and _possible(date.date):
                found.append((index, date.date, date.end - date.start))
    return found


def _rank(words: str, size: int, index: int, first: int) -> float:
    """How far a line is from being the date of publication: smaller is better."""
    rest = len(words) - size
    if rest > 60 and not MARKED.search(words[:40]):
        return 100.0
    rank = rest * 0.3 + abs(first - index) * 0.4 + (20 if index > first else 0)
    if MARKED.search(words):
        rank -= 25
    if CHANGED.search(words) and not MARKED.search(words):
        rank += 10
    return rank - (15 if ISO.fullmatch(words) else 0)


def _of_dateline(dateline: Dateline | None, lines: Lines, body: Sequence[bool]) -> tuple[str | None, str | None]:
    """The day of the dateline; a missing year is inferred only where the body speaks of "last year" and names it."""
    if dateline is None or not dateline.month or not dateline.day:
        return None, None
    year, how = dateline.year, "dateline"
    if year is None:
        year, how = _year(lines, body), "dateline, year inferred"
    if year is None:
        return None, None
    try:
        return datetime.date(year, dateline.month, dateline.day).isoformat(), how
    except ValueError:
        return None, None


def _year(lines: Lines, body: Sequence[bool]) -> int | None:
    """The year after the last year the body names, where it also says "last year"."""
    text = " ".join(lines.words(index) for index, is_body in enumerate(body) if is_body)
    years = [int(year) for year in re.findall(r"\b((?:19|20)\d\d)\b", text)]
    if not years or not re.search(r"\blast year\b", text):
        return None
    latest = max(years)
    return latest + 1 if latest < datetime.date.today().year else None
