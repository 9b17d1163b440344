"""What the markup of an HTML page says of each line: its elements, class words, links, and its like on the page."""

from __future__ import annotations

import zlib
from array import array
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
DESCRIBED = 120  # characters of a description that are compared
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
    if starts == lines.starts:
        return list(page.blocks)
    at = np.maximum(np.searchsorted(starts, lines.starts, side="right") - 1, 0)
    return [page.blocks[place] for place in at.tolist()]


def markup_features(
    page: Page, lines: Lines, blocks: list[Block], prose: Column, weights: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Columns ``NAMES``, one row a line. ``prose`` is 1 for lines of running text."""
    chars = np.asarray(lines.ends, dtype=float) - np.asarray(lines.starts)
    mass = prose * chars
    whole = max(float(mass.sum()), 1.0)
    group, chains = _groups(blocks)
    size = np.bincount(group)
    hinted = [column[group] for column in _hinted(chains, weights)]
    links = np.array([block.link_share for block in blocks])
    path = np.array(_numbers([tags for tags, _ in chains]))[group]
    shares = np.bincount(group, weights=mass)[group] / whole
    columns = [*hinted, links, *_headed(page, lines, group, chains)]
    columns += [shares, np.log1p(size[group]), np.bincount(group, weights=prose)[group] / size[group]]
    columns += [*_same(group), np.bincount(path, weights=mass)[path] / whole]
    for values, shifts in ((links, (-2, -1, 1, 2)), (hinted[0], (-1, 1)), (shares, (-1, 1))):
        columns += [_shift(values, by) for by in shifts]
    return np.concatenate([_elements(chains)[group], np.array(columns, dtype=np.float32).T], axis=1)


def _groups(blocks: list[Block]) -> tuple[NDArray[np.int64], list[Chain]]:
    """For each line the number of its chain of elements and class words, and the chains, each once.

    Lines of like elements share their tuples, so most are told by identity, without looking inside.
    """
    seen: dict[tuple[int, int], int] = {}
    known: dict[Chain, int] = {}
    numbers = []
    for _, _, tags, hints, _ in blocks:
        place = id(tags), id(hints)
        number = seen.get(place)
        if number is None:
            number = seen[place] = known.setdefault((tags, hints), len(known))
        numbers.append(number)
    return np.array(numbers, dtype=np.int64), list(known)


def _elements(chains: list[Chain]) -> NDArray[np.float32]:
    """A row a chain: flags for the innermost element and for those around it, and the depth."""
    rows = b"".join([_flags(tags) for tags, _ in chains])
    return np.frombuffer(rows, dtype=np.float32).reshape(len(chains), -1)


@lru_cache(maxsize=50_000)
def _flags(tags: tuple[str, ...]) -> bytes:
    """The row of a chain of elements, as the bytes of its numbers."""
    inner, around = tags[-1] if tags else "", set(tags)
    return array("f", [*map(inner.__eq__, INNER), *map(around.__contains__, OUTER), len(tags)]).tobytes()


def _hinted(chains: list[Chain], weights: NDArray[np.float32]) -> list[Column]:
    """What the learned table says of the class words: their sum, least, greatest and last; and whether it is hidden."""
    buckets: list[int] = []
    ends = []
    for tags, hints in chains:
        buckets += hint_buckets(tags, hints) or (0,)
        ends.append(len(buckets))
    found = weights[np.fromiter(buckets, np.int64, len(buckets))].astype(np.float64)
    firsts = np.array([0, *ends[:-1]])
    hidden = np.array(["hidden" in hints for _, hints in chains], dtype=float)
    sums = [measure.reduceat(found, firsts) for measure in (np.add, np.minimum, np.maximum)]
    return [*sums, found[np.array(ends) - 1], hidden]


def _headed(page: Page, lines: Lines, group: NDArray[np.int64], chains: list[Chain]) -> list[Column]:
    """How far below the first heading a line is, and whether it is the page's own description."""
    index = np.arange(len(group), dtype=float)
    heads = np.array(["h1" in tags for tags, _ in chains])[group].nonzero()[0]
    below = np.minimum(np.maximum(index - heads[0], -60), 100) if len(heads) else np.minimum(index, 100)
    described = np.zeros(len(group))
    told = (page.meta.get("og:description") or page.meta.get("meta:description") or "")[:DESCRIBED].strip().lower()
    if told:
        least = len(told) // 2  # a small letter may take more room than its capital
        same = [at for at, words in enumerate(lines.texts) if len(words) >= least and _head(words) == told]
        described[same] = 1.0
    return [below, np.full(len(group), float(len(heads) > 0)), described]


def _head(words: str) -> str:
    return words[:DESCRIBED].strip().lower()


def _numbers(keys: list[tuple[str, ...]]) -> list[int]:
    """A number for each key, the same for equal ones."""
    known: dict[tuple[str, ...], int] = {}
    return [known.setdefault(key, len(known)) for key in keys]


def _same(group: NDArray[np.int64]) -> list[Column]:
    """Whether the line before, and the line after, is of the same group."""
    same = group[1:] == group[:-1]
    return [np.concatenate(([0.0], same)), np.concatenate((same, [0.0]))]


def _shift(values: Column, by: int) -> Column:
    result = np.full(len(values), -1.0)
    if 0 < by < len(values):
        result[:-by] = values[by:]
    elif by < 0 and -by < len(values):
        result[-by:] = values[:by]
    return result
