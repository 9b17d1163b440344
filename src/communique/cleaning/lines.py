"""A page's text cut into its lines: ranges without space at the sides, numbered by ``\\n``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

# Every line end Python knows; only "\n" counts for the line number, as the codebook has it.
OTHER_ENDS = "\r\v\f\x85\u2028\u2029"
PIECE = re.compile(f"[^{OTHER_ENDS}]+")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a page that hold words, in order, as parallel lists.

    ``starts`` and ``ends`` are offsets in code points, ``numbers`` the 0-based line numbers
    counting ``\\n``, ``gaps`` how many empty lines stand before each, ``indents`` how much space,
    ``texts`` their words.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    _bounds: list[NDArray[np.int64]] = field(default_factory=list, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.starts)

    def words(self, index: int) -> str:
        """The line's text."""
        return self.texts[index]

    def bounds(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """``starts`` and ``ends`` as arrays, made once. Only for lines that are complete."""
        if not self._bounds:
            self._bounds.extend((np.array(self.starts, dtype=np.int64), np.array(self.ends, dtype=np.int64)))
        return self._bounds[0], self._bounds[1]


def split_lines(text: str) -> Lines:
    """Cut a text into its lines: the stretches that hold words, without the space at their sides."""
    lines = Lines(text)
    texts, starts, ends, numbers = lines.texts, lines.starts, lines.ends, lines.numbers
    gaps, indents, before, at = lines.gaps, lines.indents, 0, 0
    odd = any(end in text for end in OTHER_ENDS)
    for number, whole in enumerate(text.split("\n")):
        for words, start in _pieces(whole, at) if odd else ((whole, at),):
            bare = words.strip()
            if bare:
                indent = 0 if bare[0] == words[0] else len(words) - len(words.lstrip())
                texts.append(bare)
                starts.append(start + indent)
                ends.append(start + indent + len(bare))
                numbers.append(number)
                gaps.append(number - before - 1 if number > before else 0)
                indents.append(indent)
                before = number
        at += len(whole) + 1
    return lines


def _pieces(words: str, start: int) -> Iterator[tuple[str, int]]:
    """The stretches between line ends of other kinds, with their starts."""
    for match in PIECE.finditer(words):
        yield match.group(), start + match.start()
