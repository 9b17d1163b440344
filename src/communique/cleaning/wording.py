"""What the words of each line say: hashed words and word pairs, weighed by a learned table.

A word's hash is a sum over its lower-case code points times powers of an odd number, so that
all words of a page are hashed in a few array operations. The table holds, for each of
``BUCKETS`` hashes, how much the word speaks for body (above 0) or furniture (below 0).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from communique.cleaning.characters import tables
from communique.cleaning.lines import Lines

BUCKETS = 1 << 17
LONGEST_WORD = 32
POWERS = np.power(np.uint64(1_000_003), np.arange(LONGEST_WORD, dtype=np.uint64))
MIX = np.uint64(0x9E3779B97F4A7C15)
APOSTROPHES = (0x27, 0x2019)
WORD_BITS = np.uint16(0b101)  # letters and digits


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page as arrays: hash, line, whether the first letter is a capital, and length.

    ``ids`` numbers the different words of the page from 0.
    """

    hashes: NDArray[np.uint64]
    line: NDArray[np.int64]
    capital: NDArray[np.bool_]
    lengths: NDArray[np.int64]
    ids: NDArray[np.int64]


@cache
def _lower() -> NDArray[np.uint64]:
    return tables()[1].astype(np.uint64)


def page_words(codes: NDArray[np.uint32], lines: Lines) -> Words:
    """All words of the lines, in order."""
    classes = tables()[0][codes]
    inside = (classes & WORD_BITS) != 0
    places = inside.nonzero()[0]
    if not len(places):
        empty = np.zeros(0, dtype=np.int64)
        return Words(empty.astype(np.uint64), empty, empty.astype(bool), empty, empty)
    first = np.concatenate(([0], (np.diff(places) > 1).nonzero()[0] + 1))
    starts = places[first]
    lengths = np.diff(np.append(first, len(places)))
    offset = np.minimum(places - np.repeat(starts, lengths), LONGEST_WORD - 1)
    hashes = np.add.reduceat(_lower()[codes[places]] * POWERS[offset], first)
    line = np.searchsorted(lines.bounds()[0], starts, side="right") - 1
    capital = (classes[starts] & np.uint16(2)) != 0
    return Words(hashes, np.maximum(line, 0), capital, lengths, _ids(hashes))


def _ids(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    """A number for each hash, the same for equal ones, in the order of the hashes."""
    order = np.argsort(hashes)
    ranked = hashes[order]
    ids = np.empty(len(hashes), dtype=np.int64)
    ids[order] = np.concatenate(([0], np.cumsum(ranked[1:] != ranked[:-1])))
    return ids


def buckets(words: Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The bucket and the line of every word, word pair, and first and last word of a line."""
    hashes, line = words.hashes, words.line
    same = line[1:] == line[:-1] if len(line) else np.zeros(0, dtype=bool)
    first = np.concatenate(([True], ~same)) if len(line) else np.zeros(0, dtype=bool)
    last = np.concatenate((~same, [True])) if len(line) else np.zeros(0, dtype=bool)
    pairs = (hashes[:-1] * np.uint64(31) + hashes[1:] * np.uint64(17))[same]
    keys = np.concatenate((hashes, pairs, hashes[first] + np.uint64(101), hashes[last] + np.uint64(202)))
    where = np.concatenate((line, line[1:][same], line[first], line[last]))
    return ((keys * MIX) >> np.uint64(47)).astype(np.int64), where
