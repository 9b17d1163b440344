"""A page's text cut into its lines: ranges without space at the sides, numbered by ``\\n``."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Every line end Python knows; only "\n" counts for the line number, as the codebook has it.
LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a page that hold words, in order, as parallel lists.

    ``starts`` and ``ends`` are offsets in code points, ``numbers`` the 0-based line numbers
    counting ``\\n``, ``gaps`` how many empty lines stand before each, ``indents`` how much space.
    """

    text: str
    starts: list[int]
    ends: list[int]
    numbers: list[int]
    gaps: list[int]
    indents: list[int]

    def __len__(self) -> int:
        return len(self.starts)

    def words(self, index: int) -> str:
        """The line's text."""
        return self.text[self.starts[index] : self.ends[index]]


def split_lines(text: str) -> Lines:
    """Cut a text into its lines."""
    lines = Lines(text, [], [], [], [], [])
    number, last_end, gap_from = 0, 0, 0
    for match in LINE.finditer(text):
        words = match.group()
        bare = words.strip()
        start = match.start()
        number += text.count("\n", last_end, start)
        last_end = start
        if not bare:
            continue
        indent = len(words) - len(words.lstrip())
        lines.starts.append(start + indent)
        lines.ends.append(start + indent + len(bare))
        lines.numbers.append(number)
        lines.gaps.append(max(0, number - gap_from - 1))
        lines.indents.append(indent)
        gap_from = number
    return lines
