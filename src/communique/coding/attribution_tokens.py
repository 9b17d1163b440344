"""A sentence as tokens, for reading sources and contents out of it without a parser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from communique.coding.attribution_cues import Cues, cues

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|\w+(?:[.'’]\w+)*(?:-\w+)*|[^\w\s]")
_POSSESSIVE = ("'s", "’s", "'S", "’S")
OPENING = frozenset("“‘«\"'`")
CLOSING = frozenset("”’»\"'")
DOUBLE = frozenset('“”«»"')


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and marks of one sentence: offsets in the page, the words, and the words in lower case."""

    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    lower: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The range of the page from token ``first`` up to, not including, token ``last``."""
        return self.spans[first][0], self.spans[last - 1][1]


def tokens(text: str, start: int, end: int) -> Tokens:
    """The tokens of ``text[start:end]``; a possessive 's is a token of its own."""
    spans: list[tuple[int, int]] = []
    words: list[str] = []
    lower: list[str] = []
    for run in text[start:end].split(" "):  # no token holds a blank, and few runs between blanks are new
        for word, low, first, last in _parts(run):
            words.append(word)
            lower.append(low)
            spans.append((start + first, start + last))
        start += len(run) + 1
    return Tokens(tuple(spans), tuple(words), tuple(lower))


@lru_cache(1 << 14)
def _parts(run: str) -> tuple[tuple[str, str, int, int], ...]:
    """The tokens of what stands between two blanks: each as it is, in lower case, and its range."""
    if run.isalpha():  # as most are
        return ((run, run.lower(), 0, len(run)),)
    end = len(run) - 1
    if run[:end].isalpha() and run[end] in ",.":
        return (run[:end], run[:end].lower(), 0, end), (run[end], run[end], end, end + 1)
    found: list[tuple[str, int]] = []
    for token in _TOKEN.finditer(run):
        word, first = token[0], token.start()
        owner = word.endswith(_POSSESSIVE) and len(word) > 2
        found += [(word[:-2], first), (word[-2:], first + len(word) - 2)] if owner else [(word, first)]
    return tuple([(word, word.lower(), first, first + len(word)) for word, first in found])


def is_name(word: str) -> bool:
    """Whether the word is written with a capital."""
    return word[:1].isupper()


def named(word: str) -> bool:
    """Whether the word is part of a name: written with a capital, or "al-Malki".

    >>> named("Oslo"), named("al-Malki"), named("also")
    (True, True, False)
    """
    return word[:1].isupper() or (word[:3] in ("al-", "el-") and word[3:4].isupper())


def verb_like(lower: str, table: Cues | None = None) -> bool:
    """Whether a word in lower case is more likely a verb than a part of a noun phrase."""
    table = table or cues()
    if lower in table.words["adjectival"]:
        return False
    if lower in table.words["verbish"]:
        return True
    return len(lower) > 4 and (lower.endswith("ed") or (lower.endswith("ing") and lower not in _NOUNS_ING))


_NOUNS_ING = frozenset(["beijing", "spring", "evening", "morning", "wing", "king", "offering", "opening", "ruling"])
