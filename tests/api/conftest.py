"""A ledger of the sample pages, coded by hand, as Python sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import communique
from web.sample import add_all, coded_samples


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger file of the six sample pages."""
    path = tmp_path_factory.mktemp("api") / "sample.ledger"
    add_all(path, coded_samples()).close()
    return path


@pytest.fixture(scope="session")
def ledger(sample_path: Path) -> Iterator[communique.Ledger]:
    """That ledger, open."""
    with communique.Ledger.open(sample_path) as opened:
        yield opened
