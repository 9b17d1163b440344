"""What the second pass sees of each line: the first pass's word on it, on its neighbours, and on the page as a whole.

A line that the first pass doubts is told by its company: by where the sure body begins and ends, by
how sure the lines around it are, and by whether the sure body speaks of the same things.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from communique.cleaning.characters import code_points
from communique.cleaning.features import SHIFTS, WINDOWS, distances, shifted, windowed
from communique.cleaning.lines import Lines
from communique.cleaning.structure import bounded, found_shares, lines_with, run_features
from communique.cleaning.wording import Words, page_words

Column = NDArray[np.float64]
SURE = 0.5
FAR = 60.0
NAMES = (
    *("odds", "odds-3", "odds-2", "odds-1", "odds+1", "odds+2", "odds+3", "odds~2", "odds~5", "odds~12"),
    *("mass_before", "mass_after", "mass_share", "since_first", "until_last", "since_sure", "until_sure"),
    *("sure_share", "odds_mean", "odds_most", "run", "inside", "from_start", "to_end", "shared", "shared_long"),
)


def context_features(odds: Column, chars: Column, words: Words) -> NDArray[np.float32]:
    """Columns ``NAMES``, one row a line: ``odds`` are the first pass's chances, ``chars`` the lines' lengths."""
    count = len(odds)
    table = np.empty((len(NAMES), count), dtype=np.float32)
    mass = odds * chars
    total = max(float(mass.sum()), 1.0)
    before = mass.cumsum() - mass
    sure = odds > SURE
    table[0] = odds
    shifted(odds[np.newaxis], table[1:])
    windowed(odds[np.newaxis], table[1 + len(SHIFTS) :])
    around = 1 + len(SHIFTS) + len(WINDOWS)
    columns = [before / total, (total - before - mass) / total, mass / total, *_distances(sure)]
    table[around : around + len(columns)] = columns
    page = around + len(columns)
    table[page], table[page + 1], table[page + 2] = np.count_nonzero(sure) / count, odds.sum() / count, odds.max()
    table[page + 3 :] = [*run_features(np.where(sure, chars, 0.0), 2)[0], *_shared(words, sure)]
    return np.ascontiguousarray(table.T)


def line_context(lines: Lines, odds: Column, words: Words | None = None) -> NDArray[np.float32]:
    """``context_features`` of the lines of a page; ``words`` are its ``page_words``, where they are at hand."""
    starts, ends = lines.bounds()
    chars = (ends - starts).astype(np.float64)
    return context_features(odds, chars, words or page_words(code_points(lines.text), lines))


def _distances(sure: NDArray[np.bool_]) -> list[Column]:
    """How far each line is from the first and the last sure line, and from the nearest ones above and below."""
    count = len(sure)
    index = np.arange(count, dtype=np.float64)
    at = sure.nonzero()[0]
    first, last = (int(at[0]), int(at[-1])) if len(at) else (count, -1)
    columns = (index - first, last - index, *distances(at, index, FAR))
    return [bounded(column, -FAR, FAR) for column in columns]


def _shared(words: Words, sure: NDArray[np.bool_]) -> list[Column]:
    """The share of a line's words that other sure lines have as well."""
    count = len(sure)
    inside = sure.take(words.line)
    others = lines_with(words.ids[inside], words.line[inside], words.ids, count)
    return found_shares(words, others > inside, count)
