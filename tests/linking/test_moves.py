"""Which reports are one act: type, parties, dates, matter."""

from __future__ import annotations

import random

from communique.linking.report import Report
from communique.linking.summary import summarise_all, told_once
from communique.linking.whole import link
from linking.stories import event, one, page


def sizes(*reports: Report) -> list[int]:
    """The sizes of the moves that the reports make, the largest first."""
    return sorted((len(move.reports) for move in link(list(reports)).moves), reverse=True)


def test_two_outlets_on_one_refusal_are_one_move() -> None:
    """The same type, parties, day and matter from two pages tell one act."""
    a = one("REJECT", "FRA", "ITA", "the fishing quota plan", date="2030-06-09")
    b = one("REJECT", "FRA", "ITA", "plan for fishing quotas", date="2030-06-09")
    assert sizes(a, b) == [2]


def test_one_page_tells_one_act_once() -> None:
    """Two events of one page are never one move, however alike."""
    twice = page(event("e1", "REQUEST", "FRA", "ITA", "fishing"), event("e2", "REQUEST", "FRA", "ITA", "fishing"))
    assert sizes(*twice) == [1, 1]


def test_rounds_on_different_days_stay_apart() -> None:
    """Meetings of the same parties on days that exclude each other are different moves."""
    days = ("2030-04-12", "2030-04-26", "2030-05-11")
    assert sizes(*(one("CONSULT", "FRA", "ITA", "fishing talks", date=day) for day in days)) == [1, 1, 1]


def test_a_report_years_later_joins_the_right_move() -> None:
    """A page of 2033 about June 2030 joins the act of June 2030 and not that of June 2031."""
    then = one("PROPOSE", "FRA", "ITA", "joint fishing patrols", date="2030-06", published="2030-06-12")
    later = one("PROPOSE", "FRA", "ITA", "joint fishing patrols", date="2031-06", published="2031-06-12")
    looking_back = one("PROPOSE", "FRA", "ITA", "joint fishing patrols", date="2030-06", published="2033-02-01")
    moves = link([then, later, looking_back]).moves
    assert {move.reports for move in moves} == {(then.key, looking_back.key), (later.key,)}


def test_other_parties_or_matters_stay_apart() -> None:
    """The same day and type do not make one act of different parties or matters."""
    a = one("REQUEST", "FRA", "ITA", "release of the trawler crew", date="2030-06-09")
    b = one("REQUEST", "ESP", "ITA", "release of the trawler crew", date="2030-06-09")
    c = one("REQUEST", "FRA", "ITA", "lower tariffs on steel", date="2030-06-09")
    assert sizes(a, b, c) == [1, 1, 1]


def test_a_collective_can_be_its_members() -> None:
    """European states of one page are the French and Germans of another."""
    a = one("THREATEN", "FRA DEU", "IRN", "trigger snapback of sanctions", date="2030-06-09")
    b = one("THREATEN", "european-states", "IRN", "trigger the snapback sanctions", date="2030-06-09")
    assert sizes(a, b) == [2]


def test_an_alleged_yes_and_its_denial_are_one_acceptance() -> None:
    """A denial by the party said to have accepted joins the move as the side that contests it."""
    yes = one("ACCEPT", "ITA", "FRA", "the fishing quota plan", date="2030-06-09", status="alleged")
    no = one("DENY", "ITA", "", "acceptance of the fishing quota plan", date="2030-06-09")
    (move,) = link([yes, no]).moves
    assert move.type == "ACCEPT" and move.contested == (no.key,)
    assert [dispute.kind for dispute in move.disputes] == ["whether"]


def test_order_does_not_matter() -> None:
    """Moves, links and threads are the same whatever order the reports come in."""
    reports = [
        one(t, a, b, f"the {m} plan", date=f"2030-06-0{d}")
        for t, a, b in (("PROPOSE", "FRA", "ITA"), ("REJECT", "ITA", "FRA"), ("CONSULT", "FRA", "ITA"))
        for m in ("quota", "border", "tariff")
        for d in (1, 2, 3)
    ]
    expected = link(reports)
    for seed in range(3):
        shuffled = link(random.Random(seed).sample(reports, len(reports)))
        assert _plain(shuffled) == _plain(expected)


def _plain(linked: object) -> list[list[str]]:
    return [sorted(str(one) for one in part) for part in (linked.moves, linked.links, linked.threads)]  # type: ignore[attr-defined]


def test_a_denial_meets_the_claim_of_its_page_whatever_the_words() -> None:
    """What a page says is denied is contested, even where the denial shares no word with the claim."""
    told = page(
        event("e1", "ASSAULT", "FRA", "ITA", "the sinking of a ferry", status="alleged"),
        event("e2", "DENY", "FRA", "", "any part in it", answers="e1", quote="Paris would have none of that"),
    )
    (move,) = link(told).moves
    assert move.contested == (told[1].key,)


def test_a_single_report_is_told_as_it_would_be_among_others() -> None:
    """The short way for a move of one report says what the long way says of one."""
    for report in (
        one("PROPOSE", "FRA", "ITA", "the harbour accord", date="2030-06-03", mode="plan", according_to=("A Post",)),
        one("DENY", "FRA", "", "a raid"),
        one("ACCEPT", "FRA", "ITA", "tolls", status="negated", date="2030"),
    ):
        assert told_once(report) == summarise_all([report], {})


def test_one_demand_named_alike_in_other_sentences_is_one_move() -> None:
    """What a demand is for names it, however much else the sentences say; a shelling is named like any other."""
    fields = {"date": "2030-06", "published": "2030-06-10"}
    said = (
        "Ministers in the crumbling harbour warehouse spoke at length before a crowd of net menders, chandlers,"
        " widows and choirboys, beneath bunting that nobody had taken down since the regatta",
        "A weary delegation, brought by ferry through hail, read its typewritten memorandum aloud in the customs shed"
        " while gulls, reporters and a bored notary looked on from crates",
    )
    for type_, together in (("REQUEST", [2]), ("ASSAULT", [1, 1])):
        pair = [one(type_, "FRA", "ITA", "the fishery", quote=quote, **fields) for quote in said]
        assert sizes(*pair) == together


def test_the_talks_alone_name_no_matter() -> None:
    """Two demands that share no more than that they are about "the talks" stay apart."""
    said = ("Observers must sit in the gallery, unveiled and unpaid", "Malta has kinder weather and a larger ballroom")
    a, b = (one("REQUEST", "FRA", "ITA", "the talks", quote=quote, date="2030-06") for quote in said)
    assert sizes(a, b) == [1, 1]


def test_a_meeting_told_with_both_parties_as_one_side() -> None:
    """Two parties meet once a day, whether a page names them on one side or on two; a planned day may slip by one."""
    held = one("CONSULT", "FRA ITA", "", "constructive", date="2030-06-09")
    told = one("CONSULT", "FRA", "ITA", "the trawler crew", date="2030-06-09")
    planned = one("CONSULT", "ITA", "FRA", "tariffs", date="2030-06-10", status="planned", published="2030-06-08")
    assert sizes(held, told, planned) == [3]
    assert sizes(held, one("CONSULT", "ITA", "FRA", "tariffs", date="2030-06-10")) == [1, 1]
