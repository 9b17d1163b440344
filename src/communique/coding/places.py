"""The places that a sentence names, and the words beside each that may make it the place of an act.

The tables are ``knowledge/places/``. A name that they do not hold is a place only behind a word of place ("in Umm
Sarha", "the village of Umm Sarha"), and never what the page names as a person, a body or a people.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from communique.actor import Mention
from communique.coding.names import NOT_NAMES
from communique.knowledge import load_knowledge, tables
from communique.knowledge.knowledge import slug

Span = tuple[int, int]
LONGEST_BEFORE = 7
"""How many words may stand between a word of place and the name."""
SORTS = ("strike", "visit", "leave", "in", "at", "near", "into", "to", "from", "on", "of", "against", "by", "for")
"""The sorts of words of place, by what they say of the act."""
_REACH = 90
_MARKS = ',;:()"“”‘'
_ARTICLE = r"(?:al|el|as|ar|az|ash|at|ad|an)"
_NAME = re.compile(
    rf"[A-Z](?<!\w.)[^\W\d_]+(?:(?: |-|['’](?!s\b))(?:{_ARTICLE}-|al |el |de |of |du |la )?[A-Z][^\W\d_]+){{0,4}}"
)
"""A run of capitalised words; it begins with a set of letters, which is quickest to look for."""
_PREFIX = re.compile(rf"\b{_ARTICLE}-\Z")
_SEAT = re.compile(r"\b([A-Z]\w+)(?:['’]s)? capital\b(?!,? [A-Z])")
_LIST = re.compile(r",?(?: and| or|,)? (?:in |at |near )?(?:the )?(?:\w+(?:ern|by) )?(?:\w+ (?:of )?)?")
_UNKNOWN = frozenset({"in", "at", "near", "into", "of", "from", "to"})
_SAID_WHAT = frozenset({"at", "into", "of", "from", "to"})
_UNFIT = frozenset({"", "by", "for", "against", "leave"})
"""Words that no act's place follows, or hardly ever."""
_LONGEST_LIST = 40
_starts = attrgetter("start")


@cache
def _rows() -> list[dict[str, str]]:
    return [row for table in ("places.csv", "conflict.csv") for row in tables.records("places", table)]


@cache
def places() -> dict[str, str]:
    """Names of places with their kind: country, capital, city, region or site."""
    return {row["name"]: row["kind"] for row in _rows()}


@cache
def _countries() -> dict[str, str]:
    return {row["name"]: row["country"] for row in _rows()}


@cache
def towns() -> dict[str, str]:
    """The states that cities and regions lie in, by names of one word; without capitals, which stand for states."""
    lying = [r for r in _rows() if r["kind"] in ("city", "region") and r["country"]]
    return {r["name"]: r["country"] for r in lying if r["name"].isalpha()}


@cache
def words_for(meaning: str) -> frozenset[str]:
    """The words of ``knowledge/places/words.csv`` of one meaning."""
    rows = tables.records("places", "words.csv")
    return frozenset(word for row in rows if row["meaning"] == meaning for word in row["words"].split())


@cache
def _words_of_place() -> dict[str, str]:
    return {word: sort for sort in SORTS for word in words_for(sort)}


