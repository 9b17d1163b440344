"""Shards: what becomes a task of its own, and under which name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from communique.batch import shards
from communique.batch.progress import Progress
from communique.batch.report import lines, report
from communique.batch.shards import plan
from communique.reading import ReadFailure


def fill(folder: Path, names: list[str]) -> Path:
    """Small files of these names."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def test_archives_and_large_files_are_shards_of_their_own(tmp_path: Path) -> None:
    """Whatever lies in a folder, each file is in exactly one shard."""
    names = ["a.warc.gz", "b.jsonl", "deep/c.warc", "d.html", "deep/e.txt", "f.html"]
    fill(tmp_path, names)
    (tmp_path / "f.html").write_bytes(b" " * (shards.LARGE + 1))
    made, failures = plan([str(tmp_path)])
    assert failures == []
    assert sorted(os.path.relpath(f, tmp_path) for shard in made for f in shard.files) == sorted(names)
    alone = {os.path.basename(shard.files[0]) for shard in made if shard.container}
    assert alone == {"a.warc.gz", "b.jsonl", "c.warc", "f.html"}
    assert len({shard.name for shard in made}) == len(made)


def test_names_do_not_hang_on_how_an_input_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path gives the shards that the absolute one does."""
    fill(tmp_path / "pages", ["a.warc.gz", "b.html"])
    monkeypatch.chdir(tmp_path)
    assert plan(["pages"]) == plan([str(tmp_path / "pages")]) == plan(["./pages/"])


def test_a_new_file_changes_one_slice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other slices keep their names, files and stamps."""
    monkeypatch.setattr(shards, "SLICE", 10)
    fill(tmp_path, [f"{n}.html" for n in range(70)])
    before, _ = plan([str(tmp_path)])
    fill(tmp_path, ["new.html"])
    after, _ = plan([str(tmp_path)])
    assert len(before) == len(after) == 8
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_a_changed_file_changes_its_stamp(tmp_path: Path) -> None:
    """So its shard is done again."""
    fill(tmp_path, ["a.warc.gz"])
    (before,), _ = plan([str(tmp_path)])
    (tmp_path / "a.warc.gz").write_text("other")
    (after,), _ = plan([str(tmp_path)])
    assert before.name == after.name and before.stamp != after.stamp


def test_a_file_named_twice_is_taken_once(tmp_path: Path) -> None:
    """By itself and within its folder."""
    fill(tmp_path, ["a.warc.gz"])
    made, _ = plan([str(tmp_path), str(tmp_path / "a.warc.gz")])
    assert len(made) == 1


@pytest.mark.parametrize("name", ["a b;rm -rf.warc.gz", "..warc.gz", "ünï\n.warc.gz", "x" * 200 + ".warc.gz"])
def test_hostile_names_make_plain_ones(tmp_path: Path, name: str) -> None:
    """The name of a shard is safe on any file system."""
    fill(tmp_path, [name])
    (made,), _ = plan([str(tmp_path / name)])
    assert made.name.isascii() and len(made.name) < 100 and not set(made.name) & set("/\\;: \n")
    assert not made.name.startswith(".")


@pytest.mark.parametrize("address", ["nosuch://bucket/file", "http://127.0.0.1:1/a.warc.gz"])
def test_what_cannot_be_reached_is_a_failure(address: str) -> None:
    """An unknown scheme or a dead server is one line."""
    made, (failure,) = plan([address])
    assert made == [] and isinstance(failure, ReadFailure) and "\n" not in failure.reason


ROW = {
    "counts": {"pages": 600, "coded": 60, "events": 500, "failures": 2},
    "seconds": {"read": 1.0, "triage": 0.5, "code": 3.0, "write": 0.5, "wall": 6.0},
    "bytes": 20_000_000,
    "memory": 400_000_000,
}


def test_the_report_by_hand() -> None:
    """Two shards of 600 pages in 5 s of work each: 120 pages a second a core, and 0.46 hours a day's news on two."""
    found = report([ROW, ROW], known=1, left=0, elapsed=6.0, cores=2)
    assert found.speed == 120 and found.reading / found.seconds == pytest.approx(0.3)
    assert found.hours(1) == pytest.approx(400_000 / 240 / 3600)
    assert "120.0 pages/s a core (30% of it reading and triage), 200.0 pages/s and 6.67 MB/s" in "\n".join(lines(found))
    assert lines(report([], known=3, left=0, elapsed=0.1, cores=1))[0] == "shards: 0 done, 3 there already, 0 left"


def test_the_progress_line(capsys: pytest.CaptureFixture[str]) -> None:
    """It counts what ended, and is shown at a terminal only."""
    from communique.batch.engine import Outcome
    from communique.batch.shards import Shard

    progress = Progress(4, known=2)
    progress.step(Outcome(Shard("a", "a", ("a",), "", True), ROW))
    assert progress.line().startswith("3/4 shards  600 pages  500 events  2 failures  ")
    assert capsys.readouterr().err == ""
