"""Which act answers which, by what two acts have in common."""

from __future__ import annotations

from communique.coding.answering import LIKELY, Side, chance, clues, long_words


def side(kind: str, source: str, target: str, sentence: int, words: str) -> Side:
    """An act with one source and one target."""
    return Side(kind, frozenset([source]), frozenset([target]), sentence, long_words(words))


OFFER = side("PROPOSE", "NOR", "ISL", 2, "Norway offered to host fishing talks in Bergen")
REFUSAL = side("REJECT", "ISL", "NOR", 3, "Iceland refused to attend the fishing talks in Bergen")


def test_a_refusal_answers_the_offer_made_to_it() -> None:
    """Crossed parties, the next sentence and shared words make an answer likely."""
    assert chance(REFUSAL, OFFER) >= LIKELY


def test_a_refusal_of_somebody_else_is_less_likely() -> None:
    """The same words between other parties far off are a worse match."""
    other = side("PROPOSE", "CHL", "PER", 15, "Chile offered copper")
    assert chance(REFUSAL, other) < chance(REFUSAL, OFFER) / 2


def test_clues_tell_crossed_parties_and_order() -> None:
    """The clues say that the answer is toward the doer, by the addressee, and told after."""
    seen = clues(REFUSAL, OFFER)
    assert seen["toward its doer"] == seen["by its addressee"] == seen["told after"] == 1.0
    assert seen["same doer"] == 0.0
