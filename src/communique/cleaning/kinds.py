"""What each line that is not body is: title, byline, date, navigation and so on (see ``Line``)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.cleaning.byline import byline_in_line
from communique.cleaning.dates import find_dates
from communique.cleaning.furniture import Sign
from communique.cleaning.lines import Lines
from communique.cleaning.replies import replies

DIGIT = re.compile(r"\d")
PAGE_BREAK = re.compile(r"^\W*(?:page|seite)?\s*\d{1,2}\s*(?:of|/|von)\s*\d{1,2}\W*$", re.IGNORECASE)
CAPTION = re.compile(r"^(?:Photo|Image|Picture|Foto)\b", re.IGNORECASE)
CAPTION_STARTS = "PpIiİıFf"
CREDITED = re.compile(r"\((?:AP|AFP|Reuters|Photo|Getty|Image|Credit)[^()]{0,60}\)$", re.IGNORECASE)
CREDIT_SIZE = 75
MOST_DATED = 200  # characters of a line that is a date
SENTENCE = 14  # words
STRENGTH = {"line": 3, "start": 2, "in": 1}


def name_kinds(lines: Lines, body: Sequence[bool], signs: Sequence[Sign], fixed: dict[int, str]) -> list[str]:
    """The kind of each line. ``fixed`` holds those that are known, as the title's."""
    by_line: dict[int, Sign] = {}
    for found in signs:
        other = by_line.get(found.line)
        if other is None or STRENGTH[found.phrase.match] > STRENGTH[other.phrase.match]:
            by_line[found.line] = found
    at = [index for index, is_body in enumerate(body) if is_body]
    first, last = (at[0], at[-1]) if at else (len(lines), -1)
    kinds: list[str] = []
    ruling = None
    begun = replies(lines)
    for index, words in enumerate(lines.texts):
        sign = by_line.get(index)
        if index > last and sign is not None and sign.phrase.effect == "stop":
            ruling = sign.phrase.kind
        elif index == begun and index > last:
            ruling = "comments"
        if body[index]:
            kinds.append("body")
        else:
            kinds.append(fixed.get(index) or _kind(words, sign, ruling, index, first, last))
    return kinds


def _kind(words: str, sign: Sign | None, ruling: str | None, index: int, first: int, last: int) -> str:
    """The kind of one line outside the body, by the phrase table, then by its shape."""
    size = len(words)
    numbered = size < MOST_DATED and DIGIT.search(words) is not None
    if numbered and size < 30 and PAGE_BREAK.match(words):
        return "page-break"
    if sign is not None:
        return sign.phrase.kind
    if ruling is not None:
        return ruling
    if size < 120 and index < first and byline_in_line(words):
        return "byline"
    found = next(find_dates(words), None) if numbered else None
    if found and size - (found.end - found.start) < 40:
        return "date"
    if (words[0] in CAPTION_STARTS and CAPTION.match(words)) or (
        words[-1] == ")" and CREDITED.search(words[-CREDIT_SIZE:])
    ):
        return "caption"
    return _by_shape(words, index, first, last)


def _by_shape(words: str, index: int, first: int, last: int) -> str:
    count = len(words.split(None, SENTENCE))
    if count >= SENTENCE and words.rstrip("”\"'’)").endswith((".", "!", "?")):
        return "caption" if first < index < last else "teaser"
    if count >= 5:
        return "related" if index > first else "navigation"
    return "navigation"
