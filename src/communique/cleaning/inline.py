"""Furniture inside a line: dumps that hold a whole page in one line have adverts and notices amid the body's sentences.

Phrases of the furniture table with the effect ``cut`` take the sentence they stand in out of the body's
ranges; those with ``cut-words`` take only themselves, and what little stands before them at the line's start;
those with ``cut-brackets``, which begin with a bracket, take all up to where it closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.cleaning.furniture import Sign

Span = tuple[int, int]
SENTENCE_END = re.compile(r"[.!?…][”\"'’)\]]*\s+(?=[A-Z“\"‘(©])")
HEADER = 80
LONGEST = 700
CUTS = ("cut", "cut-words", "cut-brackets")
CLOSING = {"(": ")", "[": "]"}


def body_pieces(text: str, start: int, end: int, signs: Iterable[Sign]) -> list[Span]:
    """The ranges of ``[start, end)`` that are left when furniture inside is cut out; never empty ones."""
    cuts = sorted(_cut(text, start, end, sign) for sign in signs if sign.phrase.effect in CUTS)
    pieces, at = [], start
    for low, high in cuts:
        if low > at:
            pieces.append((at, low))
        at = max(at, high)
    if at < end:
        pieces.append((at, end))
    trimmed = (_trim(text, low, high) for low, high in pieces)
    return [piece for piece in trimmed if piece[1] - piece[0] > 1]


def _cut(text: str, start: int, end: int, sign: Sign) -> Span:
    """The range a phrase takes out: itself, its brackets, its sentence, or from the line's start where that is near."""
    if sign.phrase.effect == "cut-brackets":
        closed = text.find(CLOSING[text[sign.start]], sign.end, min(end, sign.start + LONGEST))
        return sign.start, closed + 1 or sign.start
    if sign.phrase.effect == "cut-words":
        return (start if sign.start - start < HEADER else sign.start), sign.end
    window = max(start, sign.start - LONGEST)
    low = window
    for match in SENTENCE_END.finditer(text, window, sign.start + 1):
        low = min(match.end(), sign.start)
    after = SENTENCE_END.search(text, max(sign.end - 2, sign.start), min(end, sign.end + LONGEST))
    return low, after.end() if after else min(end, sign.end + LONGEST)


def _trim(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
