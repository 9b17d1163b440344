"""Words and phrases: how text is cut into words, and an index that finds the longest known phrase."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

WORD = re.compile(r"(?:[A-Za-z]\.){2,}(?![A-Za-z])|[^\W_]+")
_TIGHT = {"", "-", "'", "’", "‘", "`", ".", "/", "+", "‑", "–", "(", ")", '"', "\u00ad"}
_JOINS = re.compile(r"[\s\u00a0]+")


def _plain(code: int) -> str:
    letter = unicodedata.normalize("NFKD", chr(code))[0]
    return letter if letter.isascii() and letter.isalpha() else chr(code)


PLAIN = {code: _plain(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))}
PLAIN |= {0x131: "i", 0xF8: "o", 0xD8: "O", 0x142: "l", 0x141: "L", 0x111: "d", 0x110: "D", 0xDF: "s", 0x259: "a"}


def plain(text: str) -> str:
    """``text`` with Latin letters stripped of accents, one character for one, so that offsets hold."""
    return text if text.isascii() else text.translate(PLAIN)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase means: its ``kind``, the canonical ``id`` and, for people and titles, more in ``data``."""

    kind: str
    id: str
    data: Any = None


class Phrases:
    """Phrases by their words. Longest match wins; capitals in a phrase must be capitals in the text."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[tuple[tuple[tuple[int, str], ...], Entry]]] = {}
        self._lengths: dict[str, set[int]] = {}

    def add(self, phrase: str, entry: Entry) -> None:
        """Add ``phrase``; several entries may share one phrase, the earliest that fits is taken."""
        tokens = [t.replace(".", "") for t in WORD.findall(plain(phrase))]
        if not tokens:
            return
        lower = [t.lower() for t in tokens]
        checks = tuple((i, t if _acronym(t) else "") for i, t in enumerate(tokens) if t[0].isupper())
        self._by_key.setdefault(" ".join(lower), []).append((checks, entry))
        self._lengths.setdefault(lower[0], set()).add(len(tokens))

    def at(self, words: Words, i: int) -> tuple[int, Entry] | None:
        """The longest phrase that begins at word ``i`` of ``words``: its number of words and its entry."""
        lengths = self._lengths.get(words.lower[i])
        if lengths is None:
            return None
        for n in sorted(lengths, reverse=True) if len(lengths) > 1 else lengths:
            if i + n > len(words.lower) or (n > 1 and not all(words.tight[i + 1 : i + n])):
                continue
            for checks, entry in self._by_key.get(" ".join(words.lower[i : i + n]), ()):
                if all(words.text[i + k] == exact if exact else words.capital[i + k] for k, exact in checks):
                    return n, entry
        return None


def _acronym(token: str) -> bool:
    return token.isupper() and 1 < len(token) <= 4


class Words:
    """The words of one sentence as parallel lists: text, lower case, offsets, capitals and tightness.

    ``tight[i]`` says that only space, a hyphen, an apostrophe or the like divides word ``i`` from the one before.
    """

    __slots__ = ("capital", "end", "gap", "lower", "start", "text", "tight")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.gap: list[str] = []
        last = start
        for match in WORD.finditer(text, start, end):
            self.text.append(match[0].replace(".", "") if "." in match[0] else match[0])
            self.start.append(match.start())
            self.end.append(match.end())
            self.gap.append(text[last : match.start()].strip())
            last = match.end()
        self.lower = [t.lower() for t in self.text]
        self.capital = [t[0].isupper() for t in self.text]
        self.tight = [g in _TIGHT for g in self.gap]

    def __len__(self) -> int:
        return len(self.text)
