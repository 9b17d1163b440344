"""Which predicted event is which gold event: one to one, as many as can be, then as close as can be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique import codebook
from communique.evaluation.parties import Event, ids, parties

Pair = tuple[Event, Event]


def same_act(gold: Event, predicted: Event) -> bool:
    """Whether the two may be one event: the type is the same, and the parties are shared.

    A source must be shared and, where gold names targets, a target. Symmetric types need two
    shared parties on either side, or all of gold's where it has fewer.
    """
    if gold["type"] != predicted["type"]:
        return False
    if gold["type"] in codebook.symmetric():
        return len(parties(gold) & parties(predicted)) >= min(2, len(parties(gold)))
    return all(_shared(ids(gold, side), ids(predicted, side)) for side in ("sources", "targets"))


def _shared(gold: frozenset[str], predicted: frozenset[str]) -> bool:
    return not gold or bool(gold & predicted)


def closeness(gold: Event, predicted: Event) -> float:
    """0 for two events that cannot be one; else 1 plus how alike words (0.5), parties (0.3) and date (0.2) are."""
    if not same_act(gold, predicted):
        return 0.0
    words = _jaccard(_words(gold), _words(predicted))
    sides = _jaccard(parties(gold), parties(predicted))
    date = 0.2 if gold.get("date") == predicted.get("date") else 0.0
    return 1.0 + 0.5 * words + 0.3 * sides + date


def _words(event: Event) -> frozenset[str]:
    passages = [event.get("quote") or "", *(event.get("mentions") or ())]
    return frozenset(re.findall(r"\w+", " ".join(passages).lower()))


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, len(a | b))


def match(gold: Sequence[Event], predicted: Sequence[Event]) -> list[Pair]:
    """Pairs of a gold and a predicted event, with the largest sum of closeness."""
    # Imported here because scipy takes longer to import than most commands take to run.
    from scipy.optimize import linear_sum_assignment

    if not gold or not predicted:
        return []
    alike = [[closeness(g, p) for p in predicted] for g in gold]
    rows, columns = linear_sum_assignment(alike, maximize=True)
    return [(gold[r], predicted[c]) for r, c in zip(rows, columns, strict=True) if alike[r][c] > 0]
