"""What an act is about: the words that depend on its trigger ("demanded that X *do Y*", "offered to *do Y*").

The triggers stand in ``knowledge/attribution/objects.csv``. A row's ``object`` tells how the words begin:
``plain`` (right after the trigger and its preposition), ``addressee`` (after the "to" or "that" which
follows whoever is spoken to) or ``verb`` (with the verb after a modal).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick

Span = tuple[int, int]

_LEAD = re.compile(r"[\s\"“”‘’'`,:-]*(?:(?:that|to|for|of|on|upon|over|about|not to)\b\s*)?[\s\"“‘`]*", re.I)
_MADE = re.compile(
    r"\W{0,3}(?:(?:[a-z]+ed|made|drawn|laid|put|set|led|sent|worked)(?: (?:up|forward|out|over))?"
    r"(?: by [^,.;:]{1,50}?)??|(?:is|was|were|are|has been|have been|had been)) (?=(?:to|for|that|of|on)\s)"
)
"""Who made an offer, and the verb of "the demand is that": what it was for stands behind."""
_TOLD = re.compile(
    r"\W*(?:(?:is|was|were|are|has|have been|had|will|would|could|may|might|did|does|came|comes|went|goes|led)\b"
    r"|(?:[a-z]+ed|made|drawn up|laid out|put|set out|put forward|sent) (?:by\b|forward\b))"
)
"""A verb of which the trigger, a noun, is the subject, or who made an offer and nothing behind: no object is there."""
_ON_A_DAY = (
    r"(?:in|on|by) (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:[A-Z][a-z]{2,8} )?(?:\d{1,2},? )?\d{4}"
    r"|[A-Z][a-z]{2,8} \d{1,2}),? "
)
"""The day of an act, before what it is about."""
_DAY = re.compile(rf"\s*{_ON_A_DAY}(?=to )")
"""The day of an offer, before what is offered: "proposed on March 10 to withdraw its ships"."""
_TO = re.compile(r"^[^.;:]{0,140}?\b(?:not\s+to|to|that)\s+(?=[a-z\"“])")
_FOR = re.compile(r"^[^.;:]{0,80}?\bfor\s+")
_SAID = r"(?:said|says|told|added|reported)\b"
_END = re.compile(
    r"(?=[;.,\s”\"])(?:"  # most letters begin none of these: looking ahead spares them every alternative
    r";|\.(?=\s|$)|\s+[–—-]\s+"
    r"|,\s+(?:but|while|which|who|saying|adding|according|although|though|after|as|he|she|they|it)\b"
    r"|,?\s+(?:in (?:exchange|return) for\b|(?:but|while|although)\s|(?:he|she|they|it)\s+" + _SAID + r")"
    r"|[,”\"]\s+(?:[\w.'’-]+\s+){1,8}" + _SAID + r")"
    r"|\b(?:if|unless|provided that|as long as|so long as)\b"
)
_TRIM = " \t\n\r\"“”‘’'`,.;:–—-"


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that open an object: ``type`` of the act, ``role`` of the term, how the object begins."""

    type: str
    role: str
    pattern: WordPattern
    object: str


@dataclass(frozen=True, slots=True)
class WordPattern:
    """A pattern of words, with a piece of each alternative: where a text holds none of them, nothing need be searched.

    Most patterns are in few sentences, and ``Hints`` looks for the pieces of many at once.
    """

    pattern: re.Pattern[str]
    pieces: tuple[str, ...]

    @classmethod
    def of(cls, words: str) -> WordPattern:
        """Alternatives between bars; a star at the end of a word stands for any ending."""
        alternatives = [part.strip() for part in words.split("|")]
        parts = [re.escape(part).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for part in alternatives]
        pieces = {max(re.split(r"[*\s]+", part.lower()), key=len) for part in alternatives}
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE)
        return cls(pattern, tuple(sorted(pieces)))

    def search(self, text: str) -> re.Match[str] | None:
        """Where the words stand first in a text."""
        return self.pattern.search(text)

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Where the words stand in a range of a text."""
        return self.pattern.finditer(text, start, end)


class Hints:
    """Says which of some patterns may be found in words, by one look for the pieces of all of them."""

    def __init__(self, patterns: Sequence[WordPattern]) -> None:
        found = [(piece, number) for number, pattern in enumerate(patterns) for piece in pattern.pieces]
        self._owner = [number for _, number in found]
        self._pieces = AhoCorasick([piece for piece, _ in found])

    def of(self, low: str) -> list[int]:
        """The numbers, in order, of the patterns that may be found in words that are given in lower case."""
        found = self._pieces.find_matches_as_indexes(low, overlapping=True)
        return sorted({self._owner[piece] for piece, _, _ in found})


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table in ``knowledge/attribution``."""
    table = files("communique.knowledge").joinpath("attribution", name)
    with table.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def triggers(event_type: str) -> tuple[Trigger, ...]:
    """The triggers of a type of act, in the order of the table."""
    own = (r for r in rows("objects.csv") if r["type"] == event_type)
    return tuple(Trigger(r["type"], r["role"], WordPattern.of(r["words"]), r["object"]) for r in own)


@cache
def _hints(event_type: str) -> Hints:
    return Hints([trigger.pattern for trigger in triggers(event_type)])


def objects(
    event_type: str, text: str, start: int, end: int, turn: Span | None = None
) -> Iterator[tuple[Trigger, Span]]:
    """The objects of the act's triggers in a range of the text, in the order of the page.

    Where one of the triggers holds the word that the act turns on, those before it tell other acts.
    """
    table = triggers(event_type)
    found = [
        (match.start(), match.end(), table[number])
        for number in _hints(event_type).of(text[start:end].lower())
        for match in table[number].pattern.finditer(text, start, end)
        if match[0] != "May"  # the month
    ]
    if turn and (own := [first for first, last, _ in found if first <= turn[0] < last]):
        found = [one for one in found if one[0] >= min(own)]
    for _, after, trigger in sorted(found, key=lambda item: (item[0], -item[1])):
        span = object_span(trigger.object, text, after, end)
        if span is not None:
            yield trigger, span


def object_span(kind: str, text: str, after: int, end: int) -> Span | None:
    """The words of an object that begins behind position ``after``; None where there are none."""
    rest = text[after:end]
    begin = 0
    if kind == "addressee":
        to = _TO.match(rest) or _FOR.match(rest)
        begin = to.end() if to else 0
    if begin == 0 and (made := _MADE.match(rest)):
        begin = made.end()
    if day := _DAY.match(rest, begin):
        begin = day.end()
    if kind != "verb" and _TOLD.match(rest, begin):
        return None
    lead = _LEAD.match(rest, begin)
    begin = lead.end() if lead else begin
    stop = _END.search(rest, min(len(rest), begin + 2))
    return trimmed(text, after + begin, after + (stop.start() if stop else len(rest)))


def object_end(text: str, start: int, limit: int) -> int:
    """Where an object ends that reaches to ``start`` at least, and to ``limit`` at most."""
    stop = _END.search(text, start, limit)
    return stop.start() if stop else limit


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The range without space and marks at either side; None where nothing is left."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return (start, end) if end - start > 2 else None
