"""Gold pages as reports, linked once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.linking.report import Report
from communique.linking.whole import Linked, link
from ledger.gold_pages import coded_pages, reports


@pytest.fixture(scope="session")
def seed_reports(shared: Path) -> list[Report]:
    """The reports of the seed pages."""
    return list(reports(coded_pages(shared, "seeds")))


@pytest.fixture(scope="session")
def dev_reports(shared: Path) -> list[Report]:
    """The reports of the dev pages."""
    return list(reports(coded_pages(shared, "dev")))


@pytest.fixture(scope="session")
def linked(seed_reports: list[Report], dev_reports: list[Report]) -> Linked:
    """Seeds and dev linked together."""
    return link(seed_reports + dev_reports)
