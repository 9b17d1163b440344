"""The seed pages: their offers and refusals are found with the right direction, source and answer."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from communique.evaluation import read_gold
from communique.reading import read_path

pytest.importorskip("communique.coding.coder", reason="the coder is not there yet")

from communique.coding import code_page


class Act(NamedTuple):
    """An act that a careful reader takes from a seed page."""

    doc: str
    type: str
    source: str
    targets: str
    according_to: str = ""
    answers: str = ""
    term: str = ""


ACTS = [
    Act("seed-000", "PROPOSE", "RUS", "USA GBR FRA", according_to="Ahtisaari < Guardian"),
    Act("seed-000", "REJECT", "USA", "RUS", according_to="Ahtisaari < Guardian", answers="PROPOSE"),
    Act("seed-001", "PROPOSE", "USA", "RUS", term="asks gives"),
    Act("seed-002", "PROPOSE", "FRA", "RUS"),
    Act("seed-002", "REJECT", "RUS", "FRA", answers="PROPOSE"),
    Act("seed-003", "PROPOSE", "USA", "RUS", according_to="Kommersant"),
    Act("seed-003", "REJECT", "RUS", "USA", according_to="Kommersant", answers="PROPOSE"),
    Act("seed-004", "PROPOSE", "RUS", "USA"),
]


@cache
def coded(shared: Path) -> dict[str, dict[str, Any]]:
    """The seed pages, coded, by document."""
    pages = read_gold(shared / "gold" / "seeds.jsonl", shared / "seeds")
    return {page.doc: code_page(next(read_path(page.path))).to_dict() for page in pages}


def ids(event: dict[str, Any], side: str) -> set[str]:
    """The ids on one side of an event."""
    return {actor["id"] for actor in event[side]}


def found(act: Act, page: dict[str, Any]) -> bool:
    """Whether the page has an event that says all that the act says."""
    by_id = {event["id"]: event for event in page["events"]}
    return any(
        event["type"] == act.type
        and act.source in ids(event, "sources")
        and set(act.targets.split()) <= ids(event, "targets")
        and all(any(name in given for given in event["according_to"]) for name in act.according_to.split(" < ") if name)
        and (not act.answers or by_id.get(event["answers"], {}).get("type") == act.answers)
        and (not act.term or {term["role"] for term in event["terms"]} & set(act.term.split()))
        for event in page["events"]
    )


@pytest.mark.parametrize("act", ACTS, ids=lambda act: f"{act.doc}-{act.type}-{act.source}-{act.targets.split()[0]}")
def test_act_is_found(shared: Path, act: Act) -> None:
    """The act is there with its parties in their places, its sources, what it answers and its terms."""
    page = coded(shared)[act.doc]
    assert found(act, page), [event for event in page["events"] if event["type"] == act.type]


def test_bodies_are_right_but_for_a_few_lines(shared: Path) -> None:
    """At most five body lines are missed and five lines of furniture kept, over all seed pages."""
    pages = read_gold(shared / "gold" / "seeds.jsonl", shared / "seeds")
    bodies = [(set(page.values["body_lines"]), set(coded(shared)[page.doc]["body_lines"])) for page in pages]
    assert sum(len(gold - ours) for gold, ours in bodies) <= 5
    assert sum(len(ours - gold) for gold, ours in bodies) <= 5
