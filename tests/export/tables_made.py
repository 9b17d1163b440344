"""A ledger with all that tables hold, people's decisions too, and its exports."""

from __future__ import annotations

import csv
from pathlib import Path

from communique.decision import Decision
from communique.ledger.deciding import decide, take_back
from communique.ledger.store import Ledger
from export.made import odd_page
from web.hostile import hostile_page, overlapping_page
from web.sample import coded_samples, coder_of

DAY = "2026-11-21T12:00:00+00:00"
Row = dict[str, str]


def fill(target: str, backwards: bool = False, decided: bool = True) -> str:
    """Make the ledger; returns its name. ``backwards`` adds its pages in the other order."""
    pages = [*coded_samples(), hostile_page(), overlapping_page(), odd_page()]
    with Ledger.open(target, create=True) as ledger:
        for page in reversed(pages) if backwards else pages:
            ledger.add(page, coder_of(pages))
        if decided:
            _decide(ledger)
    return target


def _decide(ledger: Ledger) -> None:
    """Accept, correct and reject events of one page; say of two that they are one act; take one decision back."""
    first = "190cde5cb22a3443-e1"
    decide(ledger, Decision("ann", "event", first, "accept", DAY, note='as the page has it, "all" of it\nyes'))
    decide(ledger, Decision("ann", "event", "190cde5cb22a3443-e2", "correct", DAY, "date", "2014-03"))
    decide(ledger, Decision("bob", "event", "190cde5cb22a3443-e2", "correct", DAY, "targets",
                            [{"name": "Denmark", "id": "DNK"}]))  # fmt: skip
    decide(ledger, Decision("bob", "event", "190cde5cb22a3443-e4", "reject", DAY))
    take_back(ledger, decide(ledger, Decision("bob", "event", first, "reject", DAY)))


def rows(path: Path, delimiter: str = ",") -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))
