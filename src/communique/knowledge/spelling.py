"""How names sound and how far two spellings lie apart: "Ahtissari" is Ahtisaari, "Qadhafi" is Gaddafi."""

from __future__ import annotations

import re
from functools import lru_cache

_FOLDS = (
    (r"kh|gh|ck|[qgckx]", "k"),
    (r"ph|[fv]", "f"),
    (r"sh|sch|ch|tch|[szj]", "s"),
    (r"th|dh|[td]", "t"),
    (r"[aeiouyhw]", ""),
    (r"(.)\1+", r"\1"),
)
_COMPILED = tuple((re.compile(a), b) for a, b in _FOLDS)


@lru_cache(8192)
def sound(name: str) -> str:
    """How a surname sounds, roughly: the same for "Ahtisaari" and "Ahtissari", "Gaddafi" and "Qadhafi"."""
    first = name[:1]
    folded = name
    for pattern, by in _COMPILED:
        folded = pattern.sub(by, folded)
    return folded if first not in "aeiou" else "a" + folded


@lru_cache(8192)
def near(a: str, b: str) -> bool:
    """Whether two spellings differ by at most two letters, or three where both are long."""
    if abs(len(a) - len(b)) > 2:
        return False
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1] <= (2 if min(len(a), len(b)) < 9 else 3)
