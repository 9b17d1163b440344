"""What two neighbouring pieces of a sentence tell of where a matter may begin and end: a table of all pairs of sorts.

The words stand in ``knowledge/data/words_matter_*.txt``. A piece's sort is what those lists and its letters say of it,
and whether a blank stands before it.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from communique.coding.pieces import vocabulary
from communique.knowledge import tables

Array = np.ndarray
SEPARATOR = 102
"""The piece that parts two sentences."""
_OPENING, _CLOSING = frozenset("\"“‘'`(["), frozenset(',.;:?!"”)]…')
_QUOTES, _BREAKING = frozenset('"“”'), frozenset(";:?!…–—()[]")
_ARTICLES = frozenset(
    ["a", "an", "the", "its", "their", "his", "her", "our", "my", "your", "this", "these", "those", "no"]
)
_OBJECTS = _ARTICLES - {"this", "these", "those"} | {"him", "them", "us", "me", "of"}
_SHORT_FORMS = frozenset(["mr", "mrs", "ms", "dr", "gen", "lt", "col", "sen", "rep", "st", "no"])
_LISTS = ("first", "last", "behind", "over", "lead")
_ENDINGS = ("ed", "ing", "ly")
"""What a verb or an adverb right behind a matter may end in."""

_PLAIN = frozenset(["word"])

BEGINS, BEGINS_TOO, ENDS, ENDS_TOO, OWNER, NAME, POINTED, GOES_ON, BREAKS, BREAKS_TOO, QUOTE, LEADS, HANGS, GOES_BY = (
    1 << n for n in range(14)
)
"""Of a piece and the one before it: whether a matter may begin with it, if ``BEGINS_TOO`` holds of it and the next, or
end with the one before, if ``ENDS_TOO`` holds of it and the next. Whether it is the s of "Iran's", may go on with a
name, stands as a point behind a lone letter (``POINTED``) and a word behind that point (``GOES_ON``). Whether a clause
is broken off here, if ``BREAKS_TOO`` holds of it and the next, and whether it is a quotation mark. ``LEADS`` is set
where a noun must follow. Whether it is a participle behind a noun ("refugees fleeing"), or begins a word."""


@cache
def sorts() -> tuple[Array, list[frozenset[str]]]:
    """The sort of each piece of the vocabulary, by number, and what is true of each sort."""
    words = vocabulary()
    lists = {name: frozenset(tables.words(f"words_matter_{name}.txt")) for name in _LISTS}
    told = frozenset(word for each in lists.values() for word in each) | _ARTICLES | _OBJECTS | _SHORT_FORMS
    known = {_PLAIN: 0, _PLAIN | {"inner"}: 1}
    alike: dict[tuple[bool, ...], int] = {}
    found = np.zeros(max(words.values()) + 1, np.int64)
    for word, number in words.items():
        bare = word.removeprefix("##")
        if len(bare) == 1 or not bare.isalpha() or bare in told:
            found[number] = known.setdefault(_traits(word, lists), len(known))
        elif not bare.endswith(_ENDINGS):  # as most words are
            found[number] = bare != word
        else:  # of these, nothing but the ending tells
            shape = bare != word, *map(bare.endswith, _ENDINGS)
            if shape not in alike:
                alike[shape] = known.setdefault(_traits(word, lists), len(known))
            found[number] = alike[shape]
    return found, list(known)


def _traits(word: str, lists: dict[str, frozenset[str]]) -> frozenset[str]:
    if word == "[SEP]":
        return frozenset(["edge"])
    bare = word.removeprefix("##")
    tests = {
        "inner": bare != word,
        "word": bare[:1].isalnum() or word == "[UNK]",
        "opens": word in _OPENING,
        "closes": word in _CLOSING,
        "quote": word in _QUOTES,
        "breaks": word in _BREAKING,
        "article": word in _ARTICLES or (word.isdigit() and not (len(word) == 4 and word[:2] in ("19", "20"))),
        "object": word in _OBJECTS,
        "lone": len(word) == 1 or word in _SHORT_FORMS,
        "border": bare.endswith(_ENDINGS) or any(word in each for name, each in lists.items() if name != "lead"),
        "ed": bare.endswith("ed"),
        "participle": word.endswith(("ed", "ing")),
        **{name: word in lists[name] for name in ("first", "last", "over", "lead")},
        **{name: word == name for name in ("and", "that", "s", ".", "-")},
        "tick": word in ("'", "’"),
    }
    return frozenset(name for name, holds in tests.items() if holds)


@cache
def pairs() -> Array:
    """What each pair of sorts tells, as bits: the sort before times their number, plus the sort. Of a sort there are
    two, one without a blank before it and one with."""
    kinds = [traits | {"apart"} if blank else traits for traits in sorts()[1] for blank in (0, 1)]
    return np.array([_pair(before, here) for before in kinds for here in kinds], np.int32)


def _pair(before: frozenset[str], here: frozenset[str]) -> int:
    """The bits of a piece ``here`` and the one ``before`` it."""
    apart, word, was_word = "apart" in here, "word" in here, "word" in before
    opened = "opens" in before and "apart" in before
    bordering = ("border" in before and "inner" not in here) or {"border", "inner"} <= here
    closing = "closes" in before and (apart or not word)
    follows = was_word and "apart" in before
    goes_with = (follows and not bordering) or "object" in before
    clause = "breaks" in here or {"edge"} <= here or ("ed" in here and "and" in before) or "over" in here
    clause |= "that" in here and (not was_word or "and" in before)
    return (
        BEGINS * (word and (apart or opened) and not (apart and "article" in before))
        + BEGINS_TOO * ("first" not in before or not (apart or "closes" in here))
        + ENDS * (was_word and (apart or "closes" in here) and not ("apart" in before and before & {"last", "lead"}))
        + ENDS_TOO
        * ("edge" in before or (follows and not goes_with) or (not was_word and (closing or "apart" in before)))
        + OWNER * ("s" in here and "tick" in before and not apart)
        + NAME * ("first" not in before)
        + POINTED * ("lone" in before and was_word and "." in here and not apart)
        + GOES_ON * ("." in before and word and apart and "border" not in here)
        + BREAKS * (clause or ("." in here and "lone" not in before) or {"-", "apart"} <= here)
        + BREAKS_TOO * (apart or bool(before & {"breaks", "edge", "ed", "that"}))
        + QUOTE * ("quote" in here)
        + HANGS * (apart and "participle" in here and was_word and not before & {"first", "last", "over", "article"})
        + GOES_BY * (word and apart)
    )
