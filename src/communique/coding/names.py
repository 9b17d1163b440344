"""Names that no table holds: runs of capitalised words that look like a person's."""

from __future__ import annotations

from communique.knowledge import tables
from communique.knowledge.knowledge import PARTICLES
from communique.knowledge.phrases import Words

FEMALE = frozenset(["mrs", "ms", "miss", "lady", "baroness", "dame", "princess"])
NEUTRAL = frozenset(["dr", "professor", "prof", "hojatoleslam", "hojjatoleslam"])
COURTESY = FEMALE | NEUTRAL | {"mr", "sir", "lord", "prince", "rev"}
NOT_NAMES = frozenset(tables.words("words_not_names.txt"))
LONGEST_NAME = 6
"""Words of a name, particles such as "bin" not counted."""


def capitalised_run(words: Words, i: int, taken: list[bool]) -> int:
    """How many words from ``i`` make a capitalised run, particles inside it included; 0 if none begins there."""
    n = names = 0
    j = i
    while j < words.size and names < LONGEST_NAME:
        lower = words.lower[j]
        if taken[j] or (j > i and (not words.tight[j] or words.gap[j] in ("(", ")", "[", "]"))):
            break
        if words.capital[j] and lower not in NOT_NAMES and (j > i or len(lower) > 1):
            n, names = j - i + 1, names + 1
        elif lower not in PARTICLES or (j == i and not words.capital[j]):
            break
        j += 1
    return n


def looks_like_person(words: Words, i: int, n: int) -> bool:
    """Whether a run of ``n`` words from ``i`` may be a person's full name."""
    if n < 2:
        return False
    return all((not t.isupper() or len(t) == 1) and t.isalpha() for t in words.text[i : i + n])
