"""What an act is about, in the words of its reports."""

from __future__ import annotations

import pytest

from communique.day_words import only_dated
from communique.event import Term
from communique.evidence import Evidence
from communique.linking.matter import matter, matter_of, shortened
from communique.linking.report import Report
from linking.stories import one


def offer(about: str, term: str) -> Report:
    """An offer with one term."""
    terms = (Term("gives", "KEN", Evidence(0, len(term), term)),)
    return one("PROPOSE", "KEN", "UGA", about, quote=f"Kenya told Uganda it would {term}.", terms=terms)


@pytest.mark.parametrize(
    ("about", "term", "expected"),
    [
        ("reopen the northern ferry", "reopen the northern ferry by May", "reopen the northern ferry"),
        ("reopen", "reopen the northern ferry", "reopen the northern ferry"),
        ("the ferry", "reopen a harbour", "the ferry"),
        ("of the", "reopen the northern ferry", "reopen the northern ferry"),
        ("visas", "reopen the northern ferry", "visas"),
    ],
)
def test_a_matter_says_more_than_a_lone_word(about: str, term: str, expected: str) -> None:
    """A lone word that stands in a term, or words that say nothing, give way to the term; others stay."""
    assert matter(offer(about, term)) == expected


@pytest.mark.parametrize(
    ("about", "term", "expected"),
    [
        ("a shortage of grain", "prevent a shortage of grain before May", "prevent a shortage of grain"),
        ("a shortage of grain", "Uganda has a shortage of grain", "a shortage of grain"),
        ("a shortage of grain", "they end a shortage of grain", "a shortage of grain"),
        ("a shortage of grain", "send the trains that would end a shortage of grain", "a shortage of grain"),
        ("grain shipments", "triple\n grain shipments", "triple grain shipments"),
    ],
)
def test_a_matter_comes_with_the_words_that_lead_to_it(about: str, term: str, expected: str) -> None:
    """Without its verb a matter may say the opposite of what is offered; who is to act is said by the parties."""
    assert matter(offer(about, term)) == expected


def test_a_term_is_not_broken_off_after_a_preposition() -> None:
    """At most ten words are taken, the last of them neither article nor preposition."""
    assert (
        shortened("one two three four five six seven eight nine of ten")
        == "one two three four five six seven eight nine"
    )


def test_the_commonest_telling_matter_is_taken() -> None:
    """Of several reports the matter that most give is the act's, whatever says nothing being left out."""
    told = [offer("of the", "of the"), offer("northern ferry", ""), offer("of the", "of the"), offer("old ferry", ""),
            offer("northern ferry", "")]  # fmt: skip
    assert matter_of(told) == "northern ferry"
    assert matter_of([]) is None


@pytest.mark.parametrize("words", ["Wednesday", "10 March 2014", "on the night of Friday", "last week"])
def test_a_day_is_no_matter(words: str) -> None:
    """When an act was done is not what it was about: a term says more."""
    assert only_dated(words)
    assert matter(offer(words, "reopen the northern ferry")) == "reopen the northern ferry"


def test_words_beside_a_day_are_a_matter() -> None:
    """A matter may name a day beside what it is."""
    assert not only_dated("the Friday ferry")
    assert not only_dated(None)


def test_a_long_term_ends_with_a_phrase() -> None:
    """Not in the midst of "patrol ships", but where a clause or a preposition begins."""
    assert shortened("withdraw all of the old patrol ships from the northern coastal fishing waters by May") == (
        "withdraw all of the old patrol ships"
    )
    assert shortened("reopen the northern ferry, the harbour and a road over the old stone bridge") == (
        "reopen the northern ferry, the harbour and a road"
    )
