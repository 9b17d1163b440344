"""Disputes: each kind is found where sources differ, and not where they agree."""

from __future__ import annotations

from typing import Any

import pytest

from communique.linking.disputes import disputes, quantities
from linking.stories import event, one, page

CREW = "release of the crew"


def kinds(first: dict[str, Any], second: dict[str, Any], type_: str = "PROPOSE") -> list[str]:
    """The kinds of dispute between two reports of one move that differ in some fields."""
    usual = {"who": "FRA", "whom": "ITA", "date": "2030-06-09"}
    reports = []
    for fields in (usual | {"quote": "said in Nice"} | first, usual | {"quote": "said in Genoa"} | second):
        who, whom = fields.pop("who"), fields.pop("whom")
        reports.append(one(type_, who, whom, CREW, **fields))
    return [dispute.kind for dispute in disputes(reports)]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({}, []),
        ({"status": "negated"}, ["whether"]),
        ({"who": "ITA", "whom": "FRA"}, ["direction"]),
        ({"who": "ESP"}, ["who"]),
        ({"date": "2030-06-11"}, ["date"]),
        ({"date": "2030-06"}, []),
        ({"quote": "free ten sailors"}, ["terms"]),
        ({"quote": "free five sailors"}, []),
    ],
)
def test_kinds(second: dict[str, Any], expected: list[str]) -> None:
    """One difference gives one dispute; a coarser date or the same number gives none."""
    assert kinds({"quote": "free five sailors"} if "quote" in second else {}, second) == expected


def test_the_same_words_are_at_odds_with_nobody() -> None:
    """A sentence printed again another day dates its act by that day, which is no other view of it."""
    again = {"quote": "Paris said on Sunday that it would free them"}
    assert kinds(again, again | {"date": "2030-06-11"}) == []
    assert kinds(again, {"date": "2030-06-11"}) == ["date"]


def test_one_source_is_not_at_odds_with_itself() -> None:
    """The same words of one named source, read as the act and as its denial, are no dispute; another's denial is."""
    told = {"quote": "Paris says it never made the offer of Monday", "according_to": ("Paris",)}
    acts = [event(n, "PROPOSE", "FRA", "ITA", CREW, **told, status=s) for n, s in (("e1", "actual"), ("e2", "negated"))]
    assert disputes(page(*acts)) == []
    acts[1] = event("e2", "PROPOSE", "FRA", "ITA", CREW, **told | {"according_to": ("Rome",)}, status="negated")
    assert [dispute.kind for dispute in disputes(page(*acts))] == ["whether"]


def test_conditions_are_disputed() -> None:
    """A full yes beside a conditional one is a dispute on acceptance."""
    assert kinds({"mode": "full"}, {"mode": "conditional"}, "ACCEPT") == ["acceptance"]


def test_numbers_are_read_with_what_they_count() -> None:
    """Numbers in figures and words are read; a thing counted twice is left out."""
    assert quantities("five hostages, 1,200 troops") == {"hostag": 5, "troop": 1200}
    assert quantities("two ships and later three ships") == {}
