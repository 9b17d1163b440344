"""The ledger's commands on a ledger of gold pages: what they list, their filters, and their one-line errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from communique.cli import main
from communique.linking.days import bounds


def run(*arguments: str) -> Result:
    """What a command prints, with its exit code."""
    return CliRunner().invoke(main, list(arguments))


def lines(*arguments: str) -> list[dict[str, Any]]:
    """The JSON objects that a command prints."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def ledger(gold_ledger: str) -> str:
    """A ledger of all seed and dev pages."""
    return gold_ledger


def test_threads_of_an_actor_in_a_year(ledger: str) -> None:
    """Filters narrow the threads by party and by time."""
    found = lines("threads", ledger, "--actor", "RUS", "--between", "2012-02", "2012-02")
    assert [(t["matter"], t["outcome"], t["said_by"]) for t in found if "USA" in t["actors"]] == [
        ("Assad's removal from power", "rejected", ["Martti Ahtisaari by way of The Guardian"])
    ]


def test_moves_by_type_status_and_outlet(ledger: str) -> None:
    """Every move listed is of the type, status and outlet asked for."""
    found = lines("moves", ledger, "--type", "propose", "--status", "alleged", "--outlet", "TASS")
    assert found
    assert all(m["type"] == "PROPOSE" and m["status"] == "alleged" and "TASS" in m["outlets"] for m in found)


def test_moves_between_days_are_those_days(ledger: str) -> None:
    """No move listed lies wholly outside the days."""
    first, last = bounds("2025-05-18")[0], bounds("2025-05-20")[1]  # type: ignore[index]
    found = lines("moves", ledger, "--between", "2025-05-18", "2025-05-20", "--limit", "500")
    dated = [m for m in found if m["date"] and len(m["date"]) == 10]
    assert dated and all(first <= bounds(m["date"])[0] <= last for m in dated)  # type: ignore[index]


def test_pages_of_a_listing_join_to_the_whole(ledger: str) -> None:
    """Limit and offset give every move once."""
    whole = [m["id"] for m in lines("moves", ledger, "--limit", "1000")]
    parts = [
        m["id"] for n in range(0, len(whole), 60) for m in lines("moves", ledger, "--limit", "60", "--offset", str(n))
    ]
    assert parts == whole and len(set(whole)) == len(whole)


def test_matter_holds_the_words(ledger: str) -> None:
    """Filtering by matter finds the words in any case; a percent sign is a character like others."""
    assert all("enrich" in m["about"].lower() for m in lines("moves", ledger, "--matter", "ENRICH"))
    assert lines("moves", ledger, "--matter", "100%_x") == []


def test_actors_are_counted(ledger: str) -> None:
    """The busiest party comes first, with a name in the pages' words."""
    first = lines("actors", ledger, "--limit", "3")[0]
    assert first["id"] == "USA" and first["moves"] == first["made"] + first["received"] and first["name"] != "USA"


def test_disputes_between_outlets_are_shown(ledger: str) -> None:
    """The day of the fifth round of talks differs between outlets, each side with sources and words."""
    found = [d for d in lines("disputes", ledger, "--actor", "IRN") if d["kind"] == "date"]
    assert any(len({s for side in d["sides"] for s in side["sources"]}) > 2 for d in found)
    assert all(side["words"] and side["sources"] for d in found for side in d["sides"])


def test_positions_of_an_actor(ledger: str) -> None:
    """Positions are of the actor asked for, with the move each is read from."""
    found = lines("positions", ledger, "--actor", "IRN")
    assert {p["actor"] for p in found} == {"IRN"} and all(p["move"].startswith("m-") for p in found)


@pytest.mark.parametrize("words", ["joint conference", '"joint Syria conference"', "conferences"])
def test_search_finds_quotes_and_bodies(ledger: str, words: str) -> None:
    """Words in any inflexion, and words in a row, find the event and the page."""
    (found,) = lines("search", ledger, words)
    assert any("conference" in e["about"] for e in found["events"])
    assert any("onference" in p["words"] for p in found["pages"])


