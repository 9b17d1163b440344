"""Counts of character classes for all lines of a page at once.

Reading a page as an array of code points keeps this at array speed: one table look-up a
character, then differences of running sums at the line ends.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from communique.cleaning.lines import Lines

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
FIELD_BITS = 16
LONG_FIELD_BITS = 21  # for pages with a line of more characters than the other field can count


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
def _packed(width: int) -> tuple[NDArray[np.uint64], ...]:
    """For each code point a number with one bit in the field of each class; as many classes a table as fit."""
    bits = tables()[0].astype(np.uint64)
    fields = 64 // width
    packed = []
    for first in range(0, len(CLASSES), fields):
        table = np.zeros(TABLE_SIZE + 1, dtype=np.uint64)
        for place in range(first, min(first + fields, len(CLASSES))):
            table |= ((bits >> np.uint64(place)) & np.uint64(1)) << np.uint64((place - first) * width)
        packed.append(table)
    return tuple(packed)


def class_counts(codes: NDArray[np.uint32], lines: Lines) -> dict[str, NDArray[np.int64]]:
    """How many characters of each class each line holds.

    Several counts run side by side in the fields of one 64-bit sum; differences at the line ends are
    exact for lines of up to two million characters.
    """
    starts, ends = lines.bounds()
    width = FIELD_BITS if int((ends - starts).max(initial=0)) < 1 << FIELD_BITS else LONG_FIELD_BITS
    fields, mask = 64 // width, np.uint64((1 << width) - 1)
    counts = {}
    for number, table in enumerate(_packed(width)):
        running = np.zeros(len(codes) + 1, dtype=np.uint64)
        np.cumsum(table[codes], out=running[1:])
        sums = running[ends] - running[starts]
        for place, name in enumerate(CLASSES[number * fields : (number + 1) * fields]):
            field = (sums >> np.uint64(place * width)) & mask
            counts[name] = field.astype(np.int64)
    return counts
