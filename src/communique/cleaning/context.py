"""What the second pass sees of each line: the first pass's word on it, on its neighbours, and on the page as a whole.

A line that the first pass doubts is told by its company: by where the sure body begins and ends, by
how sure the lines around it are, and by whether the sure body speaks of the same things.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from communique.cleaning.characters import code_points
from communique.cleaning.features import shifted, windowed
from communique.cleaning.lines import Lines
from communique.cleaning.structure import found_shares, run_features
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
    mass = odds * chars
    total = max(float(mass.sum()), 1.0)
    before = np.cumsum(mass) - mass
    sure = odds > SURE
    columns = [odds, *shifted(odds[np.newaxis]), *windowed(odds[np.newaxis])]
    columns += [before / total, (total - before - mass) / total, mass / total, *_distances(sure)]
    columns += [np.full(count, value) for value in (sure.mean(), odds.mean(), odds.max())]
    columns += run_features(np.where(sure, chars, 0.0), 2)[0]
    columns += _shared(words, sure)
    return np.ascontiguousarray(np.array(columns, dtype=np.float32).T)


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
    first, last = (at[0], at[-1]) if len(at) else (count, -1)
    padded = np.concatenate(([-FAR], at, [count + FAR]))
    above = padded[np.searchsorted(at, index, side="left")]
    below = padded[np.searchsorted(at, index, side="right") + 1]
    columns = (index - first, last - index, index - above, below - index)
    return [np.clip(column, -FAR, FAR) for column in columns]


def _shared(words: Words, sure: NDArray[np.bool_]) -> list[Column]:
    """The share of a line's words that other sure lines have as well."""
    count = len(sure)
    inside = sure[words.line]
    pairs = np.sort(words.ids[inside] * count + words.line[inside])
    if len(pairs):
        pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))]
    others = np.bincount(pairs // count, minlength=len(words.ids) + 1)[words.ids] - inside
    return found_shares(words, others > 0, count)
