"""Which types of act a sentence tells: those whose chance reaches a floor, lower where the words leave less doubt.

``outright.csv`` of ``knowledge/acts`` names words that say a type outright ("ready to": an offer). And an answer is an
answer to something: beside a refusal or an acceptance, what was offered or asked needs less ("suggested it but was
turned down").
"""

from __future__ import annotations

from functools import cache

from communique.coding.labels import TYPE_INDEX
from communique.coding.objects import WordPattern
from communique.coding.scoring import ScoredPage
from communique.knowledge import tables

_ANSWERS = [TYPE_INDEX[name] for name in ("ACCEPT", "REJECT")]
_ANSWERED = [TYPE_INDEX[name] for name in ("PROPOSE", "REQUEST")]


def types_told(page: ScoredPage, text: str, index: int, floor: float | None = None) -> list[int]:
    """The numbers of the types that a sentence of a page with that text tells: of at least the chance ``floor`` (the
    network's own unless another is given), or less as above."""
    floors = page.network.floors
    floor = floors.type if floor is None else floor
    chances, one = page.types[index].tolist(), page.sentences[index]
    found = {number for number, chance in enumerate(chances) if chance >= floor}
    if not found.isdisjoint(_ANSWERS):
        found.update(number for number in _ANSWERED if chances[number] >= floors.answered)
    for words, number, enough in _outright():
        if enough <= chances[number] < floor and words.search(text[one.start : one.end]):
            found.add(number)
    return sorted(found)


@cache
def _outright() -> tuple[tuple[WordPattern, int, float], ...]:
    rows = tables.records("acts", "outright.csv")
    return tuple((WordPattern.of(row["words"]), TYPE_INDEX[row["type"]], float(row["floor"])) for row in rows)
