"""Writing whole tables at once leaves the ledger as it was made: indexes, checks of references, and all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from communique.coding.coded import CodedPage
from communique.ledger.bulk import alone, unindexed
from communique.ledger.dump import content
from communique.ledger.rebuild import rebuild
from communique.ledger.schema import DERIVED
from communique.ledger.store import Ledger
from ledger.gold_pages import gold_coder


@pytest.fixture
def ledger(tmp_path: Path, seeds: list[CodedPage]) -> Ledger:
    """A ledger of two seed pages."""
    with Ledger.open(tmp_path / "bulk.ledger", create=True) as made:
        for page in seeds[:2]:
            made.add(page, gold_coder(seeds))
        yield made


def indexes(ledger: Ledger) -> list[tuple[str, str]]:
    """The names and definitions of all indexes."""
    with ledger.reading() as connection:
        query = text("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name")
        return [tuple(row) for row in connection.execute(query)]


def test_linking_from_scratch_leaves_every_index(ledger: Ledger) -> None:
    """Indexes that were taken away meanwhile are there again, as they were."""
    before = indexes(ledger)
    rebuild(ledger)
    assert indexes(ledger) == before and len(before) > 20


def test_what_fails_changes_nothing(ledger: Ledger) -> None:
    """An end in the middle leaves rows and indexes as they were."""
    before = indexes(ledger), content(ledger)
    with pytest.raises(KeyboardInterrupt), alone(ledger) as connection, unindexed(connection, DERIVED):
        connection.execute(text("DELETE FROM move"))
        raise KeyboardInterrupt
    assert (indexes(ledger), content(ledger)) == before


def test_references_are_checked_again_after(ledger: Ledger) -> None:
    """Only the one transaction goes without checks."""
    rebuild(ledger)
    with pytest.raises(IntegrityError), ledger.writing() as connection:
        connection.execute(text("INSERT INTO page_band (band, page_id) VALUES (1, 99)"))
