"""On hand-coded pages, the parties of events are found near their quotes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
from measure_mentions import Tally, measure


@pytest.mark.parametrize(("gold", "sources", "targets"), [("dev", 0.93, 0.90)])
def test_parties_of_events_are_among_the_mentions(shared: Path, gold: str, sources: float, targets: float) -> None:
    """The shares of sources and targets found in the window of their quote do not fall below what was reached."""
    tally = Tally()
    for line in (shared / "gold" / f"{gold}.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        text = (shared / "gold" / gold / page["text_file"]).read_text(encoding="utf-8")
        measure(page, text, tally)
    assert tally.counts["sources window"] / tally.counts["sources"] >= sources
    assert tally.counts["targets window"] / tally.counts["targets"] >= targets
    assert tally.counts["right"] / tally.counts["mentions"] >= 0.8
