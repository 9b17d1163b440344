"""A text as a string of tags, one character a token: what the grammar's patterns run over.

Matching patterns over tags and not over the text keeps them short, makes wire style and
tokenised corpora (" , ") the same thing, and bounds the work: the tags of a page are a
fifth as long as the page, and no pattern can backtrack over free text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from communique.coding.dating.words import (
    BREAK,
    DAY,
    MAYBE_MONTH,
    NUMBER,
    OTHER,
    POSSESSIVE,
    YEAR,
    Word,
    holidays,
    words,
)

TOKEN = re.compile(r"[^\W\d_]+|\d+(?:st|nd|rd|th)?s?(?![^\W_])|\d+|[^\w\s]")
NUMERIC = re.compile(r"(\d{1,4})(st|nd|rd|th)?(s?)", re.ASCII)
SHORT = frozenset(name for name, word in words().items() if word.tag in "MWw" and len(name) <= 5 and word.capital) - {
    "march",
    "may",
}
DASHES, QUOTES = frozenset("-–—−"), frozenset("'’‘`´")
PUNCTUATION = frozenset(",.:/()")
HOLIDAY = re.compile(
    r"\b(?:" + "|".join(re.escape(n).replace("'", "['’]?") for n in sorted(holidays(), key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)
NEEDED = "MWwTVPUuSsBKYgL"
"""Tags without which, and without a number, no rule of the grammar reads anything."""
TAIL = 30
"""Characters at the end of a sentence that hold the words which a date in the next may look back at."""
HOLIDAY_HINTS = (
    "Day",
    "New Year",
    "Christmas",
    "Xmas",
    "Easter",
    "Hallow",
    "Nowruz",
    "Thanks",
    "Epiph",
    "Good F",
    "Palm S",
    "Maundy",
    "Ash W",
)
"""Every holiday's name holds one of these: looking for them first is ten times as fast."""


@dataclass(slots=True)
class Tokens:
    """The tokens of a text: their tags as one string, and their values and ranges by index."""

    text: str
    tags: str = ""
    values: list[int | str | None] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def word(self, index: int) -> str:
        """The words of one token."""
        return self.text[self.starts[index] : self.ends[index]]


def tag_number(token: str) -> tuple[str, int | str | None]:
    """Tag and value of a token that starts with a digit."""
    found = NUMERIC.fullmatch(token)
    if not found:
        return (NUMBER, None)
    number, suffix, plural = int(found[1]), found[2], found[3]
    if plural:
        decade = number if number >= 1000 else 1900 + number
        return ("B", decade) if number % 10 == 0 and (number >= 1500 or 20 <= number <= 90) else (OTHER, None)
    if len(found[1]) == 4 and not suffix and 1500 <= number <= 2199:
        return (YEAR, number)
    if 1 <= number <= 31 and len(found[1]) <= 2:
        return ("O" if suffix else DAY, number)
    return (NUMBER if not suffix else "Q", number)


def tag_other(token: str) -> tuple[str, int | str | None]:
    """Tag of a token that is neither number nor word of the table."""
    if token in DASHES:
        return ("-", None)
    if token in QUOTES:
        return ("'", None)
    return (token, None) if token in PUNCTUATION else (OTHER, None)


def tag_word(token: str, word: Word) -> tuple[str, int | str | None]:
    """Tag and value of a word of the table; one that needs a capital and lacks it may still be a month."""
    if word.capital and not token[0].isupper():
        return (MAYBE_MONTH, word.value) if word.tag == "M" else (OTHER, None)
    return (word.tag, word.value)


NEAR_NUMBER = re.compile(r"m(?=\.?d?[DOJ])|(?<=[DO])m|(?<=[DO]v)m|(?<=[DO]-)m|(?<=e)m|(?<=[LX])m(?!x)")


def settle(tags: str) -> str:
    """Make months of lower-case "may" and "march" next to a number, and plain words of the rest."""
    if MAYBE_MONTH not in tags:
        return tags
    return NEAR_NUMBER.sub("M", tags).replace(MAYBE_MONTH, OTHER)


def tokenise(text: str, spans: Sequence[tuple[int, int]]) -> Tokens:
    """The tokens of ``text`` inside ``spans``, with a break where one span does not run on into the next."""
    out = Tokens(text)
    tags: list[str] = []
    end_before = 0
    dated = dated_places(text)
    for start, end in spans:
        if tags and not runs_on(text, end_before, start):
            add(out, tags, BREAK, None, start, start)
        idle = bisect_left(dated, start) == bisect_left(dated, end)
        tokenise_span(out, tags, text, tail_of(text, tags, start, end) if idle else start, end)
        end_before = end
    out.tags = settle(abbreviated(out, "".join(tags)))
    return out


