"""The seed pages, read, coded and linked by ``communique add``: the threads that a reader finds in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from communique.cli import main


@pytest.fixture(scope="module")
def added(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger of the five seed pages, coded by the installed coder."""
    pytest.importorskip("communique.coding.coder", reason="the coder is not there")
    target = str(tmp_path_factory.mktemp("seeds") / "seeds.ledger")
    result = CliRunner().invoke(main, ["add", target, str(shared / "seeds")])
    assert result.exit_code == 0, result.output
    return target


def asked(*words: str) -> list[dict[str, Any]]:
    """What a command gives as JSON, a line each."""
    result = CliRunner().invoke(main, [*words, "--json"])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("outcome", "first", "parties", "matter", "said_by"),
    [
        ("rejected", "RUS", {"RUS", "USA", "GBR", "FRA"}, "removal from power", "Martti Ahtisaari by way of Guardian"),
        ("rejected", "USA", {"USA", "RUS"}, "convince Syrian leader", "Kommersant"),
        ("rejected", "FRA", {"FRA", "RUS"}, "next steps", None),
        ("open", "USA", {"USA", "RUS"}, "joint airstrikes", None),
        ("open", "RUS", {"USA", "RUS"}, "war in Syria", None),
        ("rejected", "DEU", {"DEU", "FRA", "GBR", "USA"}, "participation", "SouthFront"),
    ],
)
def test_thread_is_found(
    added: str, outcome: str, first: str, parties: set[str], matter: str,
    said_by: str | None,
) -> None:  # fmt: skip
    """A thread has its parties, who began it first; its matter; its outcome, and the one source that it rests on."""
    (thread,) = [t for t in asked("threads", added, "--matter", matter) if set(t["actors"]) == parties
                 and t["actors"][0] == first]  # fmt: skip
    assert thread["outcome"] == outcome
    assert said_by is None or thread["said_by"] == [said_by]


def test_what_russia_offered_is_told_in_the_words_of_the_page(added: str) -> None:
    """The offer about the war has what would be given for a term: a delegation to Washington."""
    thread = asked("threads", added, "--matter", "war in Syria")[0]["id"]
    (shown,) = asked("show", added, thread)
    terms = [term for move in shown["moves"] for report in move["reports"] for term in report["terms"]]
    assert any(t["role"] == "gives" and "delegation" in t["quote"] and "Washington" in t["quote"] for t in terms)


def test_the_mirror_stories_name_each_other(added: str) -> None:
    """Russia's offer to the West and the US request to Russia are two threads, each a mirror related to the other."""
    one, other = (asked("threads", added, "--matter", words)[0]["id"] for words in ("removal", "intermediary"))
    for thread, mirror in ((one, other), (other, one)):
        (shown,) = asked("show", added, thread)
        assert {"thread": mirror, "mirror": True}.items() <= shown["related"][0].items()
