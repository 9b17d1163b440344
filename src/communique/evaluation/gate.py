"""Floors under the figures: a change that lowers one of them does not pass unseen.

``floors.json`` names each gold file with its digest, so that figures are only ever compared on
the same pages, and holds the least that each measure may be. Floors are raised freely and
lowered only on purpose.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Another processor or library version may round a score across a threshold: a floor stands this far below.
MARGIN = 0.005

_FIELDS = ("dated", "status", "mode", "sources_exact", "targets_exact", "attributed", "answers")


class FloorError(Exception):
    """Raised where floors would be lowered, or the gold pages are other than those they were measured on."""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """One gold file below the shared folder, the folder of its texts, its digest and its floors.

    ``careful``: the floors are those of the coder with the careful network.
    """

    name: str
    gold: str
    pages: str
    sha256: str
    floors: Mapping[str, float]
    careful: bool = False


def measures(figures: Mapping[str, Any]) -> dict[str, float]:
    """The measures that have floors, each 0..1, from a score's figures."""
    attributes = figures["attributes"]
    found = {f"{name}_f1": figures[name]["f1"] for name in ("bargaining", "talk", "deeds", "all") if name in figures}
    found |= {name: attributes[name]["share"] for name in _FIELDS if attributes[name]["share"] is not None}
    return found | {f"{name}_f1": attributes[name]["f1"] for name in ("according_to", "terms")}


def read_floors(path: Path) -> list[GoldSet]:
    """The gold sets of a floors file."""
    values = json.loads(path.read_text(encoding="utf-8"))
    return [GoldSet(name=name, **fields) for name, fields in values.items()]


def write_floors(path: Path, sets: list[GoldSet]) -> None:
    """Write a floors file."""
    values = {
        s.name: {"gold": s.gold, "pages": s.pages, "sha256": s.sha256}
        | ({"careful": True} if s.careful else {})
        | {"floors": dict(sorted(s.floors.items()))}
        for s in sets
    }
    path.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")


def digest(gold: Path) -> str:
    """The SHA-256 of a gold file, in hex."""
    return hashlib.sha256(gold.read_bytes()).hexdigest()


def below(floors: Mapping[str, float], measured: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """The measures under their floor: floor and figure. A measure that is no longer there counts as 0."""
    return {name: (floor, measured.get(name, 0.0)) for name, floor in floors.items() if measured.get(name, 0.0) < floor}


def raised(
    floors: Mapping[str, float], measured: Mapping[str, float], *, allow_lower: bool = False
) -> dict[str, float]:
    """New floors, MARGIN under what was measured and never under the old ones.

    With ``allow_lower`` they follow the figures down too. Raises FloorError where a figure has fallen
    below its floor and that is not allowed.
    """
    if (fallen := below(floors, measured)) and not allow_lower:
        rows = ", ".join(f"{name} {figure:.3f} < {floor:.3f}" for name, (floor, figure) in sorted(fallen.items()))
        raise FloorError(f"below the floor: {rows}")
    new = {name: math.floor((figure - MARGIN) * 1000) / 1000 for name, figure in measured.items()}
    if allow_lower:
        return new
    return {name: max(new.get(name, 0.0), floors.get(name, 0.0)) for name in {**floors, **new}}
