"""Where an act took place."""

from __future__ import annotations

import pytest

from communique.coding.places import event_place, places


def place_of(text: str, kind: str) -> str | None:
    """The place of the act that a whole sentence tells."""
    return event_place(text, (0, len(text)), (0, len(text)), kind)


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("The two ministers met in Geneva for an hour.", "CONSULT", "Geneva"),
        ("Troops stormed the northern city of Idlib.", "ASSAULT", "Idlib"),
        ("Shells fell near Benghazi after dark.", "ASSAULT", "Benghazi"),
        ("Crowds gathered in Umm Sarha to demand his release.", "PROTEST", "Umm Sarha"),
        ("Speaking to reporters in Paris, she urged both sides to stop.", "REQUEST", "Paris"),
    ],
)
def test_a_place_said_with_the_act_is_found(text: str, kind: str, place: str) -> None:
    """A name behind a word of place is the act's place."""
    assert place_of(text, kind) == place


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The union imposed new sanctions on Iran.", "SANCTION"),
        ("He condemned the violence in Syria.", "ACCUSE"),
        ("The allies met in March.", "CONSULT"),
        ("ROME, 3 May - The minister resigned.", "CONCEDE"),
        ("", "ASSAULT"),
    ],
)
def test_what_is_spoken_of_and_the_dateline_are_no_places(text: str, kind: str) -> None:
    """A state spoken about, a month, or the dateline is not where the act took place."""
    assert place_of(text, kind) is None


def test_the_table_names_what_each_place_is() -> None:
    """States and their capitals are in the table under their kinds."""
    assert places()["Geneva"] == "city" and places()["Vienna"] == "capital" and places()["France"] == "country"
