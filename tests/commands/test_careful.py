"""``--careful``: every command that codes pages takes it, and rows say so."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

import communique
from communique.cli import main
from communique.coding import CODER_VERSION, careful_version, networks


def run(*arguments: str) -> str:
    """What a command prints, when it goes well."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_code_finds_the_offer_and_its_refusal(page: str) -> None:
    """As with the quick network, with the answer on its offer."""
    events = json.loads(run("code", page, "--date", "2014-03-12", "--careful"))["events"]
    assert {"PROPOSE", "REJECT"} <= {event["type"] for event in events}
    refusal = next(event for event in events if event["type"] == "REJECT")
    assert refusal["answers"] in {event["id"] for event in events if event["type"] == "PROPOSE"}


def test_explain_tells_what_the_careful_network_thinks(page: str) -> None:
    """Its chances, not the quick one's."""
    asked = ("explain", page, "--sentence", "rejected the offer")
    assert "REJECT" in run(*asked, "--careful") and run(*asked, "--careful") != run(*asked)


def versions(ledger: Path) -> set[str]:
    """The versions of the coder that the events of a ledger bear."""
    with closing(sqlite3.connect(ledger)) as database:
        return {version for (version,) in database.execute("SELECT DISTINCT coder_version FROM events")}


def test_a_ledger_knows_which_network_found_its_events(page: str, tmp_path: Path) -> None:
    """``recode`` goes from one to the other and back, and has nothing to do where all bear the version asked for."""
    ledger = tmp_path / "a.ledger"
    run("add", str(ledger), page, "--workers", "1", "--date", "2014-03-12")
    assert versions(ledger) == {CODER_VERSION}
    assert run("recode", str(ledger), "--workers", "1", "--careful").startswith("1 pages coded anew")
    assert versions(ledger) == {careful_version()}
    assert run("recode", str(ledger), "--workers", "1", "--careful").startswith("0 pages")
    assert run("recode", str(ledger), "--workers", "1").startswith("1 pages coded anew")
    assert versions(ledger) == {CODER_VERSION}


def test_python_takes_it_too(page: str, tmp_path: Path) -> None:
    """A page coded by itself, and a ledger."""
    one = next(iter(communique.read(page, date="2014-03-12")))
    assert "PROPOSE" in {event.type for event in communique.code(one, careful=True).events}
    with communique.Ledger.open(tmp_path / "b.ledger", create=True) as ledger:
        ledger.add(page, date="2014-03-12", careful=True)
    assert versions(tmp_path / "b.ledger") == {careful_version()}


@pytest.mark.parametrize(
    "arguments",
    [
        ("code", "PAGE"), ("explain", "PAGE", "e1"), ("add", "LEDGER", "PAGE"), ("recode", "LEDGER"),
        ("evaluate", "PAGE", "--pages", "."), ("batch", "PAGE", "--out", "OUT"), ("serve", "LEDGER"),
    ],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_without_its_package_every_command_says_so(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """In one line that says what to install; nothing is made."""
    monkeypatch.setattr(networks, "CAREFUL", "communique_nowhere")
    places = {"PAGE": page, "LEDGER": str(tmp_path / "c.ledger"), "OUT": str(tmp_path / "out")}
    result = CliRunner().invoke(main, [*(places.get(word, word) for word in arguments), "--careful"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: the careful network is not installed: pip install")
    assert len(result.output.splitlines()) == 1
    assert not (tmp_path / "c.ledger").exists() and not (tmp_path / "out").exists()
