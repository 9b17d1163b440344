"""Bodies that no table holds, by the shape of their names: "Popular Resistance Movement (PRM)", "the Waad party"."""

from __future__ import annotations

from collections.abc import Iterator

from communique.coding.names import NOT_NAMES
from communique.coding.pieces import is_word
from communique.knowledge import tables
from communique.knowledge.knowledge import slug
from communique.knowledge.phrases import Entry, Words

LONGEST = 8
"""A name of a body has at most so many words."""
_HEADS = frozenset(tables.words("words_bodies.txt"))
_OWN = frozenset(tables.words("words_bodies_own.txt"))
_AFTER = frozenset(tables.words("words_bodies_after.txt"))
_INSIDE = frozenset({"of", "for", "and", "the", "on"})
_ON = frozenset({"committee", "subcommittee", "commission", "panel"})
_OPENING = frozenset(tables.words("words_bodies_opening.txt"))
_CLOSED = NOT_NAMES - _HEADS - _OPENING
"""Words that open no body's name."""
_MOST_BEFORE = 4
_DASHES = frozenset({"-", "–", "—", "--"})
_KINDS_OF_BELIEF = ("ist", "an", "ic", "ish", "al", "ite")
"""Endings of words that say what sort of party it is rather than name it: "Socialist party"."""
Hit = tuple[int, Entry] | None


def bodies(words: Words, entries: list[Hit]) -> Iterator[tuple[int, int, Entry]]:
    """The bodies named in a sentence: the first word of each, its number of words, and what it is."""
    if _HEADS.isdisjoint(words.lower) and _AFTER.isdisjoint(words.lower):
        return
    i = 0
    while i < words.size:
        n = _named(words, entries, i)
        if n:
            name = slug(" ".join(words.text[i : i + n]))
            yield i, n, Entry("group", name)
        hit = entries[i]
        i += n or (hit[0] if hit else 1)


def acronym(words: Words, end: int) -> str | None:
    """The short form that stands in brackets right behind a name."""
    if end < words.size and words.gap[end].startswith("(") and 2 <= len(words.text[end]) <= 6:
        return words.text[end] if words.text[end].isupper() else None
    return None


def _named(words: Words, entries: list[Hit], i: int) -> int:
    """How many words from ``i`` name a body that no table holds; 0 if none does."""
    if not words.capital[i] or (entries[i] is None and words.lower[i] in _CLOSED):
        return 0
    hit = entries[i]
    if hit is not None and (hit[1].kind not in ("adjective", "seat", "people") or _opens_known(words, entries, i)):
        return 0
    n = _run(words, entries, i, _OWN if hit is not None and hit[1].kind == "adjective" else _HEADS)
    least = 2 if hit is None and words.lower[i] in NOT_NAMES else 1  # "National Council" is some state's
    if n > least and (hit is None or n > hit[0] + (hit[1].kind == "adjective")):
        return n
    return _by_noun_after(words, entries, i) if hit is None else 0


def _opens_known(words: Words, entries: list[Hit], i: int) -> bool:
    """Whether a table's own phrase of several words, other than an adjective, begins right behind the one at ``i``."""
    end = i + entries[i][0]  # type: ignore[index]
    behind = entries[end] if end < words.size else None
    return behind is not None and behind[1].kind in ("group", "igo", "title") and words.lower[i] != "congress"


def _run(words: Words, entries: list[Hit], i: int, heads: frozenset[str]) -> int:
    """How many words from ``i`` are in a capitalised run up to its last noun of a body, and what follows it by "of"."""
    found, j, headed = 0, i, False
    while j < words.size and j - i < LONGEST and (j == i or not _breaks(words, entries, j)):
        lower = words.lower[j]
        if words.capital[j]:
            if lower in heads:
                found, headed = (j - i + 1 if j > i else 0), True
            elif headed and words.lower[j - 1] in _INSIDE and words.text[j] != "The":
                found = j - i + 1
            elif headed and found == j - i:
                if words.lower[i + found - 1] in heads:
                    break
                found = j - i + 1
        elif not headed or not _goes_on(words, j, heads):
            break
        j += 1
    return found


def _goes_on(words: Words, j: int, heads: frozenset[str]) -> bool:
    """Whether a small word may stand inside a name: "of", "for", and "on" where it says what a committee is about."""
    lower, before = words.lower[j], words.lower[j - 1]
    if lower == "on":
        return before in _ON and j + 1 < words.size and words.lower[j + 1] not in NOT_NAMES
    return lower in _INSIDE and not (lower == "and" and before in heads)


def _breaks(words: Words, entries: list[Hit], j: int) -> bool:
    """Whether a name ends before word ``j``: at a mark, " - ", a new sentence's "The", or a body of the tables."""
    gap = words.gap[j]
    if not words.tight[j] or gap in ("(", ")", '"', "“", "”") or words.text[j] == "The":
        return True
    if gap in _DASHES and words.start[j] - words.end[j - 1] > len(gap):
        return True
    hit = entries[j]
    return hit is not None and hit[0] > 1 and hit[1].kind in ("igo", "group")


def _by_noun_after(words: Words, entries: list[Hit], i: int) -> int:
    """How many capitalised words from ``i`` stand right before a noun in lower case that makes them a body's name."""
    n = 0
    while i + n < words.size and n <= _MOST_BEFORE and words.capital[i + n] and (not n or words.tight[i + n]):
        n += 1
    if not n or n > _MOST_BEFORE or i + n >= words.size or words.lower[i + n] not in _AFTER:
        return 0
    if not words.tight[i + n] or words.gap[i + n] or any(entries[i + k] for k in range(n)):
        return 0
    lower = words.lower[i + n - 1]
    if (
        len(lower) < 3
        or lower in NOT_NAMES
        or lower.endswith(_KINDS_OF_BELIEF)
        or (n > 1 and not _plain_words(words, i, n))
    ):
        return 0
    return n + (n == 1 and is_word(lower))


def _plain_words(words: Words, i: int, n: int) -> bool:
    """Whether all of some words are common ones, and so no person's name: "Black Lives Matter movement"."""
    return all(is_word(words.lower[k]) and words.lower[k] not in NOT_NAMES for k in range(i, i + n))
