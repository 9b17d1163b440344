"""Attributions: sources, cues, contents and chains, read out of sentences written for the purpose."""

from __future__ import annotations

import time

import pytest

from communique.actor import Mention
from communique.coding.attribution import Attribution, attributions
from communique.coding.mentions import find_mentions
from communique.coding.sentences import sentences


def read(text: str, mentions: tuple[Mention, ...] = ()) -> list[Attribution]:
    """The attributions of a text of one line."""
    return attributions(text, sentences(text, [(0, len(text))]), mentions)


def content(text: str, layer: Attribution) -> str:
    """The words that hang on an attribution."""
    return " / ".join(text[a:b] for a, b in layer.content_spans)


@pytest.mark.parametrize(
    "text, source, words",
    [
        ("Rebels said the town had fallen.", "Rebels", "the town had fallen"),
        ("The town had fallen, rebels said on Monday.", "rebels", "The town had fallen"),
        ("“The town has fallen,” said Ana Roe, a spokeswoman.", "Ana Roe", "“The town has fallen,”"),
        ("According to two diplomats, the town had fallen.", "two diplomats", "the town had fallen"),
        ("The town has fallen, according to two diplomats.", "two diplomats", "The town has fallen"),
        ("The deal, he said, is dead.", None, "The deal / is dead"),
        ("The junta's claim that the town had fallen is new.", "junta", "the town had fallen is new"),
        ("The ministry, which oversees trade, said that it would pay.", "ministry", "it would pay"),
        ("A boy who fled the town said soldiers had come.", "boy", "soldiers had come"),
        ("The foreign minister, Jan Roe, said talks would go on.", "Jan Roe", "talks would go on"),
        ("Rebels said at least ten soldiers had fled.", "Rebels", "at least ten soldiers had fled"),
        ("Rebels said on Monday at least ten soldiers had fled.", "Rebels", "at least ten soldiers had fled"),
        ("“The town,” Jan Roe said, “has fallen.”", "Jan Roe", "“The town,” / “has fallen.”"),
        ("Lund, Jan Roe said, has fallen.", "Jan Roe", "Lund / has fallen"),
        ("Jan Roe met the envoy and was quoted as saying the town had fallen.", "Jan Roe", "the town had fallen"),
    ],
)
def test_source_and_content(text: str, source: str | None, words: str) -> None:
    """Each frame of reporting gives its source and what hangs on it."""
    layer = read(text)[0]
    assert (layer.source, content(text, layer)) == (source, words)


@pytest.mark.parametrize(
    "text, chain",
    [
        ("A Palestinian official told Reuters that the group had agreed.", ("Palestinian official", "Reuters")),
        ("A rebel told the Associated Press that the group had agreed.", ("rebel", "Associated Press")),
        ("Talks are over, Jan Roe said, according to TASS.", ("Jan Roe", "TASS")),
        ("Jan Roe was quoted by Interfax as saying talks were over.", ("Jan Roe", "Interfax")),
        ("Reuters quoted a rebel commander as saying the town had fallen.", ("rebel commander", "Reuters")),
    ],
)
def test_chains_run_from_the_fact_outwards(text: str, chain: tuple[str, ...]) -> None:
    """The speaker comes before whoever carried the words."""
    assert chain in [layer.chain for layer in read(text)]


def test_reporters_in_general_are_no_carrier() -> None:
    """Telling reporters or a news conference adds no layer."""
    for hearers in ("reporters", "journalists in Oslo", "a news conference"):
        layers = read(f"Jan Roe told {hearers} that talks were over.")
        assert [layer.chain for layer in layers] == [("Jan Roe",)]


def test_hearsay_has_no_source() -> None:
    """ "Reportedly" and "is said to" are attributions that name nobody."""
    for text in ("The army reportedly shelled the town.", "The army is said to have shelled the town."):
        assert [layer.source for layer in read(text)] == [None]


def test_pronouns_go_back_to_the_speaker() -> None:
    """ "He added" has the speaker of the sentence before, by the full name the page gives."""
    layers = read("Foreign Minister Jan Roe said talks went well. He added that more would follow.")
    assert [layer.source for layer in layers] == ["Jan Roe", "Jan Roe"]


def test_who_has_not_spoken_yet_may_have_been_told_of() -> None:
    """ "He" is whom the sentence before begins with, where nobody has been quoted so far."""
    text = "The prime minister was asked about the plan. “We will not go,” he said."
    assert read(text)[-1].source == "prime minister"
    assert read("Snow fell on the plan. “We will not go,” he said.")[-1].source is None


