"""Weighs the parties that may play a part in an act: a logistic model over readable clues, one weight a clue and type.

``recipients.json`` of a network holds the weights for those that an act was toward (see ``recipients``). A clue that
the file does not name says nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import exp, log
from pathlib import Path

from communique.actor import Mention
from communique.coding.standing import Scene

Weights = Mapping[str, Mapping[str, float]]
"""The weight of each clue for each type of act."""
UNASKED = 0.5
"""The chance of a party that grammar named and the scorer was not asked about."""


@dataclass(slots=True)
class Option:
    """A party that may play a part in an act, with the scorer's chance of it.

    ``taken`` tells whether it was taken for it so far; ``clues`` speak for it or against, and so do the ``figures``, as
    far as they go.
    """

    party: Mention
    chance: float
    taken: bool
    clues: list[str] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)


def act_clues(scene: Scene) -> list[str]:
    """What the word that an act turns on tells of its parts."""
    follows = scene.follows()
    return [f"by {scene.turning}", f"act then {follows}", f"{scene.turning} then {follows}"]


def compare(found: Sequence[Option], enough: float) -> None:
    """Tell each of some options, the likeliest first, how likely the scorer thinks it beside the others.

    One of a chance of less than ``enough`` that is not the likeliest was taken for what the words say outright.
    """
    odds = [_odds(option.chance) for option in found]
    for rank, (option, own) in enumerate(zip(found, odds, strict=True)):
        option.clues.append("behind" if rank else "likeliest")
        option.clues.append("taken" if option.taken else "left")
        if option.chance == UNASKED:
            option.clues.append("by grammar")
        if option.taken and rank and option.chance < enough:
            option.clues.append("taken though behind")
        option.figures["chance"] = own
        if rank:
            option.figures["lag"] = odds[0] - own
        elif len(found) > 1:
            option.figures["lead"] = own - odds[1]


def _odds(chance: float) -> float:
    chance = min(max(chance, 0.003), 0.997)
    return log(chance / (1 - chance))


@cache
def weights(path: Path) -> Weights:
    """For each type of act the weight of each clue: what it says of an act of any type, and of one of this."""
    return joined(json.loads(path.read_text(encoding="utf-8")))


def joined(stored: Weights) -> Weights:
    """The weights by type, of those that hold for ``any`` and those that hold for each type besides."""
    shared = stored["any"]
    return {
        kind: {clue: shared.get(clue, 0.0) + own.get(clue, 0.0) for clue in {*shared, *own}}
        for kind, own in stored.items()
        if kind != "any"
    }


def chance(kind: str, option: Option, table: Weights) -> float:
    """The chance that a party plays the part in an act of a type."""
    known = table[kind]
    total = known["bias"] + sum([known.get(clue, 0.0) for clue in option.clues])
    for figure, value in option.figures.items():
        total += known.get(figure, 0.0) * value
    return 1 / (1 + exp(-total))


def chosen(chances: Sequence[float], first: float, more: float) -> list[int]:
    """The numbers of the options to take: the likeliest if its chance reaches ``first``, others that reach ``more``."""
    ranked = sorted(range(len(chances)), key=lambda i: -chances[i])
    return [i for rank, i in enumerate(ranked) if chances[i] >= (more if rank else first)]
