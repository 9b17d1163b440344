"""How each line stands to the page as a whole: to its largest run of prose, its title, and its vocabulary."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from communique.cleaning.wording import Words

Column = NDArray[np.float64]
GAPS = (2, 6)
NAMES = (
    *(f"{name}|{gap}" for gap in GAPS for name in ("run", "inside", "from_start", "to_end")),
    *("titled", "since_title", "title_there", "cohesion", "cohesion_long"),
)
FAR = 40.0
LONG_WORD = 5


def structure_features(mass: Column, words: Words) -> list[Column]:
    """Columns ``NAMES``, one value a line; ``mass`` is the length of each line of prose, 0 for others."""
    count = len(mass)
    columns: list[Column] = []
    main = (0, count - 1)
    for gap in GAPS:
        found, main = run_features(mass, gap)
        columns += found
    columns += title_features(words, count)
    return [*columns, *cohesion(words, count, main)]


def bounded(values: Column, least: float, most: float) -> Column:
    """The values, none below ``least`` or above ``most``; on arrays of a page this is sooner than ``np.clip``."""
    return np.minimum(np.maximum(values, least), most)


def run_features(mass: Column, gap: int) -> tuple[list[Column], tuple[int, int]]:
    """Runs of prose with at most ``gap`` other lines between.

    Gives the share of the page's prose in the run a line is in, where it stands to the largest, and that run.
    """
    count = len(mass)
    share, inside = np.zeros(count), np.zeros(count)
    at = mass.nonzero()[0]
    if not len(at):
        return [share, inside, np.full(count, -FAR), np.full(count, -FAR)], (0, count - 1)
    breaks = ((at[1:] - at[:-1]) > gap + 1).nonzero()[0].tolist()
    running = np.zeros(count + 1)
    mass.cumsum(out=running[1:])
    total = float(mass.sum())
    largest, first, last = 0.0, 0, -1
    for head, tail in zip((0, *(at_break + 1 for at_break in breaks)), (*breaks, len(at) - 1), strict=True):
        begins, ends = int(at[head]), int(at[tail])
        size = float(running[ends + 1] - running[begins])
        share[begins : ends + 1] = size / total
        if size > largest or last < 0:
            largest, first, last = size, begins, ends
    inside[first : last + 1] = 1.0
    index = np.arange(count, dtype=np.float64)
    return [share, inside, bounded(index - first, -FAR, FAR), bounded(last - index, -FAR, FAR)], (first, last)


def title_features(words: Words, count: int) -> list[Column]:
    """How far a line repeats the first line, and how far below such a line it stands."""
    heavy = words.lengths >= 3
    told = np.zeros(len(words.ids) + 1, dtype=bool)
    head = int(words.counts[:2].sum())
    told[words.ids[:head][heavy[:head]]] = True
    known = told.take(words.ids) & heavy
    total = np.bincount(words.line[heavy], minlength=count)
    share = np.bincount(words.line[known], minlength=count) / np.maximum(total, 1)
    index = np.arange(count, dtype=np.float64)
    titles = ((share >= 0.75) & (total >= 4) & (index > 1)).nonzero()[0]
    if not len(titles):
        return [share, np.minimum(index, 150), np.zeros(count)]
    return [share, bounded(index - titles[0], -100, 150), np.ones(count)]


def cohesion(words: Words, count: int, main: tuple[int, int]) -> list[Column]:
    """The share of a line's words that other lines of the largest run of prose have as well."""
    low = int(words.counts[: main[0]].sum())
    high = low + int(words.counts[main[0] : main[1] + 1].sum())
    others = lines_with(words.ids[low:high], words.line[low:high], words.ids, count)
    others[low:high] -= 1
    return found_shares(words, others > 0, count)


def lines_with(
    ids: NDArray[np.int64], line: NDArray[np.int64], asked: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """For each word ``asked``, in how many lines of those given it stands: word ``ids`` and their ``line``."""
    pairs = ids * count + line
    pairs.sort()
    fresh = np.ones(len(pairs), dtype=bool)
    np.not_equal(pairs[1:], pairs[:-1], out=fresh[1:])
    return np.bincount(pairs[fresh] // count, minlength=len(asked) + 1).take(asked)


def found_shares(words: Words, found: np.ndarray, count: int) -> list[np.ndarray]:
    """Of each of ``count`` lines the share of its words, and of its long words, that are marked ``found`` [words]."""
    heavy = words.lengths >= LONG_WORD
    line = words.line
    totals = (words.counts, np.bincount(line[heavy], minlength=count))
    held = (np.bincount(line[of], minlength=count) for of in (found, found & heavy))
    return [some / np.maximum(total, 1) for some, total in zip(held, totals, strict=True)]
