"""The sample pages: made up, in furniture of their own, and telling the story that they were written to tell."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from communique.cli import main
from communique.demo import sample_pages
from communique.reading import read_path

pytest.importorskip("communique.coding.coder", reason="the coder is not there yet")

from communique.coding import code_page

IDS = [path.name for path in sample_pages()]


@cache
def coded(name: str) -> dict[str, Any]:
    """One sample page, coded."""
    path = next(path for path in sample_pages() if path.name == name)
    (page,) = read_path(path)
    return code_page(page).to_dict()


def acts(name: str) -> set[tuple[str, str, str]]:
    """The acts told on a page: type, sources and targets."""
    return {
        (event["type"], *(" ".join(sorted(actor["id"] for actor in event[side])) for side in ("sources", "targets")))
        for event in coded(name)["events"]
    }


def test_every_sample_is_listed() -> None:
    """The folder holds the pages that are run, and their notice."""
    folder = sample_pages()[0].parent
    assert {path.name for path in folder.iterdir()} == {*IDS, "README.md"}


@pytest.mark.parametrize("path", sample_pages(), ids=IDS)
def test_sample_says_that_it_is_invented(path: Path) -> None:
    """Whoever meets a sample page by itself is told that nothing in it happened."""
    assert "This page is a sample. The people, the" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", IDS)
def test_sample_is_read_as_an_article(name: str) -> None:
    """Title, outlet and date are found, and no furniture is in the body."""
    page = coded(name)
    assert page["title"] and page["published"] and "Sample" in page["outlet"]
    path = next(path for path in sample_pages() if path.name == name)
    text = next(iter(read_path(path))).text
    body = "".join(text[start:end] for start, end in page["body"])
    for furniture in ("cookies", "Donate", "Sign up", "comment", "This page is a sample", "Seven soups"):
        assert furniture not in body


def test_one_paper_has_norway_offer_and_iceland_refuse() -> None:
    """The Sample Herald's story: Norway offered, Iceland said no."""
    assert {("PROPOSE", "NOR", "ISL"), ("REJECT", "ISL", "NOR")} <= acts("herald-2014.txt")


def test_another_has_norway_deny_it() -> None:
    """Sample Wire's: Norway denies that there was an offer."""
    assert any(kind == "DENY" and "NOR" in sources for kind, sources, _ in acts("wire-2014.txt"))


def test_a_third_has_it_the_other_way_round() -> None:
    """The Sample Times's: Iceland offered, Norway said no."""
    assert {("PROPOSE", "ISL", "NOR"), ("REJECT", "NOR", "ISL")} <= acts("times-2014.html")


def test_demo_prints_every_page_with_marked_words() -> None:
    """The tables name each paper, and words stand between marks where there is no terminal."""
    result = CliRunner().invoke(main, ["demo"])
    assert result.exit_code == 0
    for paper in ("Herald", "Wire", "Times", "Tribune", "Courier", "Post"):
        assert f"Sample {paper}" in result.output
    assert "«" in result.output and "\x1b" not in result.output
    assert max(map(len, result.output.splitlines())) <= 100
