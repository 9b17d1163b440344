"""A timeline of a large ledger weighs the likeliest days only, and finds what weighing all of them finds."""

from __future__ import annotations

import numpy as np
import pytest

from communique.ledger import timelines
from communique.ledger.filters import Filters
from communique.ledger.store import Ledger


@pytest.mark.parametrize("filters", [Filters(), Filters(actor="irn"), Filters(between=("2025-05", "2025-05"))], ids=str)
def test_the_likeliest_days_hold_the_heaviest(
    gold_ledger: str, filters: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The heaviest day of all is found either way, and with the same words and weight."""
    with Ledger.open(gold_ledger) as store, store.reading() as connection:
        every = timelines.chosen(connection, filters, 5)
        monkeypatch.setattr(timelines, "MANY", 0)
        likely = timelines.chosen(connection, filters, 5)
    assert len(every) == len(likely) == 5
    heaviest = max(every, key=lambda entry: entry.weight)
    assert heaviest in likely
    assert len({entry.date for entry in every} & {entry.date for entry in likely}) >= 3


def test_days_that_hold_very_many_acts_are_fewer(gold_ledger: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a few days hold all the acts that are weighed, half as many again as are wanted are weighed."""
    monkeypatch.setattr(timelines, "MANY", 0)
    monkeypatch.setattr(timelines, "WEIGHED", 1)
    with Ledger.open(gold_ledger) as store, store.reading() as connection:
        assert len(timelines.chosen(connection, Filters(), 4)) == 4
    assert timelines.likely(np.repeat(np.arange(1, 20, dtype=np.int32), 3), 4) == [1, 2, 3, 4, 5, 6]
