"""Bodies that no table holds, by the shape of their names: "Popular Resistance Movement (PRM)", "the Waad party"."""

from __future__ import annotations

from collections.abc import Iterator

from communique.coding.names import NOT_NAMES
from communique.knowledge import tables
from communique.knowledge.knowledge import slug
from communique.knowledge.phrases import Entry, Words

LONGEST = 8
"""A name of a body has at most so many words."""
_HEADS = frozenset(tables.words("words_bodies.txt"))
_OWN = frozenset(tables.words("words_bodies_own.txt"))
_AFTER = frozenset(tables.words("words_bodies_after.txt"))
_INSIDE = frozenset({"of", "for", "and", "the"})
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
    if not words.capital[i] or (entries[i] is None and words.lower[i] in NOT_NAMES - _HEADS):
        return 0
    hit = entries[i]
    if hit is not None and (hit[1].kind not in ("adjective", "seat", "people") or _opens_known(words, entries, i)):
        return 0
    n = _run(words, i, _OWN if hit is not None and hit[1].kind == "adjective" else _HEADS)
    if n > 1 and (hit is None or n > hit[0] + (hit[1].kind == "adjective")):
        return n
    if hit is None and _by_noun_after(words, i):
        return 1
    return 0


def _opens_known(words: Words, entries: list[Hit], i: int) -> bool:
    """Whether a table's own phrase of several words, other than an adjective, begins right behind the one at ``i``."""
    end = i + entries[i][0]  # type: ignore[index]
    behind = entries[end] if end < words.size else None
    return behind is not None and behind[1].kind in ("group", "igo", "title") and words.lower[i] != "congress"


def _run(words: Words, i: int, heads: frozenset[str]) -> int:
    """How many words from ``i`` are in a capitalised run up to its last noun of a body, and what follows it by "of"."""
    found, j, headed = 0, i, False
    while (
        j < words.size
        and j - i < LONGEST
        and (j == i or (words.tight[j] and words.gap[j] not in ("(", ")", '"', "“", "”")))
    ):
        lower = words.lower[j]
        if words.capital[j]:
            if lower in heads:
                found, headed = (j - i + 1 if j > i else 0), True
            elif headed and words.lower[j - 1] in _INSIDE:
                found = j - i + 1
            elif headed and found == j - i:
                if words.lower[i + found - 1] in heads:
                    break
                found = j - i + 1
        elif lower not in _INSIDE or not headed or (lower == "and" and found == j - i and words.lower[j - 1] in heads):
            break
        j += 1
    return found


def _by_noun_after(words: Words, i: int) -> bool:
    word, lower = words.text[i], words.lower[i]
    if i + 1 >= words.size or words.lower[i + 1] not in _AFTER or not words.tight[i + 1] or words.gap[i + 1]:
        return False
    return len(word) > 2 and lower not in NOT_NAMES and not lower.endswith(_KINDS_OF_BELIEF)
