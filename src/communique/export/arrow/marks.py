"""What events keep as JSON, read by where the quotes stand: of cells without a backslash, written as ledgers do.

Such a cell is ``{"according_to": ["who"], "terms": [["asks", null, 5, 9, "words"]], "mentions": [[5, 9, "words"]]}``.
Without a backslash a quote only begins or ends a text. A text that a colon follows is one of the three names; of a
list of five the first text stands after a bracket, the last before one, and one between them is the party.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from communique.export.arrow.lists import Bytes, Numbers, between, places, text_of
from communique.export.arrow.made import of_numbers

Row = tuple[Numbers, Numbers, tuple[pa.Array, ...]]  # owner, place, columns
_NAMES = ("according_to", "terms", "mentions")
_DIGITS = bytes(byte if chr(byte).isdigit() else 32 for byte in range(256))


class _Marks(NamedTuple):
    """The texts of some cells: what each one is, whose it is, in which list it stands, and between which bytes."""

    texts: pa.Array  # as ``between`` has them: what stands between two texts has an even place
    owner: Numbers
    list: Numbers
    before: Bytes
    after: Bytes


def read(cells: pa.Array) -> tuple[Row, Row, Row] | None:
    """Sources, terms and mentions, as in ``details``; None where a cell is written otherwise."""
    marks = _marks(cells)
    if marks is None:
        return None
    terms, mentions = _terms(marks), _mentions(marks)
    sources = np.flatnonzero(marks.list == 0)
    owner = marks.owner[sources]
    named = (owner, places(owner), (_texts(marks, sources),))
    return (named, terms, mentions) if terms and mentions else None


def _marks(cells: pa.Array) -> _Marks | None:
    offsets, text = text_of(cells)
    quotes = np.flatnonzero(text == ord('"'))
    if len(quotes) % 2:
        return None
    opens, closes = quotes[0::2], quotes[1::2]
    owner = np.repeat(np.arange(len(cells)), np.diff(np.searchsorted(opens, offsets)))
    before, after = text[opens - 1], text[np.minimum(closes + 1, len(text) - 1)]
    names = np.flatnonzero(after == ord(":"))
    if not _named(len(cells), owner[names], (closes - opens)[names]):
        return None
    which = np.cumsum(after == ord(":")) - 1 - len(_NAMES) * owner
    which[names] = -1  # a name stands in no list
    return _Marks(between(text, opens + 1, closes), owner, which, before, after)


def _named(count: int, owner: Numbers, lengths: Numbers) -> bool:
    """Whether every cell has the three names, in their order."""
    known = np.array([len(name) + 1 for name in _NAMES])
    return (
        len(owner) == len(_NAMES) * count
        and bool(np.all(owner == np.repeat(np.arange(count), len(_NAMES))))
        and bool(np.all(lengths.reshape(-1, len(_NAMES)) == known))
    )


def _terms(marks: _Marks) -> Row | None:
    there = marks.list == 1
    roles = np.flatnonzero(there & (marks.before == ord("[")))
    quotes = np.flatnonzero(there & (marks.after == ord("]")))
    middle = quotes - roles if len(quotes) == len(roles) else None  # 1 without a party, 2 with one
    if middle is None or np.any((middle != 1) & (middle != 2)) or np.sum(middle + 1) != np.sum(there):
        return None
    numbers = _numbers(marks, quotes)
    if numbers is None:
        return None
    actors = marks.texts.take(of_numbers(2 * roles + 3, middle == 2))
    owner = marks.owner[roles]
    return owner, places(owner), (_texts(marks, roles), actors, *numbers, _texts(marks, quotes))


def _mentions(marks: _Marks) -> Row | None:
    quotes = np.flatnonzero(marks.list == 2)
    numbers = _numbers(marks, quotes)
    if numbers is None:
        return None
    owner = marks.owner[quotes]
    return owner, places(owner), (*numbers, _texts(marks, quotes))


def _texts(marks: _Marks, which: Numbers) -> pa.Array:
    return marks.texts.take(of_numbers(2 * which + 1))


def _numbers(marks: _Marks, quotes: Numbers) -> tuple[pa.Array, pa.Array] | None:
    """The two whole numbers that stand before each of some texts."""
    _, text = text_of(marks.texts.take(of_numbers(2 * quotes)))
    found = np.fromstring(text.tobytes().translate(_DIGITS), np.int64, sep=" ")
    return (of_numbers(found[0::2]), of_numbers(found[1::2])) if len(found) == 2 * len(quotes) else None
