"""The log of a file comes back into the file beside the work, and nothing is lost with or without."""

from __future__ import annotations

import shutil
import sqlite3
import time
from pathlib import Path
from threading import enumerate as running

from communique.coding.coded import CodedPage
from communique.ledger.dump import content
from communique.ledger.store import Ledger
from communique.ledger.tidying import Tidier
from ledger.gold_pages import gold_coder

SOON = 20  # seconds, on a machine that is busy


def pages_in_file_alone(path: Path, copy: Path) -> int:
    """How many pages the file holds without its log; -1 where it was written to while it was copied."""
    shutil.copyfile(path, copy)
    with sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True) as connection:
        try:
            return connection.execute("SELECT count(*) FROM page").fetchone()[0]
        except sqlite3.DatabaseError:
            return -1


def test_what_was_added_comes_into_the_file_while_it_is_open(tmp_path: Path, seeds: list[CodedPage]) -> None:
    """Without closing the ledger, and without a log long enough that SQLite itself would begin."""
    path = tmp_path / "kept.ledger"
    with Ledger.open(path, create=True, keep=1) as ledger:
        for page in seeds[:3]:
            ledger.add(page, gold_coder(seeds))
        until = time.monotonic() + SOON
        while pages_in_file_alone(path, tmp_path / "copy") < 3 and time.monotonic() < until:
            time.sleep(0.05)
        assert pages_in_file_alone(path, tmp_path / "copy") == 3
        kept = content(ledger)
    assert not Path(f"{path}-wal").exists()
    assert not [thread for thread in running() if thread.name == "tidier"]
    with Ledger.open(path) as ledger:
        assert content(ledger) == kept


def test_a_ledger_that_is_only_read_starts_no_thread(tmp_path: Path) -> None:
    """Listings are asked of many ledgers, which nobody writes."""
    path = tmp_path / "read.ledger"
    Ledger.open(path, create=True).close()
    with Ledger.open(path, keep=2) as ledger:
        content(ledger)
        assert not [thread for thread in running() if thread.name == "tidier"]


def test_a_file_that_cannot_be_opened_stops_nobody(tmp_path: Path) -> None:
    """What cannot be brought back now is brought back by a later writer."""
    tidier = Tidier(lambda: sqlite3.connect(f"file:{tmp_path}/none/ledger?mode=ro", uri=True))
    tidier.wake()
    tidier.wake()
    tidier.close()
