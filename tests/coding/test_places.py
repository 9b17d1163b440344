"""Where an act took place."""

from __future__ import annotations

import pytest

from communique.coding.mentions import find_mentions
from communique.coding.places import places, spots, towns
from communique.coding.sentences import sentences
from communique.coding.whereabouts import Done, Grounds, Passage, event_place


def place_of(text: str, kind: str, word: str = "", doers: tuple[str, ...] = ()) -> str | None:
    """The place of the act that the last sentence of ``text`` tells, at its ``word``."""
    spans = sentences(text, [(0, len(text))])
    at = text.index(word, spans[-1][0]) if word else spans[-1][0]
    passage = Passage(spans[-1], len(spans) - 1, (at, at + len(word)))
    return event_place(Grounds(text, spans, find_mentions(text, spans)), Done(kind, [passage], doers, ()))


def named(text: str) -> list[str]:
    """The places that a sentence names."""
    span = (0, len(text))
    return [spot.name for spot in spots(text, span, find_mentions(text, [span]))]


@pytest.mark.parametrize(
    ("text", "kind", "word", "place"),
    [
        ("The two ministers met in Geneva for an hour.", "CONSULT", "met", "Geneva"),
        ("The fifth round of talks was held in the Omani capital.", "CONSULT", "talks", "Omani capital"),
        ("Troops stormed the northern city of Idlib.", "ASSAULT", "stormed", "Idlib"),
        ("Shells fell near Benghazi after dark, killing two people.", "ASSAULT", "killing", "Benghazi"),
        ("Crowds gathered in Umm Sarha to demand his release.", "PROTEST", "gathered", "Umm Sarha"),
        ("The two sides held talks in Turkey's Istanbul on Friday.", "CONSULT", "talks", "Istanbul"),
        ("Soldiers killed six people in the town of Umm Sarha, they said.", "ASSAULT", "killed", "Umm Sarha"),
    ],
)
def test_a_place_said_with_the_act_is_found(text: str, kind: str, word: str, place: str) -> None:
    """A name behind a word of place is the act's place."""
    assert place_of(text, kind, word) == place


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The union imposed new sanctions on Iran.", "SANCTION"),
        ("He condemned the violence in Syria.", "ACCUSE"),
        ("The allies met in March.", "CONSULT"),
        ("ROME, 3 May - The minister resigned.", "CONCEDE"),
    ],
)
def test_what_is_spoken_of_and_the_dateline_are_no_places(text: str, kind: str) -> None:
    """A state spoken about, a month, or the dateline is not where the act took place."""
    assert place_of(text, kind) is None


@pytest.mark.parametrize(
    "text",
    [
        "The protest outside the Turkish embassy went on.",
        "They met in NATO's and the UN's offices.",
        "The question in Muslim and Kurdish families is another.",
        "He had faith in Carlos Mendieta, the mayor.",
    ],
)
def test_peoples_bodies_and_persons_are_no_places(text: str) -> None:
    """Nor are beliefs: only a name that stands for a place is one."""
    assert named(text) == []


def test_a_list_of_places_is_read_to_its_end() -> None:
    """Those that follow share the word of place of the first."""
    assert named("Guns were heard in Homs, Hama and the town of Umm Sarha.") == ["Homs", "Hama", "Umm Sarha"]


def test_a_place_of_the_sentence_before_serves_an_attack() -> None:
    """What happens on the ground goes on where the page has just been; words do not."""
    before = "Tanks shelled the city of Homs. "
    assert place_of(before + "Soldiers killed two people in the street.", "ASSAULT", "killed") == "Homs"
    assert place_of(before + "The minister called for calm.", "REQUEST", "called") is None


def test_the_table_names_what_each_place_is() -> None:
    """States and their capitals are in the table under their kinds; a region of no one state stands for none."""
    assert places()["Geneva"] == "city" and places()["Vienna"] == "capital" and places()["France"] == "country"
    assert towns()["Homs"] == "SYR" and "Kashmir" not in towns()
