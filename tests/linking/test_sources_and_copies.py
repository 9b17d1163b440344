"""Independent sources: copies of one wire, papers citing one paper, and credited stories count once."""

from __future__ import annotations

import pytest

from communique.linking.copies import SAME_STORY, groups, same_story, signature
from communique.linking.report import Report
from communique.linking.sources import is_outlet, origin
from communique.linking.whole import link
from linking.stories import one

BODY = " ".join(
    f"The {n}th clause of the harbour accord names the pier, its keeper and the toll of {n} crowns." for n in range(30)
)


def told_by(*outlets: tuple[str, str | None, tuple[str, ...]]) -> list[Report]:
    """Reports of one act: outlet, credit and chain of each page."""
    return [
        one(
            "REJECT",
            "FRA",
            "ITA",
            "the harbour accord",
            date="2030-06-09",
            outlet=outlet,
            credit=credit,
            according_to=chain,
        )
        for outlet, credit, chain in outlets
    ]


def test_nine_copies_of_one_wire_are_one_source() -> None:
    """Pages of nine outlets that credit one agency have one source, and the move says so."""
    (move,) = link(told_by(*((f"Paper {n}", "Reuters", ()) for n in range(9)))).moves
    assert len(move.outlets) == 9 and move.sources == ("reuters",)


def test_papers_that_cite_one_paper_are_one_source() -> None:
    """An outlet that cites another rests on it; the person it quotes is named with it."""
    reports = told_by(("Paper A", None, ("Ann Lee", "The Guardian")), ("Paper B", None, ("Guardian",)))
    (move,) = link(reports).moves
    assert move.sources == ("the-guardian",)
    assert move.said_by == ("Ann Lee by way of The Guardian",)


def test_pages_with_the_same_text_are_one_source() -> None:
    """Copies without a credit are found by their text and count once; a third outlet counts for itself."""
    reports = told_by(("Paper A", None, ()), ("Paper B", None, ()), ("Paper C", None, ()))
    copies = {reports[0].page: "x", reports[1].page: "x"}
    (move,) = link(reports, copies).moves
    assert len(move.sources) == 2 and len(move.outlets) == 3


def test_near_duplicate_text_is_found_and_other_text_is_not() -> None:
    """A shortened copy with a new first line is the same story; another story of that length is not."""
    copy = "By our own staff. " + BODY[: len(BODY) * 9 // 10]
    other = (
        BODY.replace("harbour", "railway")
        .replace("pier", "station")
        .replace("crowns", "marks")
        .replace("clause", "line")
    )
    assert same_story(signature(BODY), signature(copy)) >= SAME_STORY
    assert same_story(signature(BODY), signature(other)) < SAME_STORY
    assert signature("too short to tell") == b""


def test_groups_are_named_by_their_least_page() -> None:
    """Copies of copies are one group, whatever the order of the pairs."""
    assert groups("abcd", [("c", "b"), ("b", "a")]) == {"a": "a", "b": "a", "c": "a", "d": "d"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Reuters", True), ("The Daily Planet", True), ("Sergei Lavrov", False), ("the press office", False)],
)
def test_what_is_an_outlet(name: str, expected: bool) -> None:
    """News outlets are told from people and bodies."""
    assert is_outlet(name) is expected


def test_a_translated_story_rests_on_the_paper_it_came_from() -> None:
    """A credit in words ("DWN (translated by ...)") gives the outlet's name only."""
    assert origin("SiteX", "DWN (translated by A. Nother)", ()) == "dwn"
