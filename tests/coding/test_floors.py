"""Which types a sentence tells: by a floor, and by less where its words or an answer beside leave less doubt."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from communique.coding.floors import types_told
from communique.coding.labels import TYPE_INDEX, TYPES
from communique.coding.networks import quick
from communique.coding.scoring import ScoredPage
from communique.coding.windows import Sentence

FLOORS = quick().floors


def told(words: str, **chances: float) -> set[str]:
    """The types that a page of one sentence tells, by the chances of some types."""
    page = ScoredPage([Sentence(0, len(words), False, (), (), (), ())], {}, {}, {}, {}, Counter())
    page.types[0] = np.zeros(len(TYPES))
    for name, chance in chances.items():
        page.types[0][TYPE_INDEX[name]] = chance
    return {TYPES[number] for number in types_told(page, words, 0)}


def test_a_type_needs_its_floor() -> None:
    """What reaches the floor is told, what lies below is not."""
    assert told("Oslo spoke.", PROPOSE=FLOORS.type, ACCUSE=FLOORS.type - 0.01) == {"PROPOSE"}


@pytest.mark.parametrize("words", ["Oslo is ready to talk.", "It spoke of its willingness to talk."])
def test_willingness_is_an_offer(words: str) -> None:
    """By the codebook; but not where the scorer sees next to nothing of one."""
    assert told(words, PROPOSE=0.3) == {"PROPOSE"}
    assert told(words, PROPOSE=0.1) == told("It came already to talks.", PROPOSE=0.3) == set()


def test_an_answer_speaks_for_what_it_answers() -> None:
    """Beside a refusal, an offer needs less, and a charge does not."""
    words = "Oslo suggested it but was turned down by Bern."
    assert told(words, REJECT=0.9, PROPOSE=FLOORS.answered, ACCUSE=FLOORS.answered) == {"REJECT", "PROPOSE"}
    assert told(words, SUPPORT=0.9, PROPOSE=FLOORS.answered) == {"SUPPORT"}
