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
STRETCH = 1 << 16
"""Characters of a page over which powers go on; then they begin anew."""
BASE = 1_000_003
POWERS = np.power(np.uint64(BASE), np.arange(STRETCH, dtype=np.uint64))
BACK = np.power(np.uint64(pow(BASE, -1, 1 << 64)), np.arange(STRETCH, dtype=np.uint64))
"""What takes a power back: an odd number has an inverse among the numbers of 64 bits."""
MIX = np.uint64(0x9E3779B97F4A7C15)
APOSTROPHES = (0x27, 0x2019)
WORD_BITS = np.uint16(0b101)  # letters and digits
UPPER_BIT = np.uint16(0b10)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page as arrays: hash, line, whether the first letter is a capital, and length.

    ``ids`` numbers the different words of the page from 0; ``counts`` says how many words each line has.
    """

    hashes: NDArray[np.uint64]
    line: NDArray[np.int64]
    capital: NDArray[np.bool_]
    lengths: NDArray[np.int64]
    ids: NDArray[np.int64]
    counts: NDArray[np.int64]


@cache
def _tables() -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.uint64]]:
    """For each code point: whether it is of a word, whether it is a capital, and its lower-case code point."""
    bits, lower = tables()
    return (bits & WORD_BITS) != 0, (bits & UPPER_BIT) != 0, lower.astype(np.uint64)


def page_words(codes: NDArray[np.uint32], lines: Lines) -> Words:
    """All words of the lines, in order."""
    of_word, upper, _ = _tables()
    inside = np.zeros(len(codes) + 2, dtype=bool)
    of_word.take(codes, out=inside[1:-1], mode="clip")
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    starts, ends = edges[::2], edges[1::2]
    hashes = _hashes(codes, edges)
    count = len(lines)
    firsts = np.empty(count + 1, dtype=np.int64)
    firsts[:count] = starts.searchsorted(lines.bounds()[0])
    firsts[count] = len(starts)
    counts = firsts[1:] - firsts[:-1]
    line = np.arange(count).repeat(counts)
    return Words(hashes, line, upper.take(codes.take(starts)), ends - starts, _ids(hashes), counts)


def _hashes(codes: NDArray[np.uint32], edges: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The hash of each word between two edges; letters beyond ``LONGEST_WORD`` count as if all stood there.

    Letters are weighed by the powers of their places on the page, which is one product for all of them; a word's
    sum is then taken back to the page's beginning.
    """
    if not len(edges):
        return np.zeros(0, dtype=np.uint64)
    count = len(codes)
    running = np.zeros(count + 1, dtype=np.uint64)
    powers = POWERS[:count] if count <= STRETCH else np.resize(POWERS, count)
    np.multiply(_tables()[2].take(codes), powers).cumsum(out=running[1:])
    starts, ends = edges[::2], edges[1::2]
    hashes = (running.take(ends) - running.take(starts)) * BACK.take(starts & (STRETCH - 1))
    odd = ends - starts > LONGEST_WORD
    if count > STRETCH:
        odd |= starts // STRETCH != (ends - 1) // STRETCH
    if odd.any():
        hashes[odd] = _one_by_one(codes, starts[odd], ends[odd])
    return hashes


def _one_by_one(codes: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The hashes of words that are long, or stand where powers begin anew."""
    lengths = ends - starts
    firsts = lengths.cumsum() - lengths
    offset = np.arange(lengths.sum()) - firsts.repeat(lengths)
    letters = _tables()[2][codes[starts.repeat(lengths) + offset]]
    return np.add.reduceat(letters * POWERS[np.minimum(offset, LONGEST_WORD - 1)], firsts)


def _ids(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    """A number for each hash, the same for equal ones, in the order of the hashes."""
    order = hashes.argsort()
    ranked = hashes.take(order)
    rank = np.zeros(len(hashes), dtype=np.int64)
    (ranked[1:] != ranked[:-1]).cumsum(out=rank[1:])
    ids = np.empty(len(hashes), dtype=np.int64)
    ids[order] = rank
    return ids


def buckets(words: Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The bucket and the line of every word, word pair, and first and last word of a line."""
    hashes, line = words.hashes, words.line
    some = words.counts.nonzero()[0]
    last = words.counts[some].cumsum() - 1
    first = last + 1 - words.counts[some]
    same = np.ones(len(line), dtype=bool)
    same[first] = False
    follows = same.nonzero()[0]
    pairs = hashes[follows - 1] * np.uint64(31) + hashes[follows] * np.uint64(17)
    keys = np.concatenate((hashes, pairs, hashes[first] + np.uint64(101), hashes[last] + np.uint64(202)))
    keys *= MIX
    keys >>= np.uint64(47)
    return keys.view(np.int64), np.concatenate((line, line[follows], some, some))