def tail_of(text: str, tags: Sequence[str], start: int, end: int) -> int:
    """Where the last words begin of a sentence that names no time: the rest need not be cut into tokens.

    Nothing is read across a full stop but what the last few words before a date are. Where a sentence or the one before
    it ends in none, all is kept.
    """
    stopped = not tags or tags[-1] == BREAK or (tags[-1] == "." and (len(tags) < 2 or tags[-2] not in "MWwm"))
    tail = text.rfind(" ", start, end - TAIL)
    return tail + 1 if stopped and tail > 0 and text[end - 1] == "." else start


def dated_places(text: str) -> list[int]:
    """Where a word or a number stands without which no rule reads a date; every position where that is unclear."""
    low = text.lower()
    if len(low) != len(text):
        return list(range(len(text)))
    found = _dated_words().find_matches_as_indexes(low, overlapping=True)
    return [start for _, start, _ in found if not (start and low[start].isalpha() and low[start - 1].isalpha())]


@cache
def _dated_words() -> AhoCorasick:
    """Finds beginnings of the words of ``NEEDED``, of holidays' names and of numbers, in lower case."""
    known = [name for name, word in words().items() if word.tag in NEEDED]
    return AhoCorasick([*known, *map(str.lower, HOLIDAY_HINTS), *"0123456789"])


def runs_on(text: str, end: int, start: int) -> bool:
    """Whether a line break between two spans falls inside a sentence."""
    before = text[max(0, end - 3) : end].rstrip()[-1:]
    return (
        text.count("\n", end, start) < 2
        and before not in '.!?:”"'
        and (text[start : start + 1].islower() or text[start : start + 1].isdigit())
    )


def add(out: Tokens, tags: list[str], tag: str, value: int | str | None, start: int, end: int) -> None:
    """Append one token."""
    tags.append(tag)
    out.values.append(value)
    out.starts.append(start)
    out.ends.append(end)


def tokenise_span(out: Tokens, tags: list[str], text: str, start: int, end: int) -> None:
    """Append the tokens of one span. Kept flat: this is most of the time spent on a page."""
    values, starts, ends = out.values, out.starts, out.ends
    for run in text[start:end].split(" "):  # no token holds a blank, and few runs between blanks are new
        for tag, value, first, last in tags_of(run):
            tags.append(tag)
            values.append(value)
            starts.append(start + first)
            ends.append(start + last)
        start += len(run) + 1


@lru_cache(1 << 14)
def tags_of(run: str) -> tuple[tuple[str, int | str | None, int, int], ...]:
    """The tokens of what stands between two blanks: tag, value and range of each."""
    if run.isalpha():  # as most are
        return ((*tag_of(run), 0, len(run)),)
    end = len(run) - 1
    if run[:end].isalpha() and run[end] in PUNCTUATION:
        return (*tag_of(run[:end]), 0, end), (run[end], None, end, end + 1)
    return tuple([(*tag_of(token[0]), *token.span()) for token in TOKEN.finditer(run)])


def tag_of(token: str) -> tuple[str, int | str | None]:
    """Tag and value of a token."""
    word = words().get(token) or words().get(token.lower())
    if word:
        return tag_word(token, word)
    if token.isalpha():
        return OTHER, None
    return tag_number(token) if token[0].isdigit() else tag_other(token)


STOP_BEHIND_NAME = re.compile(r"(?<=[MWwm])\.")


def abbreviated(out: Tokens, tags: str) -> str:
    """The tags with the full stops of abbreviated months and days ("Jan.") told apart from those of sentences."""
    stops = (found.start() for found in STOP_BEHIND_NAME.finditer(tags))
    short = {at for at in stops if out.word(at - 1).lower() in SHORT}
    return "".join("_" if at in short else tag for at, tag in enumerate(tags)) if short else tags


def holiday_ranges(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Where holidays are named: start, end and the name as the table has it."""
    if not any(text.find(hint, start, end) >= 0 for hint in HOLIDAY_HINTS):
        return []
    names = holidays()
    found = []
    for match in HOLIDAY.finditer(text, start, end):
        name = match.group().lower().replace("’", "'")
        name = name if name in names else next((n for n in names if n.replace("'", "") == name.replace("'", "")), "")
        if name and match.group()[0].isupper():
            found.append((match.start(), match.end(), name))
    return found


__all__ = ["BREAK", "POSSESSIVE", "Tokens", "holiday_ranges", "tokenise"]
