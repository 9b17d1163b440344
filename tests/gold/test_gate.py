"""The gold gate: the coder is never worse than the floors on pages that people coded.

Raise the floors with ``scripts/measure --raise-floors``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from communique.coding import code_page
from communique.evaluation import read_documents, read_gold, score
from communique.evaluation.gate import GoldSet, below, digest, measures, read_floors
from communique.reading import read_paths

pytest.importorskip("communique.coding.coder", reason="the coder is not there yet")

SETS = read_floors(Path(__file__).with_name("floors.json"))
in_each_set = pytest.mark.parametrize("gold", SETS, ids=lambda gold: gold.name)


def coded(shared: Path, gold: GoldSet) -> dict[str, Any]:
    """The coder's result for each page of a gold set, by document; coded once."""
    return _coded(shared / gold.gold, shared / gold.pages)


@cache
def _coded(gold: Path, folder: Path) -> dict[str, Any]:
    pages = read_gold(gold, folder)
    found = list(read_paths([page.path for page in pages]))
    return {page.doc: code_page(read) for page, read in zip(pages, found, strict=True)}  # type: ignore[arg-type]


@in_each_set
def test_gold_is_the_pinned_one(shared: Path, gold: GoldSet) -> None:
    """Floors hold for one gold file only: when it changes, they are measured anew."""
    assert digest(shared / gold.gold) == gold.sha256, "gold changed: scripts/measure --raise-floors --allow-lower"


@in_each_set
def test_no_figure_is_below_its_floor(shared: Path, gold: GoldSet) -> None:
    """Every measure is at least its floor."""
    predictions = {doc: result.to_dict() for doc, result in coded(shared, gold).items()}
    figures = score(read_documents(shared / gold.gold), predictions).figures
    assert below(gold.floors, measures(figures)) == {}


@in_each_set
def test_every_quote_is_exact(shared: Path, gold: GoldSet) -> None:
    """The words of each event, mention and term stand in the page at the place that is given."""
    for result in coded(shared, gold).values():
        text, values = result.page.text, result.to_dict()
        for event in values["events"]:
            quotes = [(event["quote"], event["span"])]
            quotes += zip(event["mentions"], event["mention_spans"], strict=True)
            quotes += [(term["quote"], term["span"]) for term in event["terms"]]
            assert all(text[start:end] == quote for quote, (start, end) in quotes)
