"""The table of furniture phrases, found in all lines of a page in one pass."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import itemgetter

from ahocorasick_rs import AhoCorasick

from communique.cleaning.lines import Lines

END_MARKS = " .:!?…»>→|*)]"
FRONT_MARKS = " •·-–—*»>→|([\"'“‘"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of the table: see the head of ``furniture.csv``."""

    kind: str
    match: str
    effect: str
    words: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase found in line ``line``, at ``[start, end)`` of the page's text."""

    phrase: Phrase
    line: int
    start: int
    end: int


@cache
def phrases() -> tuple[Phrase, ...]:
    """The rows of ``furniture.csv``."""
    text = (files("communique.cleaning") / "furniture.csv").read_text(encoding="utf-8")
    rows = csv.reader(line for line in text.splitlines() if line and not line.startswith("#"))
    next(rows)
    return tuple(Phrase(kind, match, effect, words.replace("’", "'")) for kind, match, effect, words in rows)


@cache
def _automaton() -> AhoCorasick:
    return AhoCorasick([phrase.words for phrase in phrases()])


def signs(lines: Lines) -> Iterator[Sign]:
    """Every phrase of the table that stands where its row asks for, in order of the page."""
    low = lower(lines.text).replace("’", "'").replace("\xa0", " ")
    line, starts, ends, known = 0, lines.starts, lines.ends, phrases()
    found = _automaton().find_matches_as_indexes(low, overlapping=True)
    for number, start, end in sorted(found, key=itemgetter(1)):
        line = bisect_right(ends, start, line)
        if line == len(ends):
            return
        phrase = known[number]
        if end <= ends[line] and _stands(phrase.match, low, starts[line], ends[line], start, end):
            yield Sign(phrase, line, start, end)


def _stands(match: str, low: str, line_start: int, line_end: int, start: int, end: int) -> bool:
    """Whether the words at ``[start, end)`` are whole words, at the place in the line asked for."""
    if _inside_word(low, start, end):
        return False
    if match == "in":
        return True
    if low[line_start:start].strip(FRONT_MARKS):
        return False
    return match == "start" or not low[end:line_end].strip(END_MARKS)


def _inside_word(low: str, start: int, end: int) -> bool:
    before = low[start - 1].isalnum() and low[start].isalnum() if start else False
    after = low[end].isalnum() and low[end - 1].isalnum() if end < len(low) else False
    return before or after


def lower(text: str) -> str:
    """Lower case, character by character, so that offsets hold where a capital has a longer small form."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)