@cache
def _adjectives() -> dict[str, str]:
    return {adjective: code for code, adjective in load_knowledge().adjectives.items()}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place named from ``start`` to ``end``, behind a word of place: its kind and country by the tables.

    ``word`` is the sort of word of place before it ("in", "near", "strike"), ``before`` the word before that one.
    ``what`` says that a noun tells what it is ("the town of"), ``listed`` that it goes on a list of places, ``within``
    that it is part of a longer name ("Damascus University").
    """

    start: int
    end: int
    name: str
    kind: str
    country: str
    word: str
    before: str
    what: bool
    listed: bool
    within: bool


def spots(text: str, span: Span, mentions: Sequence[Mention]) -> list[Spot]:
    """The places named in a range of the page, in order; ``mentions`` are all of the page, in order."""
    found: list[Spot] = []
    inside: Sequence[Mention] | None = None
    for run in _NAME.finditer(text, *span):
        start = run.start() + _opening(run[0])
        if text[start - 1] == "-" and (prefix := _PREFIX.search(text, max(span[0], start - 4), start)):
            start = prefix.start()
        last = found[-1] if found and start - found[-1].end < _LONGEST_LIST else None
        if last and not _LIST.fullmatch(text, last.end, start):
            last = None
        if last or _may_follow(text, span[0], start):
            if inside is None:
                low = bisect_left(mentions, span[0], key=_starts)
                inside = mentions[low : bisect_left(mentions, span[1], low, key=_starts)]
            spot = _spot(text, max(span[0], start - _REACH), start, run.end(), last, inside)
            found += [spot] if spot else []
    if " capital" in text[span[0] : span[1]]:
        found += _seats(text, span)
    return found


def _opening(run: str) -> int:
    """How many characters of a capitalised run come before the name: "In" of "In Homs"."""
    skipped, space = 0, run.find(" ")
    while space > 0 and run[skipped:space].lower() in _leading():
        skipped, space = space + 1, run.find(" ", space + 1)
    return skipped


@cache
def _leading() -> frozenset[str]:
    return words_for("before") | _words_of_place().keys()


def _may_follow(text: str, low: int, start: int) -> bool:
    """Whether the word before a name is a word of place, or may stand behind one."""
    before = text[max(low, start - 24) : start].split()
    return bool(before) and (before[-1].lower() in _leading() or before[-1].endswith(("'s", "’s")))


def _spot(text: str, low: int, start: int, end: int, last: Spot | None, mentions: Sequence[Mention]) -> Spot | None:
    word, before, what = _place_words(text, low, start)
    if last and word in ("", "of"):
        word, before = last.word, last.before
    if word in _UNFIT:
        return None
    name = _in_table(text[start:end]) or text[start:end]
    known = name in places()
    if not known and not _said_to_be(name, word, what):
        return None
    stop = start + len(name)
    if _named_otherwise(start, stop, known, mentions):
        return None
    kind, country = (places()[name], _countries()[name]) if known else ("unknown", "")
    return Spot(start, stop, name, kind, country, word, before, what, last is not None, stop < end)


def _in_table(run: str) -> str | None:
    """The longest name of a place that begins a capitalised run."""
    table, end = places(), len(run)
    while end > 0:
        if run[:end] in table:
            return run[:end]
        end = max(run.rfind(" ", 0, end), run.rfind("-", 0, end), run.rfind("'", 0, end), run.rfind("’", 0, end))
    return None


def _said_to_be(name: str, word: str, what: bool) -> bool:
    """Whether a name that no table holds is a place by the words before it."""
    return word in _UNKNOWN and (what or word not in _SAID_WHAT) and _may_be_place(name)


def _may_be_place(name: str) -> bool:
    words = [word.lower() for word in re.split(r"[ -]", name)]
    if name.isupper() or slug(name) in _adjectives() or not words_for("never").isdisjoint(words):
        return False
    people, within = load_knowledge().surnames, words_for("within")
    return not any(word in people or (word in NOT_NAMES and word not in within) for word in words)


def _named_otherwise(start: int, end: int, known: bool, mentions: Sequence[Mention]) -> bool:
    """Whether the page means a person, a body or a people by these words."""
    for m in mentions:
        if m.start < end and start < m.end:
            if known and m.person is None:
                continue
            if not known or (m.name.endswith(m.person or "") and m.end == end and start > m.start):
                return True
    return False


def _place_words(text: str, low: int, start: int) -> tuple[str, str, bool]:
    """The sort of word of place before a name, the word before that, and whether a noun says what the place is."""
    tokens = text[low:start].lower().split()
    sorts, between, nouns = _words_of_place(), words_for("before"), words_for("what")
    what = False
    for back in range(1, min(len(tokens), LONGEST_BEFORE) + 1):
        token = tokens[-back]
        if token in sorts and (token != "of" or not _goes_on(tokens, back, nouns)):
            before = tokens[-back - 1].strip(_MARKS) if back < len(tokens) else ""
            return sorts[token], before, what or before in nouns
        what = what or token in nouns
        if token not in between and token.rstrip(",") not in between and not token.endswith(("'s", "’s")):
            break
        if token[-1] == "," and back == 1:
            break
    return "", "", False


def _goes_on(tokens: Sequence[str], back: int, nouns: frozenset[str]) -> bool:
    """Whether an "of" stands behind a noun of place, itself behind a word of place: "in the city of"."""
    return len(tokens) > back and tokens[-back - 1] in nouns


def _seats(text: str, span: Span) -> Iterator[Spot]:
    """Capitals named by their states: "in the Omani capital"."""
    for found in _SEAT.finditer(text, *span):
        country = _adjectives().get(slug(found[1])) or _countries().get(found[1])
        word, before, _ = _place_words(text, max(span[0], found.start() - _REACH), found.start())
        if country and word not in _UNFIT:
            yield Spot(found.start(), found.end(), found[0], "capital", country, word, before, False, False, False)
