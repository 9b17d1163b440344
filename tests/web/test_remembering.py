"""What is remembered is what the ledger says now."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from communique.ledger.store import Ledger
from communique.web.remembering import Memory, Shelf
from web.conftest import BASE, app_over
from web.sample import add_all, coded_samples, coder_of


def test_a_page_is_made_anew_when_the_ledger_changes(tmp_path: Path) -> None:
    """A page that another process adds is seen at once, on pages that were asked for before."""
    pages = coded_samples()
    target = tmp_path / "growing.ledger"
    with add_all(target, pages[:2]) as ledger, TestClient(app_over(ledger), base_url=BASE) as client:
        before = client.get("/sources").text
        assert client.get("/sources").text == before and "Sample Times" not in before
        with Ledger.open(target) as other:
            other.add(pages[2], coder_of(pages))
        assert "Sample Times" in client.get("/sources").text
        assert client.get("/sources.json").json()["total"] == 3


def test_reading_is_no_change(own_ledger: Ledger) -> None:
    """Connections come and go without a new state."""
    memory = Memory(own_ledger.target)
    before = memory.state()
    for _ in range(3):
        with own_ledger.reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM page").scalar()
        assert memory.state() == before


def test_a_shelf_holds_so_many_bytes() -> None:
    """The least asked for goes first, and what is too large is not kept at all."""
    shelf = Shelf(100)
    for key in "abc":
        shelf.put(key, b"x" * 30)
    assert shelf.find("a") is not None
    shelf.put("d", b"x" * 30)
    assert shelf.find("b") is None and shelf.find("a") is not None and shelf.find("d") is not None
    shelf.put("e", b"x" * 60)
    assert shelf.find("e") is None
