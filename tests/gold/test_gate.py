"""The gold gate: the coder is never worse than the floors on pages that people coded.

Raise the floors with ``scripts/measure --raise-floors``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from communique.coding.coded import CodedPage
from communique.commands.workers import Left, code_pages
from communique.evaluation import read_documents, read_gold, score
from communique.evaluation.gate import GoldSet, below, digest, measures, read_floors
from communique.evaluation.gold import GoldPage
from communique.ledger.coder import installed
from communique.reading import read_paths

pytest.importorskip("communique.coding.coder", reason="the coder is not there yet")

WORKERS = os.cpu_count() or 1
SETS = read_floors(Path(__file__).with_name("floors.json"))
in_each_set = pytest.mark.parametrize("gold", SETS, ids=lambda gold: gold.name)


def coded(shared: Path, gold: GoldSet) -> dict[str, Any]:
    """The coder's result for each page of a gold set, by document; coded once."""
    return _coded(shared / gold.gold, shared / gold.pages, gold.careful)


@cache
def _coded(gold: Path, folder: Path, careful: bool) -> dict[str, Any]:
    pages, coder = read_gold(gold, folder), installed(careful)
    found = read_paths([page.path for page in pages])
    return by_doc(pages, code_pages(found, workers=WORKERS, coder=coder.entry, seconds=coder.seconds))


def by_doc(pages: list[GoldPage], results: Iterable[CodedPage | Left]) -> dict[str, Any]:
    """The results by the names of their documents, none of them left."""
    coded = list(results)
    assert [result for result in coded if isinstance(result, Left)] == []
    return {page.doc: result for page, result in zip(pages, coded, strict=True)}


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
