"""Which runs of words of a sentence may be the matter of an act: whole phrases, as far as words and marks show it.

A run begins and ends with a whole word, not with one that something must stand before or behind ("of the", "was"), not
inside a name, a number or a word with its article, and not before a word that goes with the last ("the Navalny" of "the
Navalny case"); it reaches over no border of a clause and no lone quotation mark. Whatever two neighbours decide stands
in one table of all pairs of sorts of pieces (``_pairs``), so that a page's pieces are looked up at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from communique.coding.matter_pairs import (
    BEGINS,
    BEGINS_TOO,
    BREAKS,
    BREAKS_TOO,
    ENDS,
    ENDS_TOO,
    GOES_BY,
    GOES_ON,
    HANGS,
    LEADS,
    NAME,
    OWNER,
    POINTED,
    QUOTE,
    SEPARATOR,
    pairs,
    sorts,
)
from communique.coding.windows import Sentence

Array = np.ndarray
LONGEST = 16
"""A matter has at most so many pieces."""
_FAR = 1 << 10
_BETWEEN = ((-1, -1),)
"""Where the piece stands that parts two sentences: nowhere."""
_A, _ACCENTED, _LETTERS = np.uint32(ord("A")), np.uint32(ord("À")), np.uint32(26)


@dataclass(frozen=True, slots=True)
class Laid:
    """Some sentences' pieces in a row, parted by one piece each, and the row of each sentence's first piece.

    ``starts`` and ``ends`` say where each piece stands in the page, ``capital`` whether with a capital, ``begins``
    whether a matter may begin with it; ``may`` [M, LONGEST] whether a run from piece i to i + k may be one.
    """

    first: dict[int, int]
    starts: Array
    ends: Array
    capital: Array
    begins: Array
    may: Array


def lay(sentences: Sequence[Sentence], indices: Sequence[int], text: str) -> Laid:
    """The pieces of the sentences at ``indices`` in a row, and which runs of them may be a matter."""
    some = [sentences[i] for i in indices]
    bounds = np.cumsum([0, *[len(one.ids) + 1 for one in some]])
    count = int(bounds[-1])
    places = chain.from_iterable([chain(one.offsets, _BETWEEN) for one in some])
    at = np.fromiter(chain.from_iterable(places), np.int64, 2 * count).reshape(-1, 2)
    ids = np.fromiter(chain.from_iterable([(*one.ids, SEPARATOR) for one in some]), np.int64, count)
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)[at[:, 0]]
    capital = (letters - _A < _LETTERS) | (letters - _ACCENTED < _LETTERS)
    for one, first in zip(some, bounds.tolist(), strict=False):
        if one.title:
            capital[first : first + len(one.ids)] = False
    apart = np.ones(count, bool)
    np.not_equal(at[1:, 0], at[:-1, 1], out=apart[1:])
    told = _told(ids, apart)
    for one, first in zip(some, bounds.tolist(), strict=False):
        _mark(told, one, first, text)
    first = dict(zip(indices, bounds.tolist(), strict=False))
    return Laid(first, at[:, 0], at[:, 1], capital, *_runs(told, capital, apart))


def _told(ids: Array, apart: Array) -> Array:
    """What each piece and the one before it tell together, as bits; one more at the end."""
    kinds = sorts()[0][ids] * 2 + apart
    around = np.empty(len(kinds) + 2, np.int64)
    around[0] = around[-1] = sorts()[0][SEPARATOR] * 2 + 1
    around[1:-1] = kinds
    table = pairs()
    return table[around[:-1] * int(len(table) ** 0.5) + around[1:]]


def _mark(told: Array, one: Sentence, first: int, text: str) -> None:
    """Mark what the words alone do not tell: names of parties, which are not cut, adjectives, blank lines."""
    for mention, (start, end) in zip(one.mentions, one.runs, strict=True):
        if end - start > 1:
            told[first + start : first + end - 1] |= LEADS
            told[first + start + 1 : first + end] &= ~BEGINS
        if mention.adjective and end:
            told[first + end - 1] |= LEADS
    gap = text.find("\n\n", one.start, one.end)
    if gap >= 0:
        beyond = next((n for n, (start, _) in enumerate(one.offsets) if start > gap), 0)
        told[first + beyond] |= BREAKS
        told[first + beyond + 1] |= BREAKS_TOO


def _runs(told: Array, capital: Array, apart: Array) -> tuple[Array, Array]:
    """Which pieces may begin a matter, and which runs may be one, as ``Laid`` has them."""
    here, then = told[:-1], told[1:]
    later = np.append(told[2:], 0)
    whole = np.maximum.accumulate(np.where(apart, np.arange(len(apart)), 0))
    named = np.zeros(len(apart) + 1, bool)  # whether a name goes on from the piece before
    capitals = capital[whole]
    np.logical_and(capitals[1:], capitals[:-1] & apart[1:], out=named[1:-1])
    named &= (told & NAME) != 0
    begins = ((here & BEGINS) != 0) & ((then & BEGINS_TOO) != 0) & ~named[:-1]
    begins[1:] &= (here[:-1] & OWNER == 0) | ~apart[1:]
    ends = ((then & ENDS) != 0) & ((later & ENDS_TOO) != 0) & ((here & (OWNER | LEADS)) == 0) & ~named[1:]
    ends &= ((then & POINTED) == 0) | ((later & GOES_ON) == 0)
    ends &= ((here & HANGS) == 0) | ((then & GOES_BY) == 0)
    step = (((here & BREAKS) != 0) & ((then & BREAKS_TOO) != 0)) * _FAR + ((here & QUOTE) != 0)
    crossed = np.concatenate([np.cumsum(step, dtype=np.int32), np.full(LONGEST - 1, 1 << 30, np.int32)])
    ending = np.concatenate([ends, np.zeros(LONGEST - 1, bool)])
    out = np.zeros((len(begins), LONGEST), bool)
    first = np.flatnonzero(begins)  # as few pieces do, the rest need not be looked at
    over = sliding_window_view(crossed, LONGEST)[first]
    over -= crossed[first, None]
    out[first] = sliding_window_view(ending, LONGEST)[first] & (over < _FAR) & ((over & 1) == 0)
    return begins, out
