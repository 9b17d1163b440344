"""Whether two reports can mean the same parties: shared ids, or a collective and its member."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib.resources import files

SYMMETRIC = frozenset({"AGREE", "CONSULT", "COOPERATE"})


def read_table(name: str) -> list[list[str]]:
    """The rows of a CSV table of this package, without comments and header."""
    text = files("communique.linking").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.reader(line for line in text.splitlines() if line and not line.startswith("#")))[1:]


@cache
def members() -> dict[str, frozenset[str]]:
    """Each collective's members."""
    return {row[0]: frozenset(row[1].split(";")) for row in read_table("collectives.csv")}


@lru_cache(maxsize=20_000)
def wider(actor: str) -> frozenset[str]:
    """The actor, its members, and the collectives that it is a member of."""
    table = members()
    return frozenset({actor}) | table.get(actor, frozenset()) | {c for c, inside in table.items() if actor in inside}


@lru_cache(maxsize=100_000)
def alike(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """How alike two lists of parties are: 1 for the same, 0 for none shared, between for a part.

    An unnamed party can be anyone, so it counts as half alike; so does a collective and its member.
    """
    left, right = set(a) - {"unknown"}, set(b) - {"unknown"}
    if not left or not right:
        return 0.5
    shared = len(left & right)
    if shared:
        return 0.5 * shared / len(left | right) + 0.5 * shared / min(len(left), len(right))
    return 0.5 if any(wider(x) & right for x in left) else 0.0


@lru_cache(maxsize=100_000)
def together(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Likeness of all parties of two acts that have no direction: two must be shared, if both name two."""
    left, right = set(a) - {"unknown"}, set(b) - {"unknown"}
    need = min(2, len(left), len(right))
    shared = len(left & right)
    return alike(tuple(sorted(left)), tuple(sorted(right))) if shared >= need else 0.0


@lru_cache(maxsize=100_000)
def both_sides(actors: tuple[str, ...], targets: tuple[str, ...]) -> tuple[str, ...]:
    """All parties of an act, without repeats, in order."""
    return tuple(dict.fromkeys((*actors, *targets)))
