"""Acts by month as a picture: one small mark an act, heaped over its month (or day), colour by group."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from communique.web.pictures.svg import element, joined, num, picture, text, title
from communique.web.wording import day, plural

WIDTH, HEIGHT, FOOT, SIDE = 1000.0, 300.0, 34.0, 8.0
MOST = 20_000  # marks; beyond, one mark stands for several acts
LEAST = 100.0  # the height of the lowest picture
LARGEST, NARROWEST = 12.0, 4.0
GROUPS = ("bargaining", "talk", "deeds")
Bin = Mapping[str, Any]
Counted = tuple[str, int, tuple[tuple[str, int], ...]]  # a bin's name, acts, and acts of each group


@dataclass(frozen=True, slots=True)
class Column:
    """How every month is drawn: width, size of a mark, acts that a mark stands for, and where the picture begins."""

    width: float
    size: float
    each: int
    top: float

    @property
    def row(self) -> int:
        """How many marks stand side by side."""
        return max(1, int(self.width / self.size))


def months(bins: Sequence[Bin], query: Mapping[str, str]) -> Markup:
    """The picture; each month is a link that narrows the time line to it, keeping the rest of ``query``."""
    counted = tuple((b["bin"], b["acts"], tuple(b["groups"].items())) for b in bins)
    return _months(counted, tuple(query.items())) if bins else Markup("")


@lru_cache(32)
def _months(counted: tuple[Counted, ...], asked: tuple[tuple[str, str], ...]) -> Markup:
    """The picture, kept: it takes longer to draw than all else of its page."""
    query = dict(asked)
    bins: list[Bin] = [{"bin": name, "acts": acts, "groups": dict(groups)} for name, acts, groups in counted]
    each = acts_a_mark(bins)
    width = max(NARROWEST, (WIDTH - 2 * SIDE) / len(bins))
    size = mark_size(width, max(_marks(b, each) for b in bins))
    top = min(HEIGHT - LEAST, _empty(bins, width, size, each))
    column = Column(width, size, each, top)
    wide = 2 * SIDE + width * len(bins)
    drawn = [_column(b, SIDE + n * width, column, query) for n, b in enumerate(bins)]
    parts = (_base(wide), joined(drawn), joined(_labels([b["bin"] for b in bins], width)))
    said = f"Acts over time, one mark for {plural(each, 'act')}"
    image = picture(wide, HEIGHT + FOOT, said, *parts, class_="picture months", top=top)
    region = element("div", image, class_="scroll", tabindex="0", role="region", aria_label="Picture of the time line")
    note = f"One mark stands for {plural(each, 'act')}."
    return element("div", region, element("p", note, class_="note"), class_="brush")


def acts_a_mark(bins: Sequence[Bin]) -> int:
    """How many acts one mark stands for, so that no more than MOST are drawn."""
    acts: int = sum(b["acts"] for b in bins)
    return max(1, math.ceil(acts / MOST))


def _marks(bin_: Bin, each: int) -> int:
    return sum(math.ceil(n / each) for n in bin_["groups"].values())


def _empty(bins: Sequence[Bin], column: float, size: float, each: int) -> float:
    """How much of the picture's height no mark reaches."""
    rows = math.ceil(max(_marks(b, each) for b in bins) / max(1, int(column / size)))
    return max(0.0, HEIGHT - rows * size - 16)


def mark_size(column: float, most: int) -> float:
    """The largest size at which ``most`` marks, in rows as wide as a column, are no higher than the picture."""
    size = min(LARGEST, column)
    while size > 0.5 and math.ceil(most / max(1, int(column / size))) * size > HEIGHT - 10:
        size *= 0.94
    return size


def _base(wide: float) -> Markup:
    return element("line", x1=0.0, x2=wide, y1=HEIGHT, y2=HEIGHT, class_="lane")


def _column(bin_: Bin, x: float, column: Column, query: Mapping[str, str]) -> Markup:
    """A month's marks, and over them a link as wide as the month."""
    name = bin_["bin"]
    parts = ", ".join(f"{bin_['groups'][g]:,} {g}" for g in GROUPS if bin_["groups"].get(g))
    said = f"{day(name)}: {plural(bin_['acts'], 'act')}" + (f" ({parts})" if parts else "")
    height = HEIGHT - column.top
    cover = element("rect", x=x, y=column.top, width=column.width, height=height, class_="cover")
    if not bin_["acts"]:
        return element("g", cover, data_bin=name)
    marks = joined(_heaps(bin_["groups"], x, column))
    to = "?" + urlencode({**query, "from": name, "to": name})
    return element("a", title(said), marks, cover, href=to, aria_label=said, data_bin=name, class_="bin")


def _heaps(groups: Mapping[str, int], x: float, column: Column) -> list[Markup]:
    """The marks of each group, one path a group, a mark a dash of it: thousands of elements would be slow to draw."""
    side = column.size * 0.82
    dashes = f"{side:.2f} {column.size - side:.2f}"
    made, at = [], 0
    for group in GROUPS:
        count = math.ceil(groups.get(group, 0) / column.each)
        if count:
            path = _stacks(at, count, column.row, x + side / 2, column.size)
            made.append(element("path", d=path, class_=f"marks {group}", stroke_width=side, stroke_dasharray=dashes))
        at += count
    return made


def _stacks(start: int, count: int, row: int, x: float, size: float) -> str:
    """Marks number ``start`` and after as upright lines, dashed: filled row by row, they stand in ``row`` stacks."""
    lines = []
    for stack in range(row):
        first, end = -((stack - start) // row), -((stack - start - count) // row)
        if end > first:
            lines.append(f"M{num(x + stack * size)} {HEIGHT - first * size:.2f}V{HEIGHT - end * size:.2f}")
    return "".join(lines)


def _labels(names: Sequence[str], column: float) -> list[Markup]:
    """Under the first bin of each year the year; between, as many months or days as there is room for."""
    made, free = [], 0.0
    step = 1 if len(names[0]) == 10 else _step(column)
    for n, name in enumerate(names):
        x = SIDE + n * column + column / 2
        words = _label(name, n)
        wide = 6.6 * len(words)
        fits = n == 0 or (x - wide / 2 >= free and (int(name[-2:]) - 1) % step == 0)
        if fits:
            x = max(x, wide / 2 + 1)
            made += [element("line", x1=x, x2=x, y1=HEIGHT, y2=HEIGHT + 6, class_="tick")]
            made += [text(words, x, HEIGHT + 22, "date", "middle")]
            free = x + wide / 2 + 14
    return made


def _step(column: float) -> int:
    return next((step for step in (1, 3, 12) if step * column > 56), 12)


def _label(name: str, n: int) -> str:
    words = day(name).split(" ")
    return " ".join(words) if n == 0 else " ".join(words[:-1]) if not name.endswith("-01") else " ".join(words)
