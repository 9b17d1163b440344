"""The stories of the seed and dev pages as threads of the coder's own events, not of gold ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.coding import code_page
from communique.linking.report import reports_of
from communique.linking.whole import Linked, link
from communique.move import Move
from communique.thread import Thread
from ledger.gold_pages import coded_pages


@pytest.fixture(scope="module")
def own(shared: Path) -> Linked:
    """What the coder makes of the pages, linked."""
    pages = [(gold.page, code_page(gold.page)) for name in ("seeds", "dev") for gold in coded_pages(shared, name)]
    return link(
        [report for page, coded in pages for report in reports_of(page.doc, page.doc, coded.article, coded.events)]
    )


def roots(linked: Linked, type_: str, source: str, target: str) -> list[tuple[Thread, Move]]:
    """The threads that begin with an act of a type by one party toward another, each with that act."""
    by_id = {move.id: move for move in linked.moves}
    pairs = [(thread, by_id[thread.root]) for thread in linked.threads]
    return [(t, m) for t, m in pairs if m.type == type_ and source in m.actors and target in m.targets]


def outlets(linked: Linked, thread: Thread) -> set[str]:
    """Who published the moves of a thread."""
    return {outlet for move in linked.moves if move.id in thread.moves for outlet in move.outlets}


@pytest.mark.parametrize(
    ("type_", "source", "target", "page", "outcome"),
    [
        ("PROPOSE", "RUS", "FRA", "seed-000", "rejected"),
        ("PROPOSE", "USA", "RUS", "seed-003", "rejected"),
        ("PROPOSE", "FRA", "RUS", "seed-002", "rejected"),
        ("PROPOSE", "USA", "RUS", "seed-001", "open"),
        ("PROPOSE", "RUS", "USA", "seed-004", "open"),
    ],
)
def test_offers_of_the_seeds_are_threads(
    own: Linked, type_: str, source: str, target: str, page: str, outcome: str
) -> None:
    """Each offer begins a thread with the outcome that its page tells."""
    found = [t.outcome for t, m in roots(own, type_, source, target) if any(r.startswith(page) for r in m.reports)]
    assert outcome in found


def test_an_offer_of_a_truce_is_one_thread_over_outlets(own: Linked) -> None:
    """Two outlets tell Israel's offer of a truce for hostages: one act, one thread."""
    told = [outlets(own, thread) for thread, _ in roots(own, "PROPOSE", "ISR", "hamas")]
    assert max(map(len, told), default=0) >= 2


def test_the_demand_to_stop_enriching_is_one_thread_over_outlets(own: Linked) -> None:
    """Outlets of several states tell what the United States demands of Iran, and that it is refused."""
    told = [(outlets(own, t), t.outcome) for t, _ in roots(own, "REQUEST", "USA", "IRN")]
    assert any(len(names) >= 2 and outcome == "rejected" for names, outcome in told)


def test_outlets_differ_side_by_side(own: Linked) -> None:
    """Where outlets tell one act of that story differently, both sides stand beside each other with their words."""
    moves = [m for m in own.moves if {"USA", "IRN"} <= {*m.actors, *m.targets} and len(m.outlets) > 1]
    sides = [dispute.sides for move in moves for dispute in move.disputes]
    assert any(len({s for side in pair for s in side.sources}) > 1 for pair in sides)
