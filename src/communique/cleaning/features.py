"""What the classifier sees of each line of a page: its shape, its words, its place and its neighbours.

``line_features`` gives one row a line, columns as named in ``NAMES``. All of it is array
arithmetic over the page; nothing here looks at a site's name or at what a page is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from communique.cleaning.characters import TABLE_SIZE, class_counts, code_points
from communique.cleaning.lines import Lines
from communique.cleaning.structure import NAMES as STRUCTURE
from communique.cleaning.structure import bounded, structure_features
from communique.cleaning.wording import Words, buckets, page_words

Matrix = NDArray[np.float32]
OWN = (
    *("chars", "words", "letters", "upper", "digits", "stops", "stop_end", "commas", "quotes", "colon_end", "marks"),
    *("dashes", "money", "links", "parens", "lower_start", "capitals", "word_length", "said", "said_mean", "said_low"),
    *("gap", "gap_after", "indent", "repeats", "prose", "siblings"),
)
PLACE = (
    *("index", "share_before", "from_end", "lines", "chars_before", "prose_before", "prose_after", "prose_share"),
    *("last_prose", "next_prose"),
)
SHIFTED = ("chars", "stop_end", "said", "capitals", "prose", "marks", "gap", "commas")
SHIFTS = (-3, -2, -1, 1, 2, 3)
WINDOWS = (2, 5, 12)
CLOSING = "”’\"')] \u00a0"
WINDOWED = ("chars", "said", "prose", "capitals")
NAMES = (
    *OWN,
    *PLACE,
    *STRUCTURE,
    *(f"{name}{shift:+d}" for name in SHIFTED for shift in SHIFTS),
    *(f"{name}~{width}" for name in WINDOWED for width in WINDOWS),
)


def line_features(lines: Lines, weights: NDArray[np.float32], recurring: Mapping[str, int] | None = None) -> Matrix:
    """One row a line, columns ``NAMES``. ``recurring`` counts, for a line's key, the sibling pages that have it."""
    codes = code_points(lines.text)
    return features_of(lines, codes, page_words(codes, lines), weights, recurring)


def features_of(
    lines: Lines,
    codes: NDArray[np.uint32],
    words: Words,
    weights: NDArray[np.float32],
    recurring: Mapping[str, int] | None,
) -> Matrix:
    """``line_features`` of a page whose code points and words are at hand."""
    own = own_features(lines, codes, words, weights, recurring)
    grown = np.expm1(own["chars"])
    columns = [own[name] for name in OWN]
    columns += place_features(own["prose"], grown)
    columns += structure_features(own["prose"] * grown, words)
    table = np.empty((len(NAMES), len(lines)), dtype=np.float32)
    around = len(columns)
    table[:around] = columns
    shifted(np.array([own[name] for name in SHIFTED]), table[around:])
    windowed(np.array([own[name] for name in WINDOWED]), table[around + len(SHIFTED) * len(SHIFTS) :])
    return np.ascontiguousarray(table.T)


def own_features(
    lines: Lines,
    codes: NDArray[np.uint32],
    words: Words,
    weights: NDArray[np.float32],
    recurring: Mapping[str, int] | None,
) -> dict[str, NDArray[np.float64]]:
    """What each line is by itself."""
    count = len(lines)
    starts, ends = lines.bounds()
    chars = (ends - starts).astype(np.float64)
    counts = class_counts(codes, lines, words)
    per_line = words.counts.astype(np.float64)
    some = np.maximum(per_line, 1)
    own: dict[str, NDArray[np.float64]] = {
        "chars": np.log1p(chars),
        "words": per_line,
        "letters": counts["letter"] / chars,
        "upper": counts["upper"] / np.maximum(counts["letter"], 1),
        "digits": counts["digit"] / chars,
        "stops": np.minimum(counts["stop"], 20),
        "commas": np.minimum(counts["comma"], 20),
        "quotes": np.minimum(counts["quote"], 10),
        "marks": counts["mark"],
        "dashes": counts["dash"],
        "money": counts["money"],
        "links": counts["link"],
        "parens": counts["paren"],
        "capitals": np.bincount(words.line[words.capital], minlength=count) / some,
        "word_length": (counts["letter"] + counts["digit"]) / some,
        "gap": np.minimum(np.array(lines.gaps, dtype=np.float64), 5),
        "indent": np.minimum(np.array(lines.indents, dtype=np.float64), 8),
    }
    own |= _ends(lines, codes)
    own |= _said(words, weights, count, some)
    own |= _recurrence(lines, recurring)
    own["gap_after"] = np.ones(count)
    own["gap_after"][:-1] = own["gap"][1:]
    own["prose"] = ((per_line >= 12) & (counts["stop"] + counts["comma"] >= 1) & (own["capitals"] < 0.6)).astype(float)
    return own


