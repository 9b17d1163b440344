"""Scores linking against gold: B-cubed over moves, and the F1 of answers that reach across pages.

B-cubed: for each event, which share of the events that the system puts in its move belongs there (precision),
and which share of those that belong there is put there (recall); the means over events (Bagga and Baldwin, 1998).
Most events are told by one page only and are right by themselves, so the score is taken twice: over all events, and,
as the stricter one, over events that gold or the system puts together with another page's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, over ``count`` events."""

    precision: float
    recall: float
    count: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(gold: Iterable[Collection[str]], found: Iterable[Collection[str]], strict: bool = False) -> Score:
    """B-cubed of two partitions of the same events; an event that one leaves out stands alone there.

    ``strict`` scores only events that either partition puts together with another.
    """
    in_gold, in_found = _home(gold), _home(found)
    events = in_gold.keys() | in_found.keys()
    if strict:
        events = {e for e in events if len(in_gold.get(e, ())) > 1 or len(in_found.get(e, ())) > 1}
    return _mean(events, lambda e: in_gold.get(e, {e}), lambda e: in_found.get(e, {e}))


def answer_links(
    gold: Mapping[str, Collection[str]], found: Mapping[str, Collection[str]], skip: Collection[str] = ()
) -> Score:
    """Score of what events answer on other pages: the mean over answering events, each weighing the same.

    Maps go from an answering event to the events of other pages that it answers. Precision is taken over the
    events that the system has answer, recall over those that gold has; events in ``skip`` count in neither.
    """
    right = {e: set(gold.get(e, ())) & set(found.get(e, ())) for e in gold.keys() | found.keys()}
    precision = [len(right[e]) / len(found[e]) for e in found if found[e] and e not in skip]
    recall = [len(right[e]) / len(gold[e]) for e in gold if gold[e] and e not in skip]
    return Score(_average(precision), _average(recall), len(recall))


def _home(parts: Iterable[Collection[str]]) -> dict[str, set[str]]:
    return {event: set(part) for part in parts for event in part}


def _mean(events: Collection[str], gold: Callable[[str], set[str]], found: Callable[[str], set[str]]) -> Score:
    shared = {event: len(gold(event) & found(event)) for event in events}
    precision = [shared[event] / len(found(event)) for event in events]
    recall = [shared[event] / len(gold(event)) for event in events]
    return Score(_average(precision), _average(recall), len(events))


def _average(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
