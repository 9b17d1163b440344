"""The threads that a reader finds in the five seed pages."""

from __future__ import annotations

import pytest

from communique.linking.related import related
from communique.linking.whole import Linked
from communique.thread import Thread


def thread_of(linked: Linked, event: str) -> Thread:
    """The thread that an event stands in."""
    (move,) = (move for move in linked.moves if event in move.reports)
    (thread,) = (thread for thread in linked.threads if move.id in thread.moves)
    return thread


@pytest.mark.parametrize(
    ("event", "outcome", "parties", "said_by"),
    [
        ("seed-000-e1", "rejected", {"RUS", "USA", "GBR", "FRA"}, ("Martti Ahtisaari by way of The Guardian",)),
        ("seed-003-e3", "rejected", {"USA", "RUS"}, ("Kommersant",)),
        ("seed-002-e1", "rejected", {"FRA", "RUS"}, ("seed-002",)),
        ("seed-001-e1", "open", {"USA", "RUS"}, ("CNN by way of The Washington Post",)),
        ("seed-004-e1", "open", {"RUS", "USA"}, ("TASS",)),
        ("seed-004-e5", "rejected", {"FRA", "GBR", "DEU", "USA"}, ("SouthFront",)),
    ],
)
def test_seed_threads(linked: Linked, event: str, outcome: str, parties: set[str], said_by: tuple[str, ...]) -> None:
    """Each has its parties, its outcome and the sources that it rests on."""
    thread = thread_of(linked, event)
    assert (thread.outcome, set(thread.actors), thread.said_by) == (outcome, parties, said_by)


def test_the_mirror_stories_are_two_threads_that_name_each_other(linked: Linked) -> None:
    """Russia's offer to the West and the US request to Russia, on Assad's departure, are related mirrors."""
    one, other = thread_of(linked, "seed-000-e1"), thread_of(linked, "seed-003-e3")
    assert one.id != other.id
    by_id = {move.id: move for move in linked.moves}
    roots = [(thread.id, by_id[thread.root]) for thread in linked.threads]
    for thread, its_mirror in ((one, other), (other, one)):
        others = [pair for pair in roots if pair[0] != thread.id]
        found = {r.thread: r.mirror for r in related(by_id[thread.root], others)}
        assert found.get(its_mirror.id) is True
