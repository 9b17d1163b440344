"""Cut the body of a page into sentences, as ranges of the page's text.

One pass over the places where a sentence could end; each is judged by the word before it and the
character after it. Linear in the text, whatever the text holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Span = tuple[int, int]

LONGEST = 700
"""A sentence longer than this many characters is cut again, at semicolons or else at spaces."""

# Full stops, or a mark standing apart as in tokenised text, with the quotes and brackets that close behind.
_STOP = re.compile(r"(?P<mark>[.!?…]{1,6})(?P<close>[\"”’'»)\]]{0,4})(?=\s|$)|(?<=\s)(?P<cjk>[。！？])|\n")
_APART = re.compile(r"[ \t]{1,3}([\"”’'»]|''|-RRB-|-RSB-)(?=\s|$)")
_LAST_WORD = re.compile(r"[^\s\"“”‘’'(\[«]{1,24}$")
_NEXT = re.compile(r"\s*(\S)")

# Words that end in a full stop and stand before a name or a number, so no sentence ends at them.
_TITLES = frozenset(
    """
    mr mrs ms dr prof gen lt col maj capt cmdr cpl sgt adm brig amb sen rep gov pres hon rev fr st mt ft no nos
    art sec pp vs v al messrs mlle mme msgr supt insp cf e.g i.e approx est fig vol ch dept spc pfc ret
    """.split()  # noqa: SIM905 - a word list reads better as prose
)
# Abbreviations that can also close a sentence: one ends there only if the next word looks like a beginning.
_OPEN_ENDED = frozenset(
    """
    u.s u.k u.n u.a.e e.u d.c u.s.a a.m p.m inc ltd co corp jr sr etc jan feb mar apr jun jul aug sep sept oct
    nov dec mon tue tues wed thu thurs fri sat sun bros
    """.split()  # noqa: SIM905 - a word list reads better as prose
)
_BEGINNERS = frozenset(
    """
    the a an he she it they we i you this that these those but and in on at after before when while if as his
    her their its our there here what who why how however meanwhile for from with no not some many both mr mrs
    """.split()  # noqa: SIM905 - a word list reads better as prose
)


def sentences(text: str, spans: Sequence[Span]) -> list[Span]:
    """The sentences inside the given ranges of the text, in order, without space at either side.

    A line may hold a whole article; no sentence crosses the end of a range or of a line. Closing
    quotation marks and brackets belong to the sentence they close. Every character that is not
    space lies in exactly one sentence.
    """
    return [piece for start, end in spans for found in _in_range(text, start, end) for piece in _short(text, *found)]


def _in_range(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.start() < begin or not _ends(text, stop, end):
            continue
        cut = _with_closers(text, begin, stop.end(), end)
        yield from _trimmed(text, begin, cut)
        begin = cut
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    if words.strip():
        yield start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _ends(text: str, stop: re.Match[str], end: int) -> bool:
    """Whether a sentence ends at this mark."""
    mark = stop["mark"]
    if mark is None:
        return True
    following = _NEXT.match(text, stop.end(), end)
    if following is None:
        return True
    first = following[1]
    if first.islower() or first in ",;:–—":
        return False
    if mark != ".":
        return True
    return not _abbreviates(text, stop, following.start(1), end)


def _abbreviates(text: str, stop: re.Match[str], following: int, end: int) -> bool:
    """Whether the full stop belongs to an abbreviation or an initial rather than to a sentence."""
    word = _LAST_WORD.search(text, max(0, stop.start() - 24), stop.start())
    if word is None or stop["close"]:
        return False
    bare = word[0].lower()
    if bare == "no":
        return text[following].isdigit()
    if bare in _TITLES:
        return True
    if bare in _OPEN_ENDED or re.fullmatch(r"(?:[a-z]\.){1,4}[a-z]", bare):
        after = re.match(r"[\"“‘(']*(\w+)", text[following : min(end, following + 30)])
        return after is None or after[1].lower() not in _BEGINNERS
    return len(word[0]) == 1 and word[0].isupper() and word[0] != "I"


def _with_closers(text: str, begin: int, cut: int, end: int) -> int:
    """Take in a closing quotation mark that tokenised text sets apart from the full stop."""
    apart = _APART.match(text, cut, end)
    if apart is None:
        return cut
    mark = apart[1]
    closes = mark in "”’»" or mark.startswith("-") or text.count(mark, begin, cut) % 2 == 1
    return apart.end() if closes else cut


def _short(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentence, or its pieces where it is longer than ``LONGEST``."""
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        at = max(window.rfind("; "), window.rfind(";\t"))
        cut = at + 1 if at > LONGEST // 4 else window.rfind(" ")
        cut = start + (cut if cut > 0 else LONGEST)
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)
