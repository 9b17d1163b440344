"""Parties, people and roles are found in text and resolved with the page's date."""

from __future__ import annotations

import itertools
import time

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


def pairs(text: str, published: str | None = "2012-06-10") -> list[tuple[str, str]]:
    """Name and id of each mention that is a party by itself."""
    return [(m.name, m.id) for m in read(text, published) if not m.adjective]


def test_title_country_and_name_are_one_mention() -> None:
    """ "Iranian Foreign Minister Abbas Araghchi" is one mention, of Iran."""
    (mention,) = read("Iranian Foreign Minister Abbas Araghchi arrived.", "2025-05-20")
    assert (mention.id, mention.person, mention.name, mention.start) == ("IRN", "Abbas Araghchi", "Abbas Araghchi", 0)


def test_a_name_ends_with_its_brackets() -> None:
    """Those behind a short form in brackets belong to the mention, and are no part of the name."""
    found = pairs("The Kurdistan Workers' Party (PKK) militants left.")
    assert found == [("Kurdistan Workers' Party", "pkk"), ("PKK", "pkk")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Norwegian deputy defence minister Kari Nordmann resigned.", "NOR"),
        ("Kari Nordmann, Norway's deputy defence minister, resigned.", "NOR"),
        ("Hadi Example, a spokesman for the PMF, spoke.", "popular-mobilization-forces"),
        ("The president of Zambia, Example Banda, spoke.", "ZMB"),
        ("Foreign Minister John Kerry arrived.", None),
        ("Syrian opposition leader Example Name spoke.", "syrian-opposition"),
    ],
)
def test_people_no_table_knows_act_for_whom_the_page_says(text: str, code: str | None) -> None:
    """A title before a name or an apposition after it names the party."""
    found = read(text, "2014-03-01")
    assert found[0].person is not None
    assert found[0].id == (code or "USA")


def test_the_date_decides_who_is_meant() -> None:
    """One surname, two offices: NATO's Solana in 1998, the EU's in 2006."""
    assert pairs("Javier Solana spoke.", "1998-03-01")[0][1] == "NATO"
    assert pairs("Javier Solana spoke.", "2006-03-01")[0][1] == "EU"


def test_former_office_holders_act_for_themselves() -> None:
    """A former minister without an office at the page's date is a person."""
    assert pairs("The former foreign secretary Jack Straw travelled.", "2013-10-01")[0][1] == "jack-straw"


def test_a_joint_envoy_acts_for_both_bodies() -> None:
    """The second body of a joint envoy stands in ``also``."""
    (mention,) = read("UN-Arab League envoy Kofi Annan spoke.", "2012-04-01")
    assert (mention.id, mention.also) == ("UN", ("ARAB_LEAGUE",))


@pytest.mark.parametrize(
    ("text", "adjective"),
    [
        ("The Syrian war went on.", True),
        ("The Iran nuclear deal held.", True),
        ("The US dollar fell.", True),
        ("A Russian offer was made.", False),
        ("Israeli strikes followed.", False),
        ("Iran rejected it.", False),
    ],
)
def test_a_name_before_an_act_is_a_party_and_before_a_topic_is_not(text: str, adjective: bool) -> None:
    """ "Russian offer" tells who acts, "Syrian war" only what is meant."""
    assert read(text)[0].adjective is adjective


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Libyan rebels advanced.", "libyan-rebels"),
        ("Rebels in Libya advanced.", "libyan-rebels"),
        ("Syrian villagers fled.", "syrian-civilians"),
        ("People of Ukraine marched.", "ukrainian-civilians"),
        ("U.S. officials agreed.", "USA"),
        ("Security forces of Egypt moved.", "EGY"),
        ("The EU three met.", "GBR"),
    ],
)
def test_unnamed_agents_belong_to_the_state_beside_them(text: str, code: str) -> None:
    """An agent noun with its country gives the side's id."""
    assert pairs(text)[0][1] == code


@pytest.mark.parametrize(
    "text",
    [
        "The Washington Post wrote.",
        "The New York Times wrote.",
        "He sailed the Indian Ocean.",
        "Tell us more about may and ban.",
        "They flew over the Persian Gulf.",
        "Brown bread and white rice were served.",
    ],
)
def test_names_inside_other_names_are_no_parties(text: str) -> None:
    """Newspapers, seas and common words hold no party."""
    assert [m for m in read(text, "2009-05-01") if m.via != "pronoun"] == []


