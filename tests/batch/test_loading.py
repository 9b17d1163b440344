"""Loading a part of a folder of shards into a ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from batch.folders import write_folder
from communique.cli import main
from communique.coding.coded import CodedPage
from communique.event import Event
from communique.ledger.dump import content
from communique.ledger.store import Ledger
from communique.linking.days import bounds
from ledger.gold_pages import coded_pages, gold_coder


def run(*arguments: object) -> Result:
    """What a command prints, with its exit code."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def pages(shared: Path) -> list[CodedPage]:
    """The seed pages and some dev pages."""
    return [*coded_pages(shared, "seeds"), *coded_pages(shared, "dev")[:12]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, pages: list[CodedPage]) -> Path:
    """The pages in two shards, one of them in both."""
    return write_folder(tmp_path_factory.mktemp("batch") / "out", pages[:9], pages[8:])


def test_what_is_loaded_is_what_adding_gives(tmp_path: Path, folder: Path, pages: list[CodedPage]) -> None:
    """Without conditions the ledger holds the same pages, events, moves and threads as one that coded them itself."""
    with Ledger.open(tmp_path / "added.ledger", create=True) as added:
        for page in pages:
            added.add(page, gold_coder(pages))
        expected = content(added)
    result = run("load", tmp_path / "loaded.ledger", folder)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(
        f"{len(pages)} pages added with {sum(len(p.events) for p in pages)} events, 0 known"
    )
    with Ledger.open(tmp_path / "loaded.ledger") as loaded:
        assert content(loaded) == expected


def test_loading_again_adds_nothing(tmp_path: Path, folder: Path) -> None:
    """The same command goes on where it was: pages that are there are known."""
    first, second = (run("load", tmp_path / "a.ledger", folder, "--where", "type=reject") for _ in range(2))
    added = int(first.stdout.split()[0])
    assert added > 0 and second.stdout == f"0 pages added with 0 events, {added} known\n"


def names(event: Event) -> set[str]:
    """The ids of an event's parties."""
    return {actor.id for actor in (*event.sources, *event.targets)}


def lies_between(event: Event, page: CodedPage, first: str, last: str) -> bool:
    """Whether an event's date, or that of its page, can lie between two days."""
    date = event.date or page.article.published or ""
    since, until = bounds(date.partition("/")[0]), bounds(date.rpartition("/")[2])
    return bool(since and until) and until[1] >= bounds(first)[0] and since[0] <= bounds(last)[1]


@pytest.mark.parametrize(
    ("where", "holds"),
    [
        (("actor=RUS",), lambda e, p: "RUS" in names(e)),
        (("actor=RUS", "type=propose"), lambda e, p: "RUS" in names(e) and e.type == "PROPOSE"),
        (("from=2025-05-20", "to=2025-05-21"), lambda e, p: lies_between(e, p, "2025-05-20", "2025-05-21")),
        (("to=2016",), lambda e, p: lies_between(e, p, "1000", "2016")),
        (("matter=sanctions",), lambda e, p: "sanctions" in f"{e.about} {e.evidence.quote}".lower()),
        (("status=alleged",), lambda e, p: e.status == "alleged"),
    ],
)
def test_conditions_choose_whole_pages(
    tmp_path: Path,
    folder: Path,
    pages: list[CodedPage],
    where: tuple[str, ...],
    holds: Callable[[Event, CodedPage], bool],
) -> None:
    """A page comes, whole, where one of its events meets every condition; no other page does."""
    result = run("load", tmp_path / "part.ledger", folder, *(part for words in where for part in ("--where", words)))
    assert result.exit_code == 0, result.stderr
    expected = [page for page in pages if any(holds(event, page) for event in page.events)]
    assert 0 < len(expected) < len(pages)
    with Ledger.open(tmp_path / "part.ledger") as ledger:
        found = content(ledger)
    assert {row[1] for row in found["page"]} == {page.page.digest for page in expected}
    assert len(found["event"]) == sum(len(page.events) for page in expected)


@pytest.mark.parametrize("words", ["actor", "colour=red", "actor=", "from=someday"])
def test_a_condition_that_is_none_is_refused(tmp_path: Path, folder: Path, words: str) -> None:
    """An unknown field, no value, or no date: one line, and no ledger is made."""
    result = run("load", tmp_path / "no.ledger", folder, "--where", words)
    assert result.exit_code == 2 and words in result.stderr
    assert not (tmp_path / "no.ledger").exists()


def test_values_are_values(tmp_path: Path, folder: Path) -> None:
    """A value that is SQL finds nothing and does nothing."""
    result = run("load", tmp_path / "x.ledger", folder, "--where", "actor=RUS' OR 1=1; DROP TABLE page; --")
    assert (result.exit_code, result.stdout) == (0, "0 pages added with 0 events, 0 known\n")


def test_loaded_pages_can_be_listed(tmp_path: Path, folder: Path) -> None:
    """Threads of the part are there at once."""
    run("load", tmp_path / "t.ledger", folder, "--where", "actor=RUS")
    listed = run("threads", tmp_path / "t.ledger", "--actor", "RUS", "--json")
    assert all("RUS" in json.loads(line)["actors"] for line in listed.stdout.splitlines()) and listed.stdout