def test_who_says_so_in_a_relative_clause() -> None:
    """In "two pilots who it said", it is not the pilots who speak."""
    text = "The Harbour Union said talks had failed. It mourned two pilots who it said were shot."
    assert read(text)[-1].source == "Harbour Union"


def named(text: str) -> list[str | None]:
    """The sources of a text, whose parties and people are found as the coder finds them."""
    mentions = find_mentions(text, sentences(text, [(0, len(text))]), "2024-03-01")
    return [layer.source for layer in read(text, tuple(mentions))]


def test_an_office_in_capitals_goes_back_to_who_holds_it() -> None:
    """ "The Foreign Minister" is no name, and the minister's deputy is somebody else."""
    first = "Norway's Foreign Minister Jan Roe came to Riga. The Foreign Minister said talks went well."
    assert named(first) == ["Jan Roe"]
    assert named(f"{first} The Deputy Foreign Minister said that they would go on.")[1:] == ["Deputy Foreign Minister"]


def test_those_who_act_for_somebody_are_not_that_person() -> None:
    """Nor is somebody what the words behind the name belong to."""
    assert named("Bashar al-Assad's government said rebels had left.") == ["Bashar al-Assad's government"]
    text = "Jan Roe, the head of the Red Cross, came to Riga. Roe said talks went well."
    assert named(text) == ["Jan Roe"]


def test_of_two_people_of_one_name_who_spoke_speaks_again() -> None:
    """Not the one whom the page names first and speaks of."""
    text = "Rebels freed Matan Roe. His mother Einav Roe said the deal came late. “Bring them home,” Roe said."
    assert named(text) == ["Einav Roe", "Einav Roe"]


def test_a_long_name_is_one() -> None:
    """Particles do not count for its length."""
    text = "Oman's Foreign Minister Sayyid Omar bin Said bin Hamad Almaskari said that talks would be held in Rome."
    assert named(text) == ["Omar bin Said bin Hamad Almaskari"]


def test_short_names_become_full_ones() -> None:
    """A surname takes the full name of the page, or the person its mention stands for."""
    assert read("Jan Roe came. Later Roe said talks went well.")[-1].source == "Jan Roe"
    text = "Later Roe said talks went well."
    mention = Mention(6, 9, "Roe", "NOR", "state", "surname", person="Jan Roe")
    assert read(text, (mention,))[-1].source == "Jan Roe"


def test_quotation_over_sentences_is_one_content() -> None:
    """What stands inside the same quotation marks belongs to its speaker, as do quoted sentences that follow."""
    text = "“We will not go. They must come,” Jan Roe said. “That is all.” Snow fell."
    layer = read(text)[0]
    assert layer.covers(text.index("We will"), text.index("go.") + 2) == 1.0
    assert layer.covers(text.index("That is"), text.index("all.") + 3) == 1.0
    assert layer.covers(text.index("Snow"), len(text)) == 0.0


def test_who_is_told_of_in_a_quotation_does_not_take_it_over() -> None:
    """What the speaker says of others' words stays the speaker's, and so does the rest of the quotation."""
    text = "“We moved,” Jan Roe said. “Look at this week. Ana Poe says they will not pay. How can that be?” Snow fell."
    roe, poe = read(text)
    assert [text[a:b] for a, b in roe.content_spans][-1] == "How can that be?”"
    assert (poe.source, content(text, poe)) == ("Ana Poe", "they will not pay")


def test_who_spoke_to_an_agency_still_does() -> None:
    """The agency carries what its source goes on to say in the next sentence."""
    layers = read("Jan Roe told Reuters that talks had failed. He added that war was near.")
    assert any(layer.frame == "carried" and layer.source == "Reuters" for layer in layers if layer.sentence == 1)


def test_acts_are_not_cues() -> None:
    """Nouns that look like verbs of saying, and names, open no attribution."""
    assert read("The United States sent a state visit report to the press office.") == []


def test_every_span_lies_in_the_text() -> None:
    """Sources, cues and contents are exact ranges of the page."""
    text = (
        "Oslo, 3 May. “No,” said Jan Roe (aged 50), who – so he claimed – told Die Zeit and CNN that it was over.\n" * 3
    )
    for layer in attributions(text, sentences(text, [(0, len(text))])):
        spans = [*layer.content_spans, layer.cue_span, *([layer.source_span] if layer.source_span else [])]
        assert all(0 <= a < b <= len(text) for a, b in spans)


@pytest.mark.parametrize(
    "unit", ["said ", "said, ", "“he said ", "who, ", "- ", "told the ", "according to ", "A and "]
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """A line of 200,000 characters that repeats a cue is read within seconds."""
    text = unit * (200_000 // len(unit))
    begun = time.process_time()
    read(text)
    assert time.process_time() - begun < 20
