"""Words and phrases: how text is cut into words, and an index that finds the longest known phrase."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import Any

WORD = re.compile(r"(?:[A-Za-z]\.){2,}(?![A-Za-z])|[^\W_]+")
_AROUND = re.compile(f"({WORD.pattern})")
_first = itemgetter(0)
_TIGHT = frozenset(["", "-", "'", "’", "‘", "`", ".", "/", "+", "‑", "–", "(", ")", "[", "]", '"', "“", "”", "\u00ad"])


def _plain(code: int) -> str:
    letter = unicodedata.normalize("NFKD", chr(code))[0]
    return letter if letter.isascii() and letter.isalpha() else chr(code)


_PLAIN = {code: _plain(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))}
_PLAIN |= {0x131: "i", 0xF8: "o", 0xD8: "O", 0x142: "l", 0x141: "L", 0x111: "d", 0x110: "D", 0xDF: "s", 0x259: "a"}
_ACCENTED = re.compile("[" + "".join(map(chr, sorted(_PLAIN))) + "]")


def plain(text: str) -> str:
    """``text`` with Latin letters stripped of accents, one character for one, so that offsets hold."""
    if text.isascii() or not _ACCENTED.search(text):
        return text
    return _ACCENTED.sub(lambda found: _PLAIN[ord(found[0])], text)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase means: its ``kind``, the canonical ``id`` and, where there is more, ``data``."""

    kind: str
    id: str
    data: Any = None


class Words:
    """The words of one sentence as parallel lists: text, lower case, offsets, capitals and tightness.

    ``gap[i]`` is what stands between word ``i`` and the one before, without space; ``tight[i]`` says
    that it is nothing, or only a hyphen, an apostrophe or the like.
    """

    __slots__ = ("capital", "end", "gap", "lower", "size", "start", "text", "tight")

    def __init__(self, text: str, start: int, end: int) -> None:
        # Mapped, not looped over: this is done for every word of a page.
        parts = _AROUND.split(text[start:end])  # what stands before a word, the word, and so on
        bounds = list(accumulate(map(len, parts), initial=start))
        self.start, self.end = bounds[1:-1:2], bounds[2::2]
        words = parts[1::2]
        self.text = [w.replace(".", "") for w in words] if "." in "".join(words) else words
        self.gap = list(map(str.strip, parts[:-1:2]))
        self.lower = list(map(str.lower, self.text))
        self.capital = list(map(str.isupper, map(_first, self.text)))
        self.tight = list(map(_TIGHT.__contains__, self.gap))
        self.size = len(self.text)


SHORT = 3
"""Words of so many letters need no capital in the name of an official: "al", "bin"."""


class Phrases:
    """Phrases by their words. The longest match wins; capitals in a phrase must be capitals in the text."""

    def __init__(self, make: Callable[[tuple[str, str]], Entry]) -> None:
        self._make = make
        self._rows: dict[str, tuple[str, str]] = {}
        self._by_key: dict[str, list[tuple[tuple[tuple[int, str], ...], Entry]]] = {}
        self._seconds: set[str] = set()
        self.firsts: dict[str, tuple[int, ...]] = {}
        """The words that begin a phrase, with the numbers of words such phrases have, longest first."""
        self.small: set[str] = set()
        """Those that may begin one without a capital: few, so that to look a word up among them is quicker."""

    def add(self, phrase: str, entry: Entry) -> None:
        """Add ``phrase``; several entries may share one phrase, the earliest that fits is taken."""
        tokens = [t.replace(".", "") for t in WORD.findall(plain(phrase))]
        if not tokens:
            return
        first = tokens[0].lower()
        self._seconds.update(token.lower() for token in tokens[1:2])
        checks = tuple((i, t if _acronym(t) else "") for i, t in enumerate(tokens) if t[0].isupper())
        self._by_key.setdefault(" ".join(tokens).lower(), []).append((checks, entry))
        if not checks or checks[0][0]:
            self.small.add(first)
        lengths = self.firsts.get(first, ())
        if len(tokens) not in lengths:
            self.firsts[first] = tuple(sorted((*lengths, len(tokens)), reverse=True))

    def add_words(self, key: str, row: tuple[str, str]) -> None:
        """Add a phrase of capitalised words, given in plain lower case; its entry is made from ``row`` when met."""
        self._rows[key] = row
        first, _, rest = key.partition(" ")
        self._seconds.add(rest.partition(" ")[0])
        if len(first) <= SHORT:
            self.small.add(first)
        n = rest.count(" ") + 2
        lengths = self.firsts.get(first, ())
        if n not in lengths:
            self.firsts[first] = tuple(sorted((*lengths, n), reverse=True))

    def _entries(self, key: str) -> list[tuple[tuple[tuple[int, str], ...], Entry]] | tuple[()]:
        found = self._by_key.get(key)
        if found is None and key in self._rows:
            checks = tuple((k, "") for k, word in enumerate(key.split()) if len(word) > SHORT)
            found = self._by_key[key] = [(checks, self._make(self._rows[key]))]
        return found or ()

    def named(self, words: Sequence[str]) -> Entry | None:
        """The entry of a phrase given by all its words in lower case, whatever their capitals."""
        return next((entry for _, entry in self._entries(" ".join(words))), None)

    def at(self, words: Words, i: int) -> tuple[int, Entry] | None:
        """The longest phrase that begins at word ``i``, one of ``firsts``: its number of words and its entry."""
        lower = words.lower
        lengths = self.firsts[lower[i]]
        several = lengths[0] > 1 and i + 1 < words.size and words.tight[i + 1] and lower[i + 1] in self._seconds
        for n in lengths:
            if n > 1 and (not several or i + n > words.size or (n > 2 and not all(words.tight[i + 2 : i + n]))):
                continue
            for checks, entry in self._entries(" ".join(lower[i : i + n]) if n > 1 else lower[i]):
                if not checks or _fits(words, i, checks):
                    return n, entry
        return None


def _fits(words: Words, i: int, checks: tuple[tuple[int, str], ...]) -> bool:
    """Whether the words from ``i`` have the capitals that the phrase has."""
    for k, exact in checks:  # noqa: SIM110 - a plain loop, as this is asked of most words that begin a phrase
        if words.text[i + k] != exact if exact else not words.capital[i + k]:
            return False
    return True


def _acronym(token: str) -> bool:
    """Whether letters must be met as they are: "US" is not "us", nor "LeT" the "Let" of a sentence's beginning."""
    return token[-1].isupper() and 1 < len(token) <= 4
