"""The command and its frame: folders that are whole or not there, errors in a line, the same bytes every time."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique import __version__
from communique.cli import main
from communique.export import formats
from communique.export.errors import ExportError
from communique.ledger.version import newest
from export.made import all_bytes
from export.tables_made import fill
from ledger.servers import Server

MINE = "csv,parquet,plover,cameo"


def run(*arguments: object) -> Result:
    """What ``communique export`` does."""
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger's file."""
    return fill(str(tmp_path_factory.mktemp("frame") / "made.ledger"))


@pytest.fixture(scope="module")
def out(ledger: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the tables and code formats."""
    folder = tmp_path_factory.mktemp("out")
    assert run(ledger, folder, "--format", MINE).exit_code == 0
    return folder


def test_metadata_stand_beside_every_format(ledger: str, tmp_path: Path) -> None:
    """Versions, coders, licence and citation are said, as the person who exports words them."""
    done = run(
        ledger, tmp_path, "--format", "csv", "--format", "plover", "--title", "Skarv Bank", "--licence", "CC0-1.0"
    )
    assert done.exit_code == 0 and done.stdout.splitlines() == [str(tmp_path / "csv"), str(tmp_path / "plover")]
    said = json.loads((tmp_path / "plover" / "metadata.json").read_text(encoding="utf-8"))
    assert said["format"] == "plover" and said["title"] == "Skarv Bank" and said["licence"] == "CC0-1.0"
    assert said["communique_version"] == __version__ and said["ledger_version"] == newest()
    assert said["coders"] == [{"coder": "sample", "coder_version": "1", "codebook_version": "1.2"}]
    assert said["codebook_versions"] == ["1.2"] and "Skarv Bank" in said["citation"]


def test_the_same_ledger_gives_the_same_bytes(ledger: str, out: Path, tmp_path: Path) -> None:
    """Exporting again, over an earlier export, changes no byte."""
    for _ in range(2):
        assert run(ledger, tmp_path, "--format", MINE).exit_code == 0
    assert all_bytes(tmp_path) == all_bytes(out)


def test_the_order_of_adding_does_not_matter(tmp_path: Path) -> None:
    """Two ledgers of the same pages, added in opposite orders, give the same bytes."""
    for name, backwards in (("a", False), ("b", True)):
        target = fill(str(tmp_path / f"{name}.ledger"), backwards, decided=False)
        assert run(target, tmp_path / name, "--format", "csv,cameo").exit_code == 0
    assert all_bytes(tmp_path / "a") == all_bytes(tmp_path / "b")


def test_a_server_gives_the_bytes_of_a_file(out: Path, tmp_path: Path) -> None:
    """A ledger in PostgreSQL, whatever its collation, is exported as the same ledger in a file is."""
    server = Server().start()
    try:
        assert run(fill(server.database()), tmp_path, "--format", MINE).exit_code == 0
    finally:
        server.stop()
    found, of_file = all_bytes(tmp_path), all_bytes(out)
    assert set(found) == set(of_file)
    assert [name for name in found if found[name] != of_file[name] and "decisions" not in name] == []


def test_nothing_else_is_written_over(ledger: str, tmp_path: Path) -> None:
    """A folder that no export made is left alone, with one line that says so."""
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "mine.txt").write_text("mine")
    done = run(ledger, tmp_path, "--format", "csv")
    assert done.exit_code == 1 and "is no export" in done.stderr and len(done.stderr.splitlines()) == 1
    assert (tmp_path / "csv" / "mine.txt").read_text() == "mine"


def test_a_failing_format_leaves_the_earlier_export(
    ledger: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is half made is thrown away; what was there stays."""
    assert run(ledger, tmp_path, "--format", "plover").exit_code == 0
    before = all_bytes(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("communique.export.lost.Lost.write", full)
    done = run(ledger, tmp_path, "--format", "plover")
    assert done.exit_code == 1 and "No space left" in done.stderr
    assert all_bytes(tmp_path) == before and [path.name for path in tmp_path.iterdir()] == ["plover"]


def test_an_unknown_format_is_named(ledger: str, tmp_path: Path) -> None:
    """So are those that there are; nothing is written."""
    done = run(ledger, tmp_path, "--format", "csv,xlsx")
    assert done.exit_code == 1 and "'xlsx'" in done.stderr and "parquet" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_missing_ledger_is_one_line(tmp_path: Path) -> None:
    """No ledger there, exit code 1."""
    done = run(tmp_path / "none.ledger", tmp_path / "out", "--format", "csv")
    assert done.exit_code == 1 and "there is no ledger" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow, Parquet says what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"pip install 'communique\[parquet\]'"):
        formats.writer("parquet")


def test_every_format_of_the_table_is_there() -> None:
    """Each name leads to a module with a ``write``, and what it needs is in the extra that it names."""
    for name in formats.FORMATS:
        assert callable(formats.writer(name).write)
