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


def structure_features(own: dict[str, Column], words: Words) -> list[Column]:
    """Columns ``NAMES``, one value a line."""
    count = len(own["chars"])
    mass = own["prose"] * np.expm1(own["chars"])
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
    index = np.arange(count, dtype=np.float64)
    at = mass.nonzero()[0]
    if not len(at):
        nothing = np.zeros(count)
        return [nothing, nothing, np.full(count, -FAR), np.full(count, -FAR)], (0, count - 1)
    breaks = (np.diff(at) > gap + 1).nonzero()[0]
    firsts = at[np.concatenate(([0], breaks + 1))]
    lasts = at[np.concatenate((breaks, [len(at) - 1]))]
    running = np.concatenate(([0.0], np.cumsum(mass)))
    sizes = running[lasts + 1] - running[firsts]
    of = np.searchsorted(firsts, index, side="right") - 1
    within = (of >= 0) & (index <= lasts[np.maximum(of, 0)])
    share = np.where(within, sizes[np.maximum(of, 0)] / mass.sum(), 0.0)
    best = int(np.argmax(sizes))
    first, last = int(firsts[best]), int(lasts[best])
    inside = ((index >= first) & (index <= last)).astype(float)
    return [share, inside, bounded(index - first, -FAR, FAR), bounded(last - index, -FAR, FAR)], (first, last)


def title_features(words: Words, count: int) -> list[Column]:
    """How far a line repeats the first line, and how far below such a line it stands."""
    heavy = words.lengths >= 3
    told = np.zeros(len(words.ids) + 1, dtype=bool)
    head = int(np.searchsorted(words.line, 1, side="right"))
    told[words.ids[:head][heavy[:head]]] = True
    known = told[words.ids] & heavy
    total = np.bincount(words.line, weights=heavy, minlength=count)
    share = np.bincount(words.line, weights=known, minlength=count) / np.maximum(total, 1)
    index = np.arange(count, dtype=np.float64)
    titles = ((share >= 0.75) & (total >= 4) & (index > 1)).nonzero()[0]
    if not len(titles):
        return [share, np.minimum(index, 150), np.zeros(count)]
    return [share, bounded(index - titles[0], -100, 150), np.ones(count)]


def cohesion(words: Words, count: int, main: tuple[int, int]) -> list[Column]:
    """The share of a line's words that other lines of the largest run of prose have as well."""
    low, high = np.searchsorted(words.line, (main[0], main[1] + 1))
    inside = np.sort(words.ids[low:high] * count + words.line[low:high])
    if len(inside):
        inside = inside[np.concatenate(([True], inside[1:] != inside[:-1]))]
    others = np.bincount(inside // count, minlength=len(words.ids) + 1)[words.ids]
    others[low:high] -= 1
    return found_shares(words, others > 0, count)


def found_shares(words: Words, found: np.ndarray, count: int) -> list[np.ndarray]:
    """Of each of ``count`` lines the share of its words, and of its long words, that are marked ``found`` [words]."""
    columns = []
    for least in (1, LONG_WORD):
        heavy = words.lengths >= least
        total = np.bincount(words.line, weights=heavy, minlength=count)
        columns.append(np.bincount(words.line, weights=found & heavy, minlength=count) / np.maximum(total, 1))
    return columns
