"""Event types and modes in PLOVER and CAMEO, from ``plover.csv`` and ``cameo.csv``.

A mode that a map has not goes the way of its type; a type that it has not (of another coder's own) is None.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from communique.export.codes import read


class Plover(NamedTuple):
    """What an event type and mode become: PLOVER's event, mode and context (None: none), and what is lost."""

    event: str
    mode: str | None
    context: str | None
    lost: str | None


class Cameo(NamedTuple):
    """What an event type and mode become: a CAMEO code of two to four digits, and what is lost."""

    code: str
    lost: str | None


@cache
def plover(type_: str, mode: str | None) -> Plover | None:
    """An event type and mode in PLOVER."""
    return plover_map().get((type_, mode or "")) or plover_map().get((type_, ""))


@cache
def cameo(type_: str, mode: str | None) -> Cameo | None:
    """An event type and mode in CAMEO."""
    return cameo_map().get((type_, mode or "")) or cameo_map().get((type_, ""))


@cache
def plover_map() -> dict[tuple[str, str], Plover]:
    """The whole map to PLOVER, by type and mode ("" for none)."""
    return {
        (row["type"], row["mode"]): Plover(
            row["event"], row["plover_mode"] or None, row["context"] or None, row["lost"] or None
        )
        for row in read("plover.csv")
    }


@cache
def cameo_map() -> dict[tuple[str, str], Cameo]:
    """The whole map to CAMEO, by type and mode ("" for none)."""
    return {(row["type"], row["mode"]): Cameo(row["code"], row["lost"] or None) for row in read("cameo.csv")}


@cache
def plover_scores() -> dict[tuple[str, str], tuple[int, float | None]]:
    """PLOVER's events and modes with their quad class and score; None where the manual gives no score."""
    rows = read("plover_types.csv")
    return {(r["event"], r["mode"]): (int(r["quad"]), float(r["score"]) if r["score"] else None) for r in rows}


@cache
def goldstein() -> dict[str, float]:
    """Goldstein's scale by CAMEO code."""
    return {row["code"]: float(row["goldstein"]) for row in read("goldstein.csv")}


@cache
def quad_class(code: str) -> int:
    """GDELT's class of a CAMEO code: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4
