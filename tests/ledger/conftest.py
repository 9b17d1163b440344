"""Ledgers to test on: every test that takes ``target`` runs on a SQLite file and on a real PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from communique.coding.coded import CodedPage
from communique.ledger.store import Ledger
from ledger.gold_pages import coded_pages, gold_coder
from ledger.servers import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own."""
    running = Server().start()
    yield running
    running.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_target(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes names of new, empty ledgers, all on one kind of database."""
    count = iter(range(1000))
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"{next(count)}.ledger")
    return request.getfixturevalue("server").database


@pytest.fixture
def target(new_target: Callable[[], str]) -> str:
    """The name of a new, empty ledger."""
    return new_target()


@pytest.fixture(scope="session")
def seeds(shared: Path) -> list[CodedPage]:
    """The seed pages with their gold coding."""
    return coded_pages(shared, "seeds")


@pytest.fixture(scope="session")
def dev(shared: Path) -> list[CodedPage]:
    """The dev pages with their gold coding."""
    return coded_pages(shared, "dev")


@pytest.fixture(scope="session")
def train(shared: Path) -> list[CodedPage]:
    """The training pages with their gold coding."""
    return coded_pages(shared, "train")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def gold_ledger(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    seeds: list[CodedPage],
    dev: list[CodedPage],
) -> str:
    """A ledger of all seed and dev pages, on each kind of database; tests leave it as it is."""
    file = str(tmp_path_factory.mktemp("listing") / "gold.ledger")
    target = file if request.param == "sqlite" else request.getfixturevalue("server").database()
    return made(target, seeds + dev)


def made(target: str, pages: list[CodedPage]) -> str:
    """Make a ledger of some pages; returns its name."""
    coder = gold_coder(pages)
    with Ledger.open(target, create=True) as ledger:
        for page in pages:
            ledger.add(page, coder)
    return target
