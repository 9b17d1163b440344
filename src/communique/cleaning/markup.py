"""What the markup of an HTML page says of each line: its elements, class words, links, and its like on the page."""

from __future__ import annotations

import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from communique.cleaning.lines import Lines
from communique.cleaning.wording import BUCKETS
from communique.page import Block, Page

Column = NDArray[np.float64]
INNER = ("p", "li", "h1", "h2", "h3", "h4", "div", "td", "blockquote", "figcaption", "dd", "pre")
OUTER = (
    "article",
    "main",
    "section",
    "nav",
    "header",
    "footer",
    "aside",
    "figure",
    "form",
    "table",
    "ul",
    "blockquote",
)
NAMES = (
    *(f"is_{tag}" for tag in INNER),
    *(f"in_{tag}" for tag in OUTER),
    *("depth", "hinted", "hint_low", "hint_high", "hint_last", "hidden", "link_share", "after_h1", "h1_there"),
    *("is_description", "group_prose", "group_lines", "group_share", "same_before", "same_after", "path_prose"),
    *("link-2", "link-1", "link+1", "link+2", "hinted-1", "hinted+1", "group-1", "group+1"),
)
MOST_HINTS = 40


@lru_cache(maxsize=100_000)
def bucket_of(name: str) -> int:
    """The bucket of one element name or class word."""
    return zlib.crc32(name.encode()) % BUCKETS


def hint_buckets(tags: tuple[str, ...], hints: tuple[str, ...]) -> list[int]:
    """The buckets of a chain's elements and class words, the innermost last."""
    return [bucket_of(f"<{tag}") for tag in tags[-4:]] + [bucket_of(f"#{word}") for word in hints[-MOST_HINTS:]]


def blocks_of(page: Page, lines: Lines) -> list[Block]:
    """The block each line stands in."""
    starts = [block.start for block in page.blocks]
    at = np.maximum(np.searchsorted(starts, lines.starts, side="right") - 1, 0)
    return [page.blocks[place] for place in at.tolist()]


def markup_features(
    page: Page, lines: Lines, blocks: list[Block], prose: Column, weights: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Columns ``NAMES``, one row a line. ``prose`` is 1 for lines of running text."""
    count = len(lines)
    chars = np.asarray(lines.ends, dtype=float) - np.asarray(lines.starts)
    mass = prose * chars
    columns = _elements(blocks)
    hinted = _hinted(blocks, weights)
    links = np.array([block.link_share for block in blocks])
    group = _numbers([(block.tags, block.hints) for block in blocks])
    path = _numbers([block.tags for block in blocks])
    shares = np.bincount(group, weights=mass)[group] / max(mass.sum(), 1.0)
    columns += [*hinted, links, *_headed(page, lines, blocks)]
    columns += [
        shares,
        np.log1p(np.bincount(group)[group]),
        np.bincount(group, weights=prose)[group] / np.bincount(group)[group],
    ]
    columns += [_same(group, 1), _same(group, -1), np.bincount(path, weights=mass)[path] / max(mass.sum(), 1.0)]
    for values, shifts in ((links, (-2, -1, 1, 2)), (hinted[0], (-1, 1)), (shares, (-1, 1))):
        columns += [_shift(values, by) for by in shifts]
    assert len(columns) == len(NAMES) and all(len(column) == count for column in columns)
    return np.stack(columns, axis=1).astype(np.float32)


def _elements(blocks: list[Block]) -> list[Column]:
    """Flags for the innermost element and for those around it, and the depth."""
    rows = np.array([_flags(block.tags) for block in blocks], dtype=float)
    return list(rows.T)


@lru_cache(maxsize=50_000)
def _flags(tags: tuple[str, ...]) -> tuple[float, ...]:
    inner, around = tags[-1] if tags else "", set(tags)
    return (*(inner == tag for tag in INNER), *(tag in around for tag in OUTER), float(len(tags)))


def _hinted(blocks: list[Block], weights: NDArray[np.float32]) -> list[Column]:
    """What the learned table says of the class words: their sum, least, greatest and last; and whether it is hidden."""
    cache: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[float, ...]] = {}
    rows = []
    for block in blocks:
        key = (block.tags, block.hints)
        row = cache.get(key)
        if row is None:
            found = weights[hint_buckets(*key) or [0]].tolist()
            row = cache[key] = (sum(found), min(found), max(found), found[-1], float("hidden" in block.hints))
        rows.append(row)
    return list(np.array(rows).T)


def _headed(page: Page, lines: Lines, blocks: list[Block]) -> list[Column]:
    """How far below the first heading a line is, and whether it is the page's own description."""
    index = np.arange(len(blocks), dtype=float)
    heading = next((at for at, block in enumerate(blocks) if "h1" in block.tags), None)
    told = (page.meta.get("og:description") or page.meta.get("meta:description") or "")[:120].strip().lower()
    described = [bool(told) and lines.words(at)[:120].strip().lower() == told for at in range(len(blocks))]
    below = np.clip(index - heading, -60, 100) if heading is not None else np.minimum(index, 100)
    return [below, np.full(len(blocks), float(heading is not None)), np.array(described, dtype=float)]


def _numbers(keys: list[tuple[object, ...]]) -> NDArray[np.int64]:
    """A number for each key, the same for equal ones."""
    known: dict[tuple[object, ...], int] = {}
    return np.array([known.setdefault(key, len(known)) for key in keys], dtype=np.int64)


def _same(group: NDArray[np.int64], by: int) -> Column:
    """Whether the line before (``by`` 1) or after (-1) is of the same group."""
    other = np.roll(group, by)
    other[0 if by > 0 else -1] = -1
    return np.asarray(group == other, dtype=float)


def _shift(values: Column, by: int) -> Column:
    result = np.full(len(values), -1.0)
    if 0 < by < len(values):
        result[:-by] = values[by:]
    elif by < 0 and -by < len(values):
        result[-by:] = values[:by]
    return result
