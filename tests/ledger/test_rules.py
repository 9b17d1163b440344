"""By which rules a ledger was linked: noted when it is made, said where they are others, mended by linking anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete, text

from communique.cli import main
from communique.ledger import schema
from communique.ledger.rules import linked_otherwise, rules_of
from communique.ledger.store import Ledger
from communique.linking import RULES

FIRST = "Norway on Monday proposed a truce to Peru, officials in Oslo said.\n\nPeru rejected the proposal.\n"
SECOND = "Chile on Tuesday urged Peru to accept the truce, its foreign minister told reporters.\n"


def run(*arguments: str) -> Result:
    """What a command prints, with its exit code."""
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def pages(tmp_path: Path) -> tuple[str, str]:
    """Two pages of ours."""
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text(FIRST)
    second.write_text(SECOND)
    return str(first), str(second)


def forget(target: str) -> None:
    """Make a ledger one whose linking nobody noted, as before version 0010."""
    with Ledger.open(target) as ledger, ledger.writing() as connection:
        connection.execute(delete(schema.linking))


def test_a_new_ledger_notes_the_rules(target: str, pages: tuple[str, str]) -> None:
    """It is linked by the rules of this program, and nothing is said of others."""
    added = run("add", target, pages[0], "--date", "2026-03-03", "--workers", "1")
    assert added.exit_code == 0 and "another version's rules" not in added.output
    with Ledger.open(target) as ledger, ledger.reading() as connection:
        assert rules_of(connection) == RULES
        assert connection.execute(text("SELECT count(*) FROM move")).scalar()
        assert not linked_otherwise(connection)


def test_other_rules_are_said_and_linking_anew_mends_it(target: str, pages: tuple[str, str]) -> None:
    """Adding to such a ledger works, and says what to do; ``info`` says it until it is done."""
    run("add", target, pages[0], "--date", "2026-03-03", "--workers", "1")
    forget(target)
    added = run("add", target, pages[1], "--date", "2026-03-04", "--workers", "1")
    assert added.exit_code == 0
    said = [line for line in added.stderr.splitlines() if "another version's rules" in line]
    assert len(said) == 1 and "communique link" in said[0]
    assert json.loads(run("info", target, "--json").stdout)["linking"] == {
        "rules": None,
        "installed": RULES,
        "other": True,
    }
    assert "another version's rules" in run("info", target).stdout and run("info", target).exit_code == 0
    assert run("link", target).exit_code == 0
    assert not json.loads(run("info", target, "--json").stdout)["linking"]["other"]
    assert "another version's rules" not in run("info", target).stdout
