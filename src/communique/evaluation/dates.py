"""Date selection of timelines against reference timelines: the F1 of days, as is standard on T17 and Crisis."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def date_f1(reference: Collection[str], chosen: Collection[str]) -> float:
    """The F1 of the chosen days against those of one reference (ISO 8601)."""
    right = len(set(reference) & set(chosen))
    return 2 * right / (len(set(reference)) + len(set(chosen))) if right else 0.0


def mean_date_f1(references: Sequence[Collection[str]], chosen: Sequence[Collection[str]]) -> float:
    """The mean over references, each with the days chosen at its length."""
    scores = [date_f1(reference, days) for reference, days in zip(references, chosen, strict=True)]
    return sum(scores) / len(scores) if scores else 0.0
