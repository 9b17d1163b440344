"""A folder that ``communique batch`` wrote: exported, it is what a ledger of the same pages is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from batch.folders import write_folder
from communique.cli import main
from communique.export.running import Wanted, opened
from export.made import all_bytes, make_ledger, odd_page
from export.tables_made import rows
from web.hostile import hostile_page, overlapping_page
from web.sample import coded_samples

FORMATS = "csv,parquet,plover,cameo"


def run(*arguments: object) -> None:
    """Run a command that ends well."""
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the other tests in three shards, some of them in two, linked."""
    pages = [*coded_samples(), hostile_page(), overlapping_page(), odd_page()]
    made = write_folder(tmp_path_factory.mktemp("batch") / "it's", pages[4:], pages[:5], pages[2:3])
    run("link", made)
    return made


@pytest.fixture(scope="module")
def out(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder's exports."""
    place = tmp_path_factory.mktemp("out")
    run("export", folder, place, "--format", FORMATS)
    return place


def test_a_folder_gives_what_a_ledger_gives(out: Path, tmp_path: Path) -> None:
    """All tables of events, moves, threads, parties and sources are the same, but for the coder's name."""
    run("export", make_ledger(tmp_path / "made.ledger"), tmp_path, "--format", FORMATS)
    of_folder, of_ledger = all_bytes(out), all_bytes(tmp_path)
    compared = [name for name in of_folder if name.endswith(("csv", "tsv"))]
    assert len(compared) > 20
    for name in compared:
        assert of_folder[name].replace(b"gold,1", b"sample,1").replace(b"gold 1", b"sample 1") == of_ledger[name], name


def test_records_are_the_ledgers(folder: Path, tmp_path: Path) -> None:
    """Pages with their text, moves and threads as other formats read them."""
    ledger = make_ledger(tmp_path / "made.ledger")
    with opened(str(folder), Wanted()) as (batch, said), opened(str(ledger), Wanted()) as (record, _):
        assert said.source == "batch folder" and said.ledger_version is None
        ours, theirs = list(batch.pages()), list(record.pages())
        assert [(p.row, p.page.text, p.article) for p in ours] == [(p.row, p.page.text, p.article) for p in theirs]
        assert [t.event for p in ours for t in p.events] == [t.event for p in theirs for t in p.events]
        assert [m.to_dict() for m in batch.moves()] == [m.to_dict() for m in record.moves()]
        plain = [{**t.to_dict(), "links": sorted(map(str, t.links))} for t in batch.threads()]
        assert plain == [{**t.to_dict(), "links": sorted(map(str, t.links))} for t in record.threads()]


def test_an_unlinked_folder_has_events_alone(tmp_path: Path) -> None:
    """Moves and threads are empty tables, not missing ones; a broken shard is named and the others go on."""
    made = write_folder(tmp_path / "batch", coded_samples()[:2], coded_samples()[2:])
    (made / "events" / "s1.parquet").write_bytes(b"PAR1 no more")
    done = CliRunner().invoke(main, ["export", str(made), str(tmp_path / "out"), "--format", "csv"])
    assert done.exit_code == 0 and "s1.parquet" in done.stderr and len(done.stderr.splitlines()) == 1
    folder = tmp_path / "out" / "csv"
    assert len(rows(folder / "articles.csv")) == 2 and rows(folder / "events.csv")
    assert rows(folder / "moves.csv") == rows(folder / "threads.csv") == []
    assert {row["move"] for row in rows(folder / "wide.csv")} == {""}


def test_a_folder_without_shards_is_one_line(tmp_path: Path) -> None:
    """It says what would make them."""
    done = CliRunner().invoke(main, ["export", str(tmp_path), str(tmp_path / "out"), "--format", "csv"])
    assert done.exit_code == 1 and "communique batch" in done.stderr and len(done.stderr.splitlines()) == 1
