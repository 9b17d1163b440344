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
from communique.cleaning.structure import structure_features
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
    columns = [own[name] for name in OWN]
    columns += place_features(own)
    columns += structure_features(own, words)
    columns += neighbour_features(own)
    return np.ascontiguousarray(np.array(columns, dtype=np.float32).T)


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
    counts = class_counts(codes, lines)
    per_line = np.bincount(words.line, minlength=count).astype(np.float64)
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
        "marks": counts["mark"].astype(float),
        "dashes": counts["dash"].astype(float),
        "money": counts["money"].astype(float),
        "links": counts["link"].astype(float),
        "parens": counts["paren"].astype(float),
        "capitals": np.bincount(words.line, weights=words.capital, minlength=count) / some,
        "word_length": np.bincount(words.line, weights=words.lengths, minlength=count) / some,
        "gap": np.minimum(lines.gaps, 5).astype(np.float64),
        "indent": np.minimum(lines.indents, 8).astype(np.float64),
    }
    own |= _ends(lines, codes)
    own |= _said(words, weights, count, some)
    own |= _recurrence(lines, recurring)
    own["gap_after"] = np.append(own["gap"][1:], 1.0)
    own["prose"] = ((per_line >= 12) & (counts["stop"] + counts["comma"] >= 1) & (own["capitals"] < 0.6)).astype(float)
    return own


def _ends(lines: Lines, codes: NDArray[np.uint32]) -> dict[str, NDArray[np.float64]]:
    """How each line begins and ends; up to two closing marks at its end are looked past."""
    starts, ends = lines.bounds()
    closing, stop, small = _end_tables()
    last = codes[ends - 1]
    for back in (2, 3):
        at = np.where(closing[last], np.maximum(ends - back, starts), ends - back + 1)
        last = np.where(closing[last], codes[at], last)
    return {
        "stop_end": stop[last].astype(float),
        "colon_end": (last == ord(":")).astype(float),
        "lower_start": small[codes[starts]].astype(float),
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
    scores = weights[bucket].astype(np.float64)
    total = np.bincount(line, weights=scores, minlength=count)
    low = np.zeros(count)
    np.minimum.at(low, line, scores)
    return {"said": np.clip(total, -30, 30), "said_mean": total / some, "said_low": low}


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


def place_features(own: dict[str, NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """Where each line stands on the page, and how far it is from prose."""
    count = len(own["chars"])
    index = np.arange(count, dtype=np.float64)
    prose_chars = own["prose"] * np.expm1(own["chars"])
    total = max(prose_chars.sum(), 1.0)
    before = np.cumsum(prose_chars) - prose_chars
    chars = np.cumsum(np.expm1(own["chars"]))
    place = [
        np.minimum(index, 300),
        index / count,
        np.minimum(count - index, 300),
        np.full(count, min(count, 1000.0)),
        chars / chars[-1],
        before / total,
        (total - before - prose_chars) / total,
        np.full(count, own["prose"].mean()),
    ]
    at = own["prose"].nonzero()[0]
    padded = np.concatenate(([-60], at, [count + 60])).astype(np.float64)
    last = padded[np.searchsorted(at, index, side="left")]
    following = padded[np.searchsorted(at, index, side="right") + 1]
    return [*place, np.minimum(index - last, 50), np.minimum(following - index, 50)]


def neighbour_features(own: dict[str, NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """The same of the lines around, one by one and over windows."""
    shifts = shifted(np.stack([own[name] for name in SHIFTED]))
    means = windowed(np.stack([own[name] for name in WINDOWED]))
    return [*shifts, *means]


def shifted(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each row of values, the values ``SHIFTS`` lines further on; -1 beyond the page."""
    kinds, count = values.shape
    reach = max(SHIFTS)
    padded = np.full((kinds, count + 2 * reach), -1.0)
    padded[:, reach : reach + count] = values
    views = [padded[:, reach + by : reach + by + count] for by in SHIFTS]
    return np.stack(views, axis=1).reshape(-1, count)


def windowed(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each row of values, the means over the lines up to each of ``WINDOWS`` away on either side."""
    kinds, count = values.shape
    running = np.zeros((kinds, count + 1))
    np.cumsum(values, axis=1, out=running[:, 1:])
    index = np.arange(count)
    columns = []
    for width in WINDOWS:
        low, high = np.maximum(index - width, 0), np.minimum(index + width + 1, count)
        columns.append((running[:, high] - running[:, low]) / (high - low))
    return np.stack(columns, axis=1).reshape(-1, count)
