"""Where readers' comments begin: at the first of several lines that say who wrote, on what day and at what time."""

from __future__ import annotations

import re

from communique.cleaning.dates import MONTH
from communique.cleaning.lines import Lines

LEAST = 3
LONGEST = 110
DAY = rf"(?:{MONTH} \d{{1,2}},? \d{{4}},?|\d{{1,2}} {MONTH},? \d{{4}},?)".replace("?P<month>", "?:")
HEAD = re.compile(
    rf"(?:.{{1,50}} (?:on )?)?{DAY} (?:at )?\d{{1,2}}:\d\d ?(?:[ap]\.?m\.?)?(?: (?:said|says|wrote))?:?", re.IGNORECASE
)
CLOCK = re.compile(r"\d:\d\d")
LIVE = re.compile(r"\blive ?(?:blog|updates?|coverage|feed|ticker)|\bas it happened\b", re.IGNORECASE)


def replies(lines: Lines) -> int | None:
    """The index of the line where readers' comments begin, or None. Entries of a live blog are none."""
    if lines.text.count(":") < LEAST:
        return None
    at = [index for index, words in enumerate(lines.texts) if ":" in words and _heads(words)]
    if len(at) < LEAST or any(LIVE.search(words) for words in lines.texts[: at[0]]):
        return None
    return at[0]


def _heads(words: str) -> bool:
    return len(words) < LONGEST and CLOCK.search(words) is not None and HEAD.fullmatch(words) is not None
