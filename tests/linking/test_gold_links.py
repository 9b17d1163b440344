"""The gate on linking: gold events of seeds and dev, linked, against the links a careful reader wrote down."""

from __future__ import annotations

import json
from pathlib import Path

from communique.evaluation.linking import answer_links, b_cubed
from communique.linking.report import Report
from communique.linking.whole import Linked
from linking.gold_links import found_answers, found_moves, load

FLOORS = json.loads((Path(__file__).parents[1] / "gold" / "link_floors.json").read_text(encoding="utf-8"))


def test_gold_names_events_that_are_there(seed_reports: list[Report], dev_reports: list[Report]) -> None:
    """Every id in the gold links is an event of the gold pages, and stands in one move at most."""
    gold = load()
    named = [event for move in gold.moves for event in move] + [*gold.answers, *gold.undecided]
    assert set(named) <= {report.key for report in seed_reports + dev_reports}
    assert len([e for move in gold.moves for e in move]) == len({e for move in gold.moves for e in move})


def test_moves_are_at_least_as_good_as_the_floor(linked: Linked) -> None:
    """B-cubed F1 over events told by several pages, and over all events, is not below its floor."""
    gold = load()
    assert b_cubed(gold.moves, found_moves(linked), strict=True).f1 >= FLOORS["b_cubed_strict"]
    assert b_cubed(gold.moves, found_moves(linked)).f1 >= FLOORS["b_cubed_all"]


def test_answers_across_pages_are_at_least_as_good_as_the_floor(
    linked: Linked, seed_reports: list[Report], dev_reports: list[Report]
) -> None:
    """The F1 of answers that reach across pages is not below its floor."""
    gold = load()
    found = found_answers(linked, seed_reports + dev_reports)
    assert answer_links(gold.answers, found, gold.undecided).f1 >= FLOORS["answers"]
