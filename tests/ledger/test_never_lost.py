"""Never lost: a ledger survives being killed at any point, two writers at once, and a full or read-only disk."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from communique.coding.coded import CodedPage
from communique.ledger.dump import content
from communique.ledger.errors import CannotWrite, reported
from communique.ledger.health import info
from communique.ledger.store import Ledger
from ledger.gold_pages import gold_coder

ADDER = str(Path(__file__).parent / "adder.py")
PAGES = 14
KILLS = 4


def start(target: str, shared: Path, first: int = 0, last: int = PAGES) -> subprocess.Popen[str]:
    """A process that adds pages."""
    command = [sys.executable, ADDER, target, str(shared), str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def uninterrupted(tmp_path: Path, seeds: list[CodedPage], dev: list[CodedPage]) -> dict[str, object]:
    """What a ledger holds after the pages were added in one go."""
    pages = (seeds + dev)[:PAGES]
    with Ledger.open(tmp_path / "whole", create=True) as ledger:
        for page in pages:
            ledger.add(page, gold_coder(pages))
        return content(ledger)


def test_killed_at_random_points_and_run_again(
    new_target: Callable[[], str], shared: Path, uninterrupted: dict[str, object]
) -> None:
    """After kill -9 or Ctrl-C at any point the ledger is sound, and running again completes it as if never stopped."""
    target = new_target()
    chance = random.Random(11)
    for n in range(KILLS):
        process = start(target, shared)
        for _ in range(chance.randrange(3)):  # let some pages through, then strike within the next
            process.stdout.readline()  # type: ignore[union-attr]
        time.sleep(chance.random() * 0.4)
        process.send_signal(signal.SIGKILL if n % 2 else signal.SIGINT)
        process.communicate()
        if n or Path(target).exists():
            assert sound(target)
    last = start(target, shared)
    _, problems = last.communicate()
    assert last.returncode == 0, problems
    with Ledger.open(target) as ledger:
        assert content(ledger) == uninterrupted


def sound(target: str) -> bool:
    """Whether the ledger opens (it may not have been made yet) and its health check finds nothing."""
    with Ledger.open(target, create=True) as ledger:
        return info(ledger)["problems"] == []


def test_two_processes_add_at_the_same_time(
    new_target: Callable[[], str], shared: Path, uninterrupted: dict[str, object]
) -> None:
    """Two writers of one ledger both succeed, and the result is that of one after the other."""
    target = new_target()
    both = [start(target, shared, 0, PAGES - 5), start(target, shared, 5, PAGES)]
    for process in both:
        _, problems = process.communicate(timeout=300)
        assert process.returncode == 0, problems
    with Ledger.open(target) as ledger:
        assert content(ledger) == uninterrupted


def test_a_full_disk_is_said_in_one_line_and_nothing_is_half_written(tmp_path: Path, seeds: list[CodedPage]) -> None:
    """When the file cannot grow, the page that does not fit is not there and the ones before are whole."""
    target = tmp_path / "small.ledger"
    with Ledger.open(target, create=True) as ledger:
        ledger.add(seeds[0], gold_coder(seeds))
        before = content(ledger)
        with no_room(2_000), pytest.raises(CannotWrite) as problem:
            ledger.add(seeds[1], gold_coder(seeds))
        assert "disk" in str(problem.value) and "\n" not in str(problem.value)
        assert content(ledger) == before


@contextmanager
def no_room(size: int) -> Iterator[None]:
    """No file of this process may grow beyond ``size`` bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_of_the_server_is_said_in_one_line() -> None:
    """What PostgreSQL says of a full disk becomes one line that names the ledger."""
    error = OSError(28, "No space left on device")
    with pytest.raises(CannotWrite, match="here: No space left"), reported("here"):
        raise error


def test_a_read_only_file_can_be_read_and_says_that_it_cannot_be_written(seeds: list[CodedPage]) -> None:
    """A ledger on a read-only disk is listed as usual; adding to it fails in one line."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "kept.ledger"
        with Ledger.open(target, create=True) as ledger:
            ledger.add(seeds[0], gold_coder(seeds))
        os.chmod(target, 0o444)
        os.chmod(folder, 0o555)
        with unprivileged(), Ledger.open(target) as ledger:
            assert ledger.has(seeds[0].page)
            with pytest.raises(CannotWrite, match="read-only"):
                ledger.add(seeds[1], gold_coder(seeds))
        os.chmod(folder, 0o755)


def test_a_read_only_database_says_so(server: object, request: pytest.FixtureRequest, seeds: list[CodedPage]) -> None:
    """A PostgreSQL database that takes no changes is reported in one line."""
    target = request.getfixturevalue("server").database()
    Ledger.open(target, create=True).close()
    engine = create_engine(target.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'ALTER DATABASE "{engine.url.database}" SET default_transaction_read_only = on')
    engine.dispose()
    with Ledger.open(target) as ledger, pytest.raises(CannotWrite, match="read-only"):
        ledger.add(seeds[0], gold_coder(seeds))


@contextmanager
def unprivileged() -> Iterator[None]:
    """Root may write anything: for the time being, be nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