def _ends(lines: Lines, codes: NDArray[np.uint32]) -> dict[str, NDArray[np.float64]]:
    """How each line begins and ends; up to two closing marks at its end are looked past."""
    starts, ends = lines.bounds()
    closing, stop, small = _end_tables()
    last = codes.take(ends - 1)
    for back in (2, 3):
        closed = closing.take(last).nonzero()[0]
        if len(closed):
            last[closed] = codes.take(np.maximum(ends[closed] - back, starts[closed]))
    return {
        "stop_end": stop.take(last).astype(float),
        "colon_end": (last == ord(":")).astype(float),
        "lower_start": small.take(codes.take(starts)).astype(float),
    }


@cache
def _end_tables() -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """For each code point: whether it closes a quotation, ends a sentence, and is a small letter."""
    chars = [chr(code) for code in range(TABLE_SIZE)] + [" "]
    closing = np.array([char in CLOSING for char in chars])
    stop = np.array([char in ".!?…。" for char in chars])
    return closing, stop, np.array([char.islower() for char in chars])


def _said(
    words: Words, weights: NDArray[np.float32], count: int, some: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    """What the learned table says of each line's words: sum, mean, and the most furniture-like word."""
    bucket, line = buckets(words)
    scores = weights.take(bucket).astype(np.float64)
    total = np.asarray(np.bincount(line, weights=scores, minlength=count), dtype=np.float64)
    low = np.zeros(count)
    np.minimum.at(low, line, scores)
    return {"said": bounded(total, -30, 30), "said_mean": total / some, "said_low": low}


def line_key(words: str) -> str:
    """What counts as the same line on another page: lower case, digits and space levelled."""
    return "".join("0" if char.isdigit() else char for char in words.lower() if not char.isspace())[:200]


def _recurrence(lines: Lines, recurring: Mapping[str, int] | None) -> dict[str, NDArray[np.float64]]:
    """How often a line stands on its own page, and on how many sibling pages (-1: none at hand)."""
    keys = lines.texts
    seen = Counter(keys)
    repeats = np.minimum(np.fromiter(map(seen.__getitem__, keys), float, len(keys)), 5)
    if recurring is None:
        return {"repeats": repeats, "siblings": np.full(len(keys), -1.0)}
    return {
        "repeats": repeats,
        "siblings": np.array([min(recurring.get(line_key(key), 0), 3) for key in keys], dtype=float),
    }


def place_features(prose: NDArray[np.float64], chars: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Where each line stands on the page, and how far it is from prose; ``chars`` are the lines' lengths."""
    count = len(prose)
    index = np.arange(count, dtype=np.float64)
    mass = prose * chars
    total = max(mass.sum(), 1.0)
    before = mass.cumsum() - mass
    through = chars.cumsum()
    place = [
        np.minimum(index, 300),
        index / count,
        np.minimum(count - index, 300),
        np.full(count, min(count, 1000.0)),
        through / through[-1],
        before / total,
        (total - before - mass) / total,
        np.full(count, prose.sum() / count),
    ]
    above, below = distances(prose.nonzero()[0], index, 60)
    return [*place, np.minimum(above, 50), np.minimum(below, 50)]


def distances(at: NDArray[np.int64], index: NDArray[np.float64], beyond: float) -> list[NDArray[np.float64]]:
    """How far the nearest of some lines is above and below each line; ``beyond`` the page where there is none."""
    padded = np.empty(len(at) + 2)
    padded[0], padded[1:-1], padded[-1] = -beyond, at, len(index) + beyond
    above = padded.take(at.searchsorted(index, side="left"))
    below = padded.take(at.searchsorted(index, side="right") + 1)
    return [index - above, below - index]


def shifted(values: NDArray[np.float64], out: NDArray[np.floating]) -> None:
    """To the first rows of ``out``, for each row of values, those ``SHIFTS`` lines further on; -1 beyond the page."""
    kinds, count = values.shape
    reach = max(SHIFTS)
    padded = np.full((kinds, count + 2 * reach), -1.0)
    padded[:, reach : reach + count] = values
    for place, by in enumerate(SHIFTS):
        out[place : kinds * len(SHIFTS) : len(SHIFTS)] = padded[:, reach + by : reach + by + count]


def windowed(values: NDArray[np.float64], out: NDArray[np.floating]) -> None:
    """To the first rows of ``out``, for each row of values, the means over the lines up to ``WINDOWS`` away."""
    kinds, count = values.shape
    reach = max(WINDOWS)
    running = np.zeros((kinds + 1, count + 2 * reach + 1))
    sums = running[:, reach : reach + count + 1]
    sums[kinds] = np.arange(count + 1)  # how many lines there are
    values.cumsum(axis=1, out=sums[:kinds, 1:])
    running[:, reach + count + 1 :] = sums[:, -1:]
    for place, width in enumerate(WINDOWS):
        high = running[:, reach + width + 1 : reach + width + 1 + count]
        held = high - running[:, reach - width : reach - width + count]
        out[place : kinds * len(WINDOWS) : len(WINDOWS)] = held[:kinds] / held[kinds]
