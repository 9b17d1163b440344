"""Pages at fault: skipped, named and counted, whatever they do; the shard finishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from batch.archives import leftovers, manifests, other, table, talks, write_warc
from batch.conftest import Run
from poison import FAULTS

TOLD = {
    "hang": "left after 0.5 s",
    "sleep": "left after 3 s",
    "eat": "left: it takes too much memory",
    "die": "left: the process that coded it ended with code 3",
    "crash": "left: the process that coded it ended with signal 11",
    "raise": "could not be coded: ValueError: no such rule",
}


def test_each_kind_of_fault_costs_its_page_alone(run: Run, tmp_path: Path) -> None:
    """Pages that hang, wait, eat memory, end the process, crash it or raise are named; all others have their rows."""
    pages = [text for n, fault in enumerate(FAULTS) for text in (talks(n), talks(100 + n, f"fault: {fault}"), other(n))]
    path = write_warc(tmp_path / "a.warc.gz", pages)
    result = run(path, "--page-seconds", 0.5, "--page-memory", 60)
    assert result.exit_code == 0
    (row,) = manifests(tmp_path / "out")
    assert dict(row["failures"]) == {f"{path}!{3 * n + 1}": TOLD[fault] for n, fault in enumerate(FAULTS)}
    assert row["counts"]["failures"] == len(FAULTS)
    urls = [r["url"] for r in table(tmp_path / "out", "articles")]
    assert urls == [f"https://paper.example/{n}" for n in range(len(pages)) if n % 3 != 1]
    assert len(table(tmp_path / "out", "events")) == len(FAULTS)
    for path_and_reason in row["failures"]:
        assert ": ".join(path_and_reason) in result.output


def test_a_folder_with_a_page_at_fault(run: Run, tmp_path: Path) -> None:
    """Files of a folder are skipped one by one as well."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for n, more in enumerate(("", "fault: die", "", "fault: die", "")):
        (folder / f"{n}.html").write_text(talks(n, more))
    run(folder)
    assert sorted(row["doc"] for row in table(tmp_path / "out", "articles")) == ["0", "2", "4"]
    assert len(manifests(tmp_path / "out")[0]["failures"]) == 2


def test_output_with_faults_is_the_same_every_time(run: Run, tmp_path: Path) -> None:
    """Which process coded which page leaves no trace in the rows."""
    path = write_warc(tmp_path / "a.warc.gz", [talks(0), talks(1, "fault: die"), talks(2), talks(3, "fault: die")])
    run(path)
    run(path, out="again")
    for name in ("articles", "events"):
        assert table(tmp_path / "out", name) == table(tmp_path / "again", name)
    assert leftovers(tmp_path / "out") == []


@pytest.mark.parametrize("bomb", ["<div>" * 200_000, "<p>" + "a" * 4_900_000, "<a b='" * 300_000, "&amp;" * 900_000])
def test_hostile_markup_is_read_or_left_in_time(run: Run, tmp_path: Path, bomb: str) -> None:
    """Markup made to be slow is either a page or a failure, and its neighbours have their rows."""
    path = write_warc(tmp_path / "a.warc.gz", [talks(0), talks(1, bomb), talks(2)])
    assert run(path, "--page-seconds", 1).exit_code == 0
    urls = [row["url"] for row in table(tmp_path / "out", "articles")]
    assert {urls[0], urls[-1]} == {"https://paper.example/0", "https://paper.example/2"}
