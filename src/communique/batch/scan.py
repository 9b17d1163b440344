"""One pass over a text for parties and telling words: what stands in each of its sentences.

An Aho-Corasick automaton holds the names of the knowledge tables (as written there) and the words that triage
weighs. A name counts as its kind of party, and parties are told apart by their ids, so that two names of one state
are one party.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from ahocorasick_rs import BytesAhoCorasick, MatchKind

from communique.knowledge import tables

KINDS = ("state", "adjective", "seat", "igo", "group", "collective", "person", "title", "agent")
"""Kinds of names. Titles and agents ("foreign minister", "rebels") are no parties by themselves."""
PARTIES = frozenset(KINDS[:7])


_INSIDE, _STOP, _CLOSE, _SPACE, _LINE = 1, 2, 4, 8, 16
_CLASSES = {
    _INSIDE: bytes([*range(48, 58), *range(65, 91), *range(97, 123), *range(128, 256)]),
    _STOP: b".!?",
    _CLOSE: b"\"')]",
    _SPACE: b" \t\r",
    _LINE: b"\n",
}
_CLASS = bytes(next((bit for bit, those in _CLASSES.items() if letter in those), 0) for letter in range(256))
_QUOTES = ((b"\xe2\x80\x9d", b'"'), (b"\xe2\x80\x9c", b'"'), (b"\xe2\x80\x99", b"'"), (b"\xe2\x80\x98", b"'"))
SHORTEST_SURNAME = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What a scan found: for each hit its sentence, its word or kind (see ``Scan.tokens``), and its party or -1.

    ``ends`` are the bytes where sentences end, but for the last one; a hit repeated in a sentence is there once.
    """

    ends: np.ndarray
    sentence: np.ndarray
    token: np.ndarray
    parties: np.ndarray
    """How many different parties each sentence names; as long as there are sentences."""


def names() -> Iterator[tuple[str, str, str]]:
    """Every name of the tables with its kind and the id of its party; phrases that are no party have no kind."""
    for (phrase,) in tables.rows("stops.csv"):
        yield phrase, "", ""
    for code, state, adjectives, people, seats in tables.rows("states_more.csv"):
        for kind, cell in (("state", state), ("adjective", adjectives), ("adjective", people), ("seat", seats)):
            yield from ((name, kind, code) for name in tables.split(cell))
    for code, name, _, adjective, _capital in tables.rows("states.csv"):
        yield name, "state", code
        yield adjective, "adjective", code
    for table, kind in (("igos.csv", "igo"), ("collectives.csv", "collective"), ("broad_adjectives.csv", "collective")):
        yield from ((name, kind, code) for code, cell in tables.rows(table) for name in tables.split(cell))
    for cell, members in tables.rows("members.csv"):
        yield from ((name, "collective", members) for name in tables.split(cell))
    yield from ((name, "group", code) for code, _, cell in tables.rows("groups.csv") for name in tables.split(cell))
    yield from _people()
    yield from ((title, "title", "") for title, _ in tables.rows("titles.csv"))
    yield from ((noun, "agent", "") for noun, *_ in tables.rows("agents.csv"))


def _people() -> Iterator[tuple[str, str, str]]:
    """People under their names, and under a surname that is long and no common word."""
    common = set(tables.words("words_ambiguous_surnames.txt")) | set(tables.words("words_civil_people.txt"))
    for name, aliases, *_ in tables.rows("people.csv"):
        for each in (name, *tables.split(aliases)):
            yield each, "person", name
            last = each.split()[-1]
            if len(last) >= SHORTEST_SURNAME and last.lower() not in common and last[0].isupper():
                yield last, "person", name


def straight(data: bytes) -> bytes:
    """The text with typewriter quotation marks, as a scan wants it."""
    for curly, plain in _QUOTES:
        data = data.replace(curly, plain)
    return data


class Scan:
    """The automaton over the names of the tables and ``words`` (lower case; found at a sentence's start too)."""

    def __init__(self, words: Sequence[str]) -> None:
        self.tokens = (*KINDS, *words)
        known = self._patterns(words)
        places = {token: n for n, token in enumerate(self.tokens)}
        parties = {party: n for n, party in enumerate(sorted({p for kind, p in known.values() if kind in PARTIES}))}
        self._ahocorasick = BytesAhoCorasick(
            [pattern.encode() for pattern in known], matchkind=MatchKind.LeftmostLongest
        )
        self._token = np.array([places.get(token, -1) for token, _ in known.values()], np.int64)
        self._party = np.array([parties[p] if t in PARTIES else -1 for t, p in known.values()], np.int64)
        self._party_count = max(1, len(parties))

    @staticmethod
    def _patterns(words: Sequence[str]) -> dict[str, tuple[str, str]]:
        """What to look for, each with its word or kind and its party; names go before words."""
        known = {word: (word, "") for word in words} | {word.capitalize(): (word, "") for word in words}
        for name, kind, party in reversed(list(names())):
            if len(name) > 1:
                known[name] = (kind, party)
        return known

    def __call__(self, data: bytes) -> Found:
        """Scan a text with ``straight`` quotation marks, as UTF-8 or in another encoding that has ASCII as it is."""
        classes = np.frombuffer((b"\n " + data + b" \n").translate(_CLASS), np.uint8)
        hits = self._hits(data, classes)
        ends = _sentence_ends(classes)
        sentence = np.searchsorted(ends, hits[:, 1], side="right")
        token, party = self._token[hits[:, 0]], self._party[hits[:, 0]]
        named = _distinct((sentence * self._party_count + party)[party >= 0]) // self._party_count
        width = len(self.tokens)
        told = _distinct((sentence * width + token)[token >= 0])
        parties = np.bincount(named, minlength=len(ends) + 1)
        return Found(ends, told // width, told % width, parties)

    def _hits(self, data: bytes, classes: np.ndarray) -> np.ndarray:
        """Matches [n, 3] (pattern, start, end) that begin and end where a word does."""
        matches = self._ahocorasick.find_matches_as_indexes(data)
        found = np.fromiter(chain.from_iterable(matches), np.int64, 3 * len(matches)).reshape(-1, 3)
        beside = classes[found[:, 1] + 1] | classes[found[:, 2] + 2]
        return found[(beside & _INSIDE) == 0]


def _sentence_ends(classes: np.ndarray) -> np.ndarray:
    """Where sentences end, roughly: at line ends, and at space after a full stop and what closes behind it.

    ``classes`` are those of the bytes between two of margin on each side; the offsets do not count these.
    """
    before, here = classes[1:-3], classes[2:-2]
    closed = (before | ((before >> 1) & classes[:-4])) & _STOP  # a closing mark counts as the stop before it
    return np.flatnonzero((here & _LINE) | ((here >> 2) & closed))


def _distinct(keys: np.ndarray) -> np.ndarray:
    """The values, in order, each once."""
    keys = np.sort(keys)
    return keys[np.concatenate(([True], keys[1:] != keys[:-1]))] if len(keys) else keys