@pytest.mark.parametrize("words", ["'; DROP TABLE page; --", '"', "NEAR(", "* OR :", "a\x00b"])
def test_search_takes_any_words_for_words(ledger: str, words: str) -> None:
    """Query syntax of either database, and SQL, are only words."""
    assert run("search", ledger, words).exit_code == 0
    assert lines("search", ledger, "Syria")[0]["pages"]


def test_show_goes_down_to_the_words(ledger: str) -> None:
    """A thread shows its moves' reports, an event its words in the page, a page its body and versions."""
    thread = lines("threads", ledger, "--matter", "removal from power")[0]
    (shown,) = lines("show", ledger, thread["id"])
    report = shown["moves"][0]["reports"][0]
    assert report["quote"] and [r["mirror"] for r in shown["related"]] == [True]
    (event,) = lines("show", ledger, report["id"])
    assert event["move"] == shown["moves"][0]["id"] and event["coder"] == "gold"
    (page,) = lines("show", ledger, report["id"].partition("-")[0])
    assert event["quote"] in page["body"] and len(page["versions"]) == 1
    for name in (thread["id"], shown["moves"][0]["id"], report["id"], page["key"]):
        assert run("show", ledger, name).exit_code == 0


def test_any_report_names_its_move_and_thread(ledger: str) -> None:
    """An id made from any report leads to the move or thread that it stands in now."""
    move = next(m for m in lines("moves", ledger, "--limit", "500") if len(m["reports"]) > 2)
    (shown,) = lines("show", ledger, "m-" + move["reports"][-1])
    assert shown["id"] == move["id"]


def test_timeline_picks_days_in_order(ledger: str) -> None:
    """As many days as asked for, in order, within the days asked for, each with words."""
    found = lines("timeline", ledger, "--actor", "IRN", "--between", "2025-04", "2025-05", "--top", "4")
    days = [entry["date"] for entry in found]
    assert len(days) == 4 and days == sorted(days) and all(entry["words"] for entry in found)


@pytest.mark.parametrize("command", ["threads", "moves", "actors", "positions", "disputes", "info"])
def test_every_listing_is_a_table_too(ledger: str, command: str) -> None:
    """Without --json a table or text is printed."""
    result = run(command, ledger)
    assert result.exit_code == 0 and len(result.stdout.splitlines()) > 3


def test_info_says_what_is_there(ledger: str) -> None:
    """Counts, versions, coders, and that nothing is wrong."""
    (found,) = lines("info", ledger, "--check")
    assert found["counts"]["page"] == 38 and found["counts"]["event"] == 346 and found["problems"] == []


def test_linking_from_scratch_says_the_same(ledger: str) -> None:
    """``link`` gives the threads that adding gave."""
    before = lines("threads", ledger, "--limit", "500")
    assert run("link", ledger).exit_code == 0
    assert {t["id"]: t for t in lines("threads", ledger, "--limit", "500")} == {t["id"]: t for t in before}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("threads", "/nowhere/x.ledger"), "there is no ledger"),
        (("show", "LEDGER", "m-none-e1"), "nothing here has the id"),
        (("show", "LEDGER", "ffffffffffffffff"), "nothing here has the id"),
        (("moves", "LEDGER", "--between", "soon", "later"), "not dates"),
    ],
)
def test_errors_are_one_line(ledger: str, arguments: tuple[str, ...], says: str) -> None:
    """What cannot be done is said in one line, without a traceback."""
    result = run(*(ledger if a == "LEDGER" else a for a in arguments))
    assert result.exit_code in (1, 2) and says in result.output and "Traceback" not in result.output


def test_adding_pages_by_command(tmp_path: Path) -> None:
    """``add`` reads, codes and stores pages once, and names those that it cannot read."""
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Accord refused\n\nFrance rejected an offer of talks by Italy on Monday, its minister said.\n")
    bad.write_bytes(b"")
    target = str(tmp_path / "new.ledger")
    first = run("add", target, str(good), str(bad), "--workers", "1")
    assert first.exit_code == 1 and "1 pages added" in first.output and "bad.txt" in first.output
    assert "0 pages added" in run("add", target, str(good), "--workers", "1").output
