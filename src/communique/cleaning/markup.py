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
Chain = tuple[tuple[str, ...], tuple[str, ...]]
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
MOST_KNOWN = 100_000


class _Buckets(dict[str, int]):
    """The bucket of each word met, told from other words by ``mark``; emptied when it holds too many."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark = mark

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST_KNOWN:
            self.clear()
        bucket = self[word] = zlib.crc32(f"{self.mark}{word}".encode()) % BUCKETS
        return bucket


_TAGS, _HINTS = _Buckets("<"), _Buckets("#")


def hint_buckets(tags: tuple[str, ...], hints: tuple[str, ...]) -> list[int]:
    """The buckets of a chain's elements and class words, the innermost last."""
    return [*map(_TAGS.__getitem__, tags[-4:]), *map(_HINTS.__getitem__, hints[-MOST_HINTS:])]


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
    group, chains = _groups(blocks)
    size = np.bincount(group)
    columns = [column[group] for column in _elements(chains)]
    hinted = [column[group] for column in _hinted(chains, weights)]
    links = np.array([block.link_share for block in blocks])
    path = np.array(_numbers([tags for tags, _ in chains]))[group]
    shares = np.bincount(group, weights=mass)[group] / max(mass.sum(), 1.0)
    columns += [*hinted, links, *_headed(page, lines, blocks)]
    columns += [shares, np.log1p(size[group]), np.bincount(group, weights=prose)[group] / size[group]]
    columns += [_same(group, 1), _same(group, -1), np.bincount(path, weights=mass)[path] / max(mass.sum(), 1.0)]
    for values, shifts in ((links, (-2, -1, 1, 2)), (hinted[0], (-1, 1)), (shares, (-1, 1))):
        columns += [_shift(values, by) for by in shifts]
    assert len(columns) == len(NAMES) and all(len(column) == count for column in columns)
    return np.ascontiguousarray(np.array(columns, dtype=np.float32).T)


def _groups(blocks: list[Block]) -> tuple[NDArray[np.int64], list[Chain]]:
    """For each line the number of its chain of elements and class words, and the chains, each once.

    Lines of like elements share their tuples, so most are told by identity, without looking inside.
    """
    seen: dict[tuple[int, int], int] = {}
    known: dict[Chain, int] = {}
    numbers = []
    for block in blocks:
        number = seen.get((id(block.tags), id(block.hints)))
        if number is None:
            number = known.setdefault((block.tags, block.hints), len(known))
            seen[id(block.tags), id(block.hints)] = number
        numbers.append(number)
    return np.array(numbers, dtype=np.int64), list(known)


def _elements(chains: list[Chain]) -> list[Column]:
    """Flags for the innermost element and for those around it, and the depth."""
    rows = np.array([_flags(tags) for tags, _ in chains], dtype=float)
    return list(rows.T)


@lru_cache(maxsize=50_000)
def _flags(tags: tuple[str, ...]) -> tuple[float, ...]:
    inner, around = tags[-1] if tags else "", set(tags)
    return (*(inner == tag for tag in INNER), *(tag in around for tag in OUTER), float(len(tags)))


def _hinted(chains: list[Chain], weights: NDArray[np.float32]) -> list[Column]:
    """What the learned table says of the class words: their sum, least, greatest and last; and whether it is hidden."""
    buckets: list[int] = []
    ends = []
    for tags, hints in chains:
        buckets += hint_buckets(tags, hints) or [0]
        ends.append(len(buckets))
    found = weights[buckets].astype(np.float64)
    firsts = np.array([0, *ends[:-1]])
    hidden = np.array(["hidden" in hints for _, hints in chains], dtype=float)
    sums = [measure.reduceat(found, firsts) for measure in (np.add, np.minimum, np.maximum)]
    return [*sums, found[np.array(ends) - 1], hidden]


def _headed(page: Page, lines: Lines, blocks: list[Block]) -> list[Column]:
    """How far below the first heading a line is, and whether it is the page's own description."""
    index = np.arange(len(blocks), dtype=float)
    heading = next((at for at, block in enumerate(blocks) if "h1" in block.tags), None)
    told = (page.meta.get("og:description") or page.meta.get("meta:description") or "")[:120].strip().lower()
    described = [bool(told) and words[:120].strip().lower() == told for words in lines.texts]
    below = np.clip(index - heading, -60, 100) if heading is not None else np.minimum(index, 100)
    return [below, np.full(len(blocks), float(heading is not None)), np.array(described, dtype=float)]


def _numbers(keys: list[tuple[str, ...]]) -> list[int]:
    """A number for each key, the same for equal ones."""
    known: dict[tuple[str, ...], int] = {}
    return [known.setdefault(key, len(known)) for key in keys]


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
