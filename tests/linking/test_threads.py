"""Threads: what was put, what answered it, how it came out, and where sources differ."""

from __future__ import annotations

import pytest

from communique.linking.positions import positions
from communique.linking.report import Report
from communique.linking.whole import Linked, link
from communique.thread import Thread
from linking.stories import event, one, page

PLAN = "the harbour accord on toll and pier"


def linked(*reports: Report | list[Report]) -> Linked:
    """Reports and pages of reports, linked."""
    return link([r for part in reports for r in (part if isinstance(part, list) else [part])])


def single(*reports: Report | list[Report]) -> Thread:
    """The one thread that the reports make."""
    (thread,) = linked(*reports).threads
    return thread


OFFER = {"date": "2030-06-01", "mode": "plan"}


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ([], "open"),
        ([("ACCEPT", {"mode": "full"})], "accepted"),
        ([("ACCEPT", {"mode": "conditional"})], "conditionally accepted"),
        ([("REJECT", {"mode": "refuse"})], "rejected"),
        ([("PROPOSE", {"mode": "plan"})], "countered"),
        ([("AGREE", {"mode": "deal"})], "agreed"),
        ([("REJECT", {"status": "planned"})], "open"),
        ([("ACCEPT", {"status": "negated"})], "open"),
    ],
)
def test_outcomes(later: list[tuple[str, dict[str, str]]], expected: str) -> None:
    """What came later, on other pages, decides how a proposal came out."""
    offer = one("PROPOSE", "FRA", "ITA", PLAN, **OFFER)
    answers = [one(t, "ITA", "FRA", PLAN, date="2030-06-05", **fields) for t, fields in later]
    threads = linked(offer, *answers).threads
    assert [t.outcome for t in threads if t.root == f"m-{offer.key}"] == [expected]


def test_a_breach_breaks_an_agreement() -> None:
    """An agreement that one side later breaks is broken, with the date of the breach."""
    deal = one("AGREE", "FRA", "ITA", PLAN, date="2030-06-01")
    breach = one("BREACH", "ITA", "FRA", PLAN, date="2031-02-03", published="2031-02-04")
    thread = single(deal, breach)
    assert (thread.outcome, thread.outcome_date, thread.rests_on) == ("broken", "2031-02-03", (f"m-{breach.key}",))


def test_a_yes_and_a_no_on_one_day_are_a_dispute() -> None:
    """Where one source has a party accept and another has it refuse, the outcome is disputed, with both sides."""
    offer = one("PROPOSE", "FRA", "ITA", PLAN, **OFFER)
    yes = one("ACCEPT", "ITA", "FRA", PLAN, date="2030-06-05", status="alleged", quote="Rome had agreed to the accord")
    no = one("REJECT", "ITA", "FRA", PLAN, date="2030-06-05", quote="Rome turned the accord down")
    thread = single(offer, yes, no)
    assert thread.outcome == "disputed"
    assert [side.words for side in thread.disputes[0].sides] == [(yes.quote,), (no.quote,)]


def test_an_answer_does_not_come_before_what_it_answers() -> None:
    """A refusal of January answers no proposal of June."""
    no = one("REJECT", "ITA", "FRA", PLAN, date="2030-01-05", published="2030-01-06")
    offer = one("PROPOSE", "FRA", "ITA", PLAN, **OFFER)
    assert linked(no, offer).links == ()


def test_the_other_side_answers_not_the_one_who_asked() -> None:
    """A refusal by the proposer itself, or by a party that was not addressed, answers nothing."""
    offer = one("PROPOSE", "FRA", "ITA", PLAN, **OFFER)
    stranger = one("REJECT", "ESP", "PRT", PLAN, date="2030-06-05")
    assert linked(offer, stranger).links == ()


def test_what_a_page_says_holds_whatever_the_words() -> None:
    """An answer told within one page is a link with score 1 even where no word is shared."""
    told = page(
        event("e1", "PROPOSE", "FRA", "ITA", "a bridge"),
        event("e2", "REJECT", "ITA", "FRA", "the whole idea", answers="e1"),
    )
    thread = single(told)
    assert thread.outcome == "rejected" and thread.links[0].score == 1.0


def test_mirror_stories_stay_two_threads() -> None:
    """France's offer to Italy and, a year on, Italy's to France on the same matter are two threads."""
    first = page(event("e1", "PROPOSE", "FRA", "ITA", PLAN, date="2030-01"), published="2030-01-20")
    second = page(event("e1", "PROPOSE", "ITA", "FRA", PLAN, date="2031-01"), published="2031-01-20")
    assert len(linked(first, second).threads) == 2


def test_the_label_stays_as_pages_are_added() -> None:
    """The matter is said in the words of the first move, whatever answers come."""
    offer = one("PROPOSE", "FRA", "ITA", PLAN, **OFFER)
    answer = one("REJECT", "ITA", "FRA", "tolls at the pier and the accord", date="2030-06-05")
    assert single(offer).matter == single(offer, answer).matter == PLAN


def test_a_change_of_stance_is_marked() -> None:
    """A party that first refuses and later accepts has two positions, the second marked as a change."""
    offer = one("PROPOSE", "FRA", "ITA", PLAN, **OFFER)
    no = one("REJECT", "ITA", "FRA", PLAN, date="2030-06-05")
    yes = one("ACCEPT", "ITA", "FRA", PLAN, date="2030-08-05", published="2030-08-06", mode="full")
    found = linked(offer, no, yes)
    (thread,) = found.threads
    stances = positions("ITA", thread, found.moves)
    assert [(p.stance, p.changed) for p in stances] == [("rejects", False), ("accepts", True)]


@pytest.mark.parametrize(
    ("matter", "outcome"), [("ships of grain to Jinja", "open"), ("grain sold by rail", "countered")]
)
def test_an_offer_that_a_page_tells_again_with_its_sides_exchanged_is_no_counter(matter: str, outcome: str) -> None:
    """The same thing offered in the other direction counters nothing; something else does."""
    first = event("e1", "PROPOSE", "KEN", "UGA", "ships of grain for Jinja", mode="offer", date="2030-06-03")
    second = event("e2", "PROPOSE", "UGA", "KEN", matter, mode="offer", date="2030-06-05")
    assert {thread.outcome for thread in link(page(first, second)).threads} == {outcome}


@pytest.mark.parametrize(("via", "threads"), [(("Daily Lagoon",), 1), ((), 2)])
def test_what_one_cited_report_says_was_put_on_one_matter_is_one_approach(via: tuple[str, ...], threads: int) -> None:
    """Two openings that a page takes from another paper are one thread if they name one matter; its own need more."""
    offer = event("e1", "PROPOSE", "KEN", "UGA", "guarding trucks until he steps down", according_to=via)
    request = event("e2", "REQUEST", "KEN", "UGA", "elders and a ferry easing his departure", according_to=via)
    assert len(link(page(offer, request)).threads) == threads


def test_nothing_answers_what_came_after_it() -> None:
    """A page's own word for an answer gives way to its dates, where these put the answer first."""
    offer = event("e1", "PROPOSE", "KEN", "UGA", PLAN, date="2030-06")
    late, early = (event("e2", "REJECT", "UGA", "KEN", "eels", answers="e1", date=date) for date in ("2030-06", "2029"))
    assert [len(thread.moves) for thread in link(page(offer, late)).threads] == [2]
    assert [len(thread.moves) for thread in link(page(offer, early)).threads] == [1, 1]
