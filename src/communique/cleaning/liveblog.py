"""A live blog cut into its entries, each with the time it gives itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.article import Article
from communique.cleaning.dates import find_dates
from communique.cleaning.warnings import LIVE
from communique.page import Page

CLOCK = re.compile(
    r"^\W*(?:(?:posted|updated|published)(?: at)? )?"
    r"(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)\s?(?P<half>[ap]\.?m\.?)?"
    r"(?:\s?(?P<zone>GMT|BST|EST|EDT|CET|CEST|UTC|ET))?\b(?P<rest>.{0,40})$",
    re.IGNORECASE,
)
LONGEST = 70
LEAST = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its day (ISO 8601, where known), its time (``HH:MM``, as printed), its zone, and its body's ranges."""

    day: str | None
    time: str
    zone: str | None
    body: tuple[tuple[int, int], ...]


def entries(page: Page, article: Article) -> tuple[Entry, ...]:
    """The entries of a live blog in the page's order; none where no line is a time of day.

    The day is that of the nearest date line above, else the article's. Body before the first time
    belongs to no entry.
    """
    found: list[Entry] = []
    day = article.published
    body = set(article.body)
    for line in article.lines:
        words = page.text[line.start : line.end]
        if len(words) <= LONGEST:
            day = next((date.date for date in find_dates(words)), day)
            clock = CLOCK.match(words)
            if clock:
                found.append(Entry(day, _time(clock), clock["zone"], ()))
                continue
        if found and (line.start, line.end) in body:
            last = found[-1]
            found[-1] = Entry(last.day, last.time, last.zone, (*last.body, (line.start, line.end)))
    return tuple(entry for entry in found if entry.body)


def live_entries(page: Page, article: Article) -> tuple[Entry, ...]:
    """The entries of a page that was found to be a live blog; none for any other page."""
    if LIVE not in article.warnings:
        return ()
    found = entries(page, article)
    return found if len(found) >= LEAST else ()


def _time(clock: re.Match[str]) -> str:
    hour = int(clock["hour"])
    half = (clock["half"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    return f"{hour:02d}:{clock['minute']}"
