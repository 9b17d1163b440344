"""A page's text cut into its lines: ranges without space at the sides, numbered by ``\\n``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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

    def __len__(self) -> int:
        return len(self.starts)

    def words(self, index: int) -> str:
        """The line's text."""
        return self.texts[index]

    def add(self, words: str, start: int, number: int) -> None:
        """Note one stretch between line ends, if it holds words."""
        bare = words.strip()
        if not bare:
            return
        indent = 0 if bare[0] == words[0] else len(words) - len(words.lstrip())
        before = self.numbers[-1] if self.numbers else 0
        self.texts.append(bare)
        self.starts.append(start + indent)
        self.ends.append(start + indent + len(bare))
        self.numbers.append(number)
        self.gaps.append(max(0, number - before - 1))
        self.indents.append(indent)


def split_lines(text: str) -> Lines:
    """Cut a text into its lines."""
    lines = Lines(text)
    for words, start, number in _pieces(text):
        lines.add(words, start, number)
    return lines


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """The stretches between line ends of any kind, with their starts and line numbers."""
    odd = any(end in text for end in OTHER_ENDS)
    start = 0
    for number, words in enumerate(text.split("\n")):
        if words and odd:
            for match in PIECE.finditer(words):
                yield match.group(), start + match.start(), number
        elif words:
            yield words, start, number
        start += len(words) + 1
