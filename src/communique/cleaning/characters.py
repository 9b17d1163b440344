"""Counts of character classes for all lines of a page at once.

Reading a page as an array of code points keeps this at array speed: one table look-up a
character, and a count of what is no plain letter.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from communique.cleaning.lines import Lines

if TYPE_CHECKING:
    from communique.cleaning.wording import Words

CLASSES = (
    "letter",
    "upper",
    "digit",
    "stop",
    "comma",
    "quote",
    "mark",
    "dash",
    "money",
    "link",
    "paren",
)
STOPS = ".!?…。！？"
QUOTES = "\"“”„«»‘’‚'"
MARKS = "|•·›»▶→►●◦‣▪×✓★"
TABLE_SIZE = 0x3100


@cache
def tables() -> tuple[NDArray[np.uint16], NDArray[np.uint32]]:
    """For each code point below 0x3100: its classes as bits, and its lower-case code point."""
    bits = np.zeros(TABLE_SIZE + 1, dtype=np.uint16)
    lower = np.arange(TABLE_SIZE + 1, dtype=np.uint32)
    for code in range(TABLE_SIZE):
        char = chr(code)
        bits[code] = _bits(char)
        small = char.lower()
        lower[code] = ord(small[0]) if small else code
    bits[TABLE_SIZE] = 1  # everything beyond counts as a letter
    return bits, lower


def _bits(char: str) -> int:
    kind = unicodedata.category(char)
    member = (
        kind[0] == "L" or kind[0] == "M",
        kind == "Lu",
        kind == "Nd",
        char in STOPS,
        char in ",;、，",
        char in QUOTES,
        char in MARKS,
        kind == "Pd",
        kind == "Sc" or char == "%",
        char in "@/©#_",
        char in "()[]",
    )
    return sum(1 << place for place, is_member in enumerate(member) if is_member)


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of a text, those beyond the tables as one."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.minimum(codes, TABLE_SIZE)


@cache
def _signs() -> tuple[NDArray[np.bool_], NDArray[np.uint8], NDArray[np.float64]]:
    """What a character is beside a letter: for each code point whether it is anything, and which sort of thing.

    Last, for each sort, 1 for each of ``CLASSES`` but the first that characters of this sort are in.
    """
    bits = tables()[0] >> np.uint16(1)
    kinds, sorts = np.unique(bits, return_inverse=True)
    members = (kinds[:, np.newaxis] >> np.arange(len(CLASSES) - 1, dtype=np.uint16)) & np.uint16(1)
    return bits != 0, sorts.astype(np.uint8), members.astype(np.float64)


def class_counts(codes: NDArray[np.uint32], lines: Lines, words: Words) -> dict[str, NDArray[np.float64]]:
    """How many characters of each class each line holds; ``words`` are the page's (``page_words``).

    Only what is no plain letter is looked at. Letters are what of the words is no digit.
    """
    telling, sorts, members = _signs()
    places = telling.take(codes, mode="clip").nonzero()[0]
    starts, ends = lines.bounds()
    held = places.searchsorted(ends) - places.searchsorted(starts)
    keys = np.arange(len(lines)).repeat(held) * len(members) + sorts.take(codes.take(places))
    found = np.bincount(keys, minlength=len(lines) * len(members)).reshape(len(lines), -1) @ members
    counts = dict(zip(CLASSES[1:], np.ascontiguousarray(found.T), strict=True))
    counts["letter"] = np.bincount(words.line, weights=words.lengths, minlength=len(lines)) - counts["digit"]
    return counts
