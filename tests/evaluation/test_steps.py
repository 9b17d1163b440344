"""Steps measured alone, on a page written for the purpose, whose gold is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.cli import main

TEXT = """Norway offers Peru a port

Oslo Sample Post
12 March 2014
Norway offered Peru the use of a port on Tuesday in return for fishing rights.
Peru rejected the Norwegian offer, officials in Lima said.
The weather was mild.
"""

GOLD = {
    "doc": "port",
    "text_file": "port.txt",
    "title": "Norway offers Peru a port",
    "published": "2014-03-12",
    "body_lines": [4, 5, 6],
    "events": [
        {
            "id": "e1", "type": "PROPOSE", "mode": "offer", "status": "actual", "date": "2014-03-11",
            "sources": [{"name": "Norway", "id": "NOR"}], "targets": [{"name": "Peru", "id": "PER"}],
            "quote": "Norway offered Peru the use of a port on Tuesday in return for fishing rights.",
            "mentions": [], "according_to": [], "answers": None, "terms": [],
        },
        {
            "id": "e2", "type": "REJECT", "mode": "refuse", "status": "actual", "date": "2014-03",
            "sources": [{"name": "Peru", "id": "PER"}], "targets": [{"name": "Norwegian", "id": "NOR"}],
            "quote": "Peru rejected the Norwegian offer",
            "mentions": [], "according_to": ["officials in Lima"], "answers": "e1", "terms": [],
        },
    ],
}  # fmt: skip


def measured(folder: Path, gold: dict, capsys: pytest.CaptureFixture[str]) -> dict:
    """The figures that the command prints for one page."""
    (folder / "port.txt").write_text(TEXT, encoding="utf-8")
    (folder / "gold.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    args = ["evaluate", str(folder / "gold.jsonl"), "--pages", str(folder), "--by", "step", "--json"]
    with pytest.raises(SystemExit) as left:
        main(args)
    assert left.value.code == 0
    return json.loads(capsys.readouterr().out)


def test_a_plain_page_is_right_at_every_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sentences, parties and roles of two plain acts are right, and the refusal answers the offer."""
    found = measured(tmp_path, GOLD, capsys)
    assert found["sentences"] == {"right": 2, "of": 2, "share": 1.0}
    assert found["actors"]["share"] == 1.0
    assert found["types"]["matched"] == 2
    assert found["sources"]["share"] == found["targets"]["share"] == 1.0
    assert found["answers"] == {"right": 1, "of": 1, "share": 1.0}


def test_what_a_step_cannot_find_counts_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A party that the page never names is lost among the actors, a quote that is not on it among the sentences."""
    events = [
        {**GOLD["events"][0], "targets": [{"name": "Chad", "id": "TCD"}]},
        {**GOLD["events"][1], "quote": "words that the page has not"},
    ]
    found = measured(tmp_path, {**GOLD, "events": events}, capsys)
    assert found["actors"] == {"right": 1, "of": 2, "share": 0.5}
    assert found["sentences"] == {"right": 1, "of": 2, "share": 0.5}
    assert found["targets"]["right"] == 0
