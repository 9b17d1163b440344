"""Triage: pages that tell of acts between parties are let through, the rest passed over, quickly."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from batch.archives import OTHER, TALKS, other, talks
from communique.batch.prose import html_prose, text_prose
from communique.batch.scan import Scan
from communique.batch.triage import LONGEST, triage


def test_gold_pages_are_let_through(shared: Path) -> None:
    """Of the pages kept for measuring, at least 99 in 100 are coded; the figure on training pages is no less."""
    for part in ("dev", "train"):
        rows = [json.loads(line) for line in (shared / "gold" / f"{part}.jsonl").read_text().splitlines()]
        texts = [(shared / "gold" / part / row["text_file"]).read_text() for row in rows if row["events"]]
        passed = [triage().chance(text_prose(text)) >= triage().least for text in texts]
        assert np.mean(passed) >= 0.99, part


def test_news_of_other_topics_is_passed_over() -> None:
    """A match report has hardly a chance; a report on talks has a good one."""
    assert triage().chance(html_prose(other(1).encode())) < triage().least / 2
    assert triage().chance(html_prose(talks(1).encode())) > 0.5


@pytest.mark.parametrize("text", ["", "\n", "\0\0", "é" * 50, "Russia", "." * 40_000, "Russia offered Japan. " * 9000])
def test_any_text_has_a_chance(text: str) -> None:
    """Empty, odd and endless texts get a number between 0 and 1."""
    assert 0 <= triage().chance(text_prose(text)) <= 1


def test_what_stands_late_in_a_long_text_is_not_looked_at() -> None:
    """Only the first LONGEST bytes count, so that no page takes long."""
    long = text_prose(f"{OTHER}\n" * (LONGEST // len(OTHER) + 1))
    assert triage().chance(long + text_prose("\n".join(TALKS))) == triage().chance(long)


def test_a_scan_tells_parties_apart_in_each_sentence() -> None:
    """Two names of one state are one party; a word inside a longer one is none."""
    scan = Scan(["offered"])
    found = scan(
        b'Moscow and Russia offered. Japan offered Russia "a truce." Unofferedly, Japanese tea. The match.\nEU'
    )
    assert found.parties.tolist() == [1, 2, 1, 0, 1]
    offered = scan.tokens.index("offered")
    assert found.sentence[found.token == offered].tolist() == [0, 1]


def test_prose_of_markup() -> None:
    """Scripts, styles, menus and headlines of other stories are left out; elements inside a line do not break it."""
    page = f"""<html><head><title>The title of it</title><style>p {{ color: {"red" * 20} }}</style></head><body>
    <script>var text = "{OTHER}<p>{OTHER}";</script><ul><li>Home</li><li>World</li></ul>
    <h3><a href="/other">Russia and Japan at odds over islands and the straits</a></h3>
    <p>Russia on <b>Monday</b> <a href="/x">offered Japan</a>&nbsp;a new round of talks
    on the islands.</p></body></html>"""
    told = html_prose(page.encode()).decode().split("\n")
    assert told == ["The title of it", "Russia on Monday offered Japan a new round of talks on the islands."]


def test_prose_of_other_encodings() -> None:
    """UTF-16 is decoded first; names in a one-byte encoding are found as they are."""
    assert html_prose(talks(1).encode("utf-16")) == html_prose(talks(1).encode())
    assert triage().chance(html_prose(talks(1, "«Œuvre»").encode("cp1252"))) > 0.5
