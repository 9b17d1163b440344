"""The mode of an act, by the head's chances and the words together; the models behind it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from communique.coding.labels import MODES
from communique.coding.linear import Linear, load
from communique.coding.modes import MODES_OF, WEIGHTS, mode_of, turning_word
from communique.coding.networks import Network, careful, quick

MODELS = load(quick().folder / WEIGHTS)
EVEN = np.full(len(MODES), 1 / len(MODES))


@pytest.mark.parametrize(
    "kind, words, turning, expected",
    [
        ("PROPOSE", "Oslo invited both delegations to a conference", "invited", "invite"),
        ("REQUEST", "Oslo demanded that the shelling stop immediately", "demanded", "demand"),
        ("REQUEST", "the minister asked for help", "asked", "ask"),
        ("ACCUSE", "the council condemned the attack", "condemned", "condemn"),
        ("CONSULT", "the two presidents spoke by telephone", "spoke", "talk"),
        ("REJECT", "the envoy declined the invitation", "declined", "decline"),
    ],
)
def test_words_decide_where_the_head_knows_nothing(kind: str, words: str, turning: str, expected: str) -> None:
    """With every mode as likely to the encoder as any other, plain words still tell."""
    mode, why = mode_of(kind, EVEN, words, turning, MODELS)
    assert mode == expected
    assert "most by" in why()


def test_a_sure_head_is_believed() -> None:
    """What the encoder is sure of stands where the words say nothing."""
    chances = np.full(len(MODES), 1e-6)
    chances[MODES.index(("CONSULT", "visit"))] = 1
    assert mode_of("CONSULT", chances, "it went on", "went", MODELS)[0] == "visit"


def test_types_without_modes_have_none() -> None:
    """A denial has no mode, and no model is asked."""
    assert mode_of("DENY", EVEN, "denied it", "denied", MODELS)[0] is None


@pytest.mark.parametrize("network", [quick, careful], ids=["quick", "careful"])
def test_every_type_with_modes_has_a_model_of_them(network: Callable[[], Network]) -> None:
    """The weights shipped know the codebook's modes and no others."""
    models = load(network().folder / WEIGHTS)
    assert {kind: set(model.classes) for kind, model in models.items()} == {
        kind: {name for _, name in own} for kind, own in MODES_OF.items()
    }


def test_the_word_an_act_turns_on_is_whole() -> None:
    """A trigger may be a piece of a word."""
    text = "They renegotiated it."
    assert turning_word(text, (7, 14), (0, len(text))) == "renegotiated"


def test_chances_sum_to_one_and_unknown_clues_say_nothing() -> None:
    """A small model by hand: one clue for each class, and what speaks for it."""
    model = Linear(("a", "b"), [0.0, 0.0], {"x": [2.0, -2.0], "y": [-1.0, 1.0]})
    assert sum(model.chances({"x": 1.0, "z": 9.0})) == pytest.approx(1)
    assert model.chances({"z": 9.0}) == [0.5, 0.5]
    assert model.telling({"x": 1.0, "y": 1.0}, 0) == ["x"]