def test_misspelt_names_find_their_person() -> None:
    """Slips and transliterations resolve when the rest fits."""
    assert read("Mr Saakhashvilli replied.", "2008-08-20")[0].person == "Mikheil Saakashvili"
    assert read("Moammar Gadaffi replied.", "2011-03-01")[0].id == "LBY"


def test_tokenised_text_is_read() -> None:
    """Spaces around hyphens and before apostrophes do not hide names."""
    found = pairs("Zanu - PF and Ban Ki - moon met Iran ’s president , Mahmoud Ahmadinejad .", "2008-05-01")
    assert [code for _, code in found] == ["zanu-pf", "UN", "IRN"]


def test_offsets_are_exact_and_sorted_and_apart() -> None:
    """Every mention's range lies in the text, in order, without overlap, accents and all."""
    text = "Türkiye’s Recep Tayyip Erdoğan met Côte d'Ivoire's envoy.\nHe said the U.S.-led plan failed -LRB- AP -RRB-."
    found = read(text, "2012-05-01")
    assert found == sorted(found, key=lambda m: m.start)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(m.name in text[m.start : m.end] for m in found)


def test_a_hostile_page_does_not_hang() -> None:
    """A single line of a megabyte, or 20,000 commas, is read in bounded time."""
    begin = time.process_time()
    read("Iran, " * 170_000)
    read("the " * 50_000 + "\n" + "A" * 100_000 + "\n" + "Iran" + "," * 20_000 + "Iraq")
    assert time.process_time() - begin < 5


def test_no_spans_no_mentions() -> None:
    """An empty page has no mentions."""
    assert find_mentions("", [], None) == []


def test_a_page_without_a_date_is_as_late_as_the_years_it_names() -> None:
    """In a text of 2013 without a date, a mediator of 2007 acts for no party any more."""
    assert read("In 2013 Martti Ahtisaari remembered.", None)[0].id == "martti-ahtisaari"


def test_the_head_of_a_university_acts_for_no_state() -> None:
    """A title of a body that is no party makes nobody an actor for a state."""
    found = read("Sergei Exemplar, vice president of the Example University, praised Russia.")
    assert [(m.kind, m.id) for m in found] == [("person", "sergei-exemplar"), ("state", "RUS")]


@pytest.mark.parametrize(
    "text",
    [
        "The BBC's Mary Nordmann spoke.",
        "The photographer Mary Nordmann spoke.",
        "Photographer Mary Nordmann spoke.",
        "Mary Nordmann BBC News, Oslo.",
    ],
)
def test_those_who_report_the_news_are_no_parties(text: str) -> None:
    """Neither where an outlet is named beside them nor later; anybody else of that name would be one."""
    assert not [m for m in read(text + "\nMary Nordmann left.") if m.person]
    assert read("Mary Nordmann left.")[0].id == "mary-nordmann"


def test_initials_are_seen_through() -> None:
    """A middle initial makes nobody else of a known person."""
    assert pairs("Germany's allies met Vladimir V. Putin.", "2015-06-10")[-1] == ("Vladimir V. Putin", "RUS")


def test_no_state_has_two_presidents() -> None:
    """Somebody whose title is known to be another's there is not of that state, though it was named last."""
    text = "Talks with France went on.\nPresident Example Banda declined."
    assert ("Example Banda", "FRA") not in pairs(text)
    assert ("Example Banda", "FRA") in pairs(text.replace("President", "Deputy Minister"))


def test_a_first_part_of_a_name_is_the_same_person() -> None:
    """ "Juan Pablo" after "Juan Pablo Nordmann"."""
    found = pairs("Juan Pablo Nordmann left.\nLater Juan Pablo came back.")
    assert {code for _, code in found} == {"juan-pablo-nordmann"}


def test_the_kingdom_is_a_monarchy() -> None:
    """Not just the state named last."""
    assert pairs("Saudi Arabia met Iran.\nThe kingdom refused.")[-1][1] == "SAU"


def test_governments_of_the_past_are_their_states() -> None:
    """ "The Bush administration" in a look back."""
    assert pairs("The Bush administration had refused.")[0][1] == "USA"


def test_where_an_ambassador_sits_is_no_party_of_his() -> None:
    """Nor is a title another body's: only a joint envoy acts for two."""
    text = "Russia's representative at the UN, Sergei Lavrov, left.\nNATO Secretary-General Anders Fogh Rasmussen left."
    found = read(text)
    assert all(m.also == () for m in found if m.person)
