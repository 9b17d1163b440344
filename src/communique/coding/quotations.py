"""Quotations: the ranges of a text that stand between quotation marks, over sentences and lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

Span = tuple[int, int]

LONGEST = 3000
"""A quotation that does not close within this many characters is taken to end with its sentence."""

_MARK = re.compile(r"“|”|«|»|\"|''|``")
"""Spelt out, as a search for single letters at which one may begin is quicker than one for a set or two letters."""


_PAIRS = {"“": "”", "«": "»", '"': '"', "``": "''", "''": "''"}


def quotations(text: str, sentences: Sequence[Span]) -> list[Span]:
    """The ranges between quotation marks, marks included, in order.

    Straight marks open and close by turns within the sentences given; a mark that opens inside an open
    quotation (as at the head of each paragraph of a long one) changes nothing.
    """
    found: list[Span] = []
    opened: int | None = None
    for start, end in sentences:
        for mark in _MARK.finditer(text, start, end):
            if opened is not None and mark.start() - opened > LONGEST:
                opened = None
            if opened is None:
                opened = mark.start() if _opens(text, mark, start, end) else None
            elif _closes(text, mark, text[opened], start, end):
                found.append((opened, mark.end()))
                opened = None
    return found


def _sides(text: str, mark: re.Match[str], start: int, end: int) -> tuple[bool, bool]:
    """Whether the mark touches a word before it and behind it."""
    before = mark.start() > start and not text[mark.start() - 1].isspace() and text[mark.start() - 1] not in "([—–-"
    after = mark.end() < end and not text[mark.end()].isspace() and text[mark.end()] not in ",.;:!?)]"
    return before, after


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark opens a quotation, by its shape, else by the space and the comma around it."""
    if mark[0] in ("”", "»", "''"):
        return False
    before, after = _sides(text, mark, start, end)
    if mark[0] == '"' and before != after:
        return after
    return mark[0] != '"' or not text[max(start, mark.start() - 3) : mark.start()].rstrip().endswith(",")


def _closes(text: str, mark: re.Match[str], opener: str, start: int, end: int) -> bool:
    if mark[0] != _PAIRS.get(opener, "''"):
        return False
    before, after = _sides(text, mark, start, end)
    return mark[0] != '"' or before or not after
