"""Short names, roles, pronouns and descriptions lead back to the party they stand for."""

from __future__ import annotations

import pytest

from communique.actor import Mention
from communique.coding.mentions import find_mentions


def read(text: str, published: str | None = "2012-06-10") -> list[Mention]:
    """The mentions of a text whose sentences are its lines."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return find_mentions(text, spans, published)


def last(text: str, published: str = "2012-06-10") -> Mention:
    """The last mention of a text."""
    return read(text, published)[-1]


def test_a_surname_finds_its_bearer_even_in_the_headline() -> None:
    """The headline's surname is explained by the full name below it."""
    found = read("Nordmann quits\nNorwegian minister Kari Nordmann left office.")
    assert (found[0].id, found[0].via, found[0].person) == ("NOR", "surname", "Kari Nordmann")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sergei Lavrov met Hillary Clinton.\nShe said little.", "USA"),
        ("Sergei Lavrov met Hillary Clinton.\nHe said little.", "RUS"),
        ("Iran and Russia signed a treaty.\nIt said so.", "IRN"),
        ("Hillary Clinton flew to Cairo.\nThe secretary of state waved.", "USA"),
        ("Russia and China voted.\nNato hailed it, and the alliance moved.", "NATO"),
        (
            "Sergei Lavrov met Bashar al-Assad.\nTo Bashar al-Assad’s dismay, William Hague said that he was glad.",
            "GBR",
        ),
        ("Hamas made an offer.\nThe militant group waited.", "hamas"),
        ("The EU met.\nThe bloc decided.", "EU"),
        ("Mr Lavrov said this: “We shall see.”", "RUS"),
        ("Sergei Lavrov said little.\nBan Ki-moon also sent a note.\nHe said more was needed.", "UN"),
        (
            "Sergei Lavrov said: “We shall see.”\nIn his speech William Hague called it a farce.\n“We have waited",
            "GBR",
        ),
        ("Sergei Lavrov said: “I met William Hague.”\n“We talked", "RUS"),
        ("Sergei Lavrov said little.\nTalks went on.\nHe said more was needed.", "RUS"),
    ],
)
def test_later_words_lead_back(text: str, code: str) -> None:
    """Pronouns by gender, roles by title, descriptions by kind of party."""
    assert last(text).id == code


def test_both_countries_are_the_two_named_together() -> None:
    """ "Both countries" and "they" stand for a pair: one id, the other in ``also``."""
    found = last("Russia and China vetoed the draft.\nBoth countries explained.")
    assert {found.id, *found.also} == {"RUS", "CHN"}


def test_both_sides_of_a_civil_war_are_the_state_and_its_rebels() -> None:
    """ "Both sides" in a civil war are the government and the side most named against it."""
    found = last("Syrian troops fought Syrian rebels.\nAid workers urged both sides.")
    assert (found.id, found.also) == ("SYR", ("syrian-rebels",))


def test_forces_without_a_country_belong_to_the_page_country() -> None:
    """In a page on Syria the army is Syria's, whoever spoke last."""
    assert last("Syria burns\nSyrian rebels fled from Homs.\nBritain wept.\nThe army advanced.").id == "SYR"


def test_protesters_without_a_country_belong_to_the_page_country() -> None:
    """Unnamed protesters are the civilians of the country the page is about."""
    assert last("Egypt in turmoil\nThe United States watched.\nProtesters marched.").id == "egyptian-civilians"


def test_a_pronoun_for_an_unknown_party_is_no_mention() -> None:
    """Where the page names nobody, "he" stands for nobody."""
    assert read("He left early.") == []


@pytest.mark.parametrize("text", ["Senior clerics met.", "Soon after, it rained.", "Schools shut."])
def test_a_word_that_is_also_a_surname_is_nobody(text: str) -> None:
    """Words that begin sentences are not taken for people of that name, rightly spelt or nearly."""
    assert read(text, "2024-06-10" if "Schools" in text else "2008-06-10") == []


def test_a_first_name_that_is_also_a_title_is_a_name() -> None:
    """ "Amir" before a surname is no ruler; "the Amir" is."""
    text = "Peru's envoy spoke.\nThe Security Council listened.\n{} Karvandi said no."
    assert [m.id for m in read(text.format("Amir Hossein"))[2:]] != ["UN"]
    assert last("Qatar waited.\nThe Amir said no.").id == "QAT"
