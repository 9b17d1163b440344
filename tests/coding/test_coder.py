"""The coder end to end, on pages of our own."""

from __future__ import annotations

from importlib.resources import files

import pytest

from communique.coding import code_page
from communique.coding.coded import CodedPage
from communique.page import Page
from communique.reading import Source, text_page

STORY = """Iceland turns down Norwegian offer on cod

The Sample Wire
2014-03-12

REYKJAVIK, March 12 - Iceland has turned down a Norwegian offer to mediate in its dispute with the Faroe Islands, \
Foreign Minister Gunnar Bragi Sveinsson said on Wednesday.

Norway had offered to host talks in Bergen if both sides stopped fishing in the disputed waters.

The weather in Bergen was fine and the harbour was full of visitors.
"""


@pytest.fixture(scope="module")
def coded() -> CodedPage:
    """The story, coded."""
    return code_page(text_page(STORY.encode(), Source(doc="story")))


def test_every_quote_is_the_words_at_its_offsets(coded: CodedPage) -> None:
    """Quotes, mentions and terms are exactly the page's words at their ranges."""
    text = coded.page.text
    assert coded.events
    for event in coded.events:
        for words in (event.evidence, *event.mentions, *(term.evidence for term in event.terms)):
            assert text[words.start : words.end] == words.quote


def test_refusal_and_offer_are_coded_with_their_directions(coded: CodedPage) -> None:
    """Iceland refuses Norway; Norway offers to Iceland; the refusal answers the offer."""
    (refusal,) = [event for event in coded.events if event.type == "REJECT"]
    assert [a.id for a in refusal.sources] == ["ISL"]
    assert "NOR" in {a.id for a in refusal.targets}
    (offer,) = [event for event in coded.events if event.id == refusal.answers]
    assert offer.type == "PROPOSE"
    assert [a.id for a in offer.sources] == ["NOR"]


def test_the_day_and_the_teller_of_an_offer_are_not_those_of_its_refusal() -> None:
    """ "On Wednesday rejected an offer", made on Monday as officials say: that Wednesday is the day of the refusal."""
    told = (files("communique.demo") / "pages" / "herald-2014.txt").read_bytes()
    events = {event.id: event for event in code_page(text_page(told, Source(doc="herald"))).events}
    (refusal,) = [event for event in events.values() if event.type == "REJECT"]
    offer = events[refusal.answers or ""]
    assert (refusal.date, refusal.according_to) == ("2014-03-12", ())
    assert (offer.date, offer.according_to) == ("2014-03-10", ("Icelandic officials",))


def test_weather_is_no_event(coded: CodedPage) -> None:
    """A sentence without an act tells none."""
    assert not [e for e in coded.events if "weather" in e.evidence.quote]


def test_the_same_page_gives_the_same_events(coded: CodedPage) -> None:
    """Coding is a pure function of the page."""
    assert code_page(coded.page).to_dict() == coded.to_dict()


def test_ids_run_in_the_order_of_the_page(coded: CodedPage) -> None:
    """Events are e1, e2, ... by where their words stand, and answers name one of them."""
    assert [e.id for e in coded.events] == [f"e{n}" for n in range(1, len(coded.events) + 1)]
    starts = [e.evidence.start for e in coded.events]
    assert starts == sorted(starts)
    assert all(e.answers is None or e.answers in {o.id for o in coded.events} for e in coded.events)


@pytest.mark.parametrize("text", ["", " \n\n ", "Home\nLogin\nSubscribe\n", "x" * 200_000])
def test_page_without_an_article_gives_no_events(text: str) -> None:
    """A page with nothing to code gives no events and a warning, not an error."""
    result = code_page(Page(doc="empty", text=text, digest=""))
    assert result.events == ()
    assert result.warnings


def test_confidence_is_a_chance(coded: CodedPage) -> None:
    """Confidence lies between 0 and 1."""
    assert all(0.0 <= e.confidence <= 1.0 for e in coded.events)
