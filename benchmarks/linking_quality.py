"""Linking on the coder's own events: the gold links of seeds and dev, as far as the coder found their events.

    python benchmarks/linking_quality.py [--shared ../shared]

A coded event is a gold one where type and parties agree and their words overlap. "found" scores only gold events that
the coder found: that is linking's part. "all" counts a gold event that was not coded, or coded otherwise, as wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from communique.coding import code_page
from communique.coding.coded import CodedPage
from communique.evaluation.linking import Score, answer_links, b_cubed
from communique.evaluation.matching import match
from communique.event import Event
from communique.linking.report import Report, reports_of
from communique.linking.whole import link

ROOT = Path(__file__).parents[1]
sys.path[0] = str(ROOT / "tests")  # for the gold links; this folder has a linking.py of its own

from ledger.gold_pages import coded_pages  # noqa: E402
from linking.gold_links import GoldLinks, found_answers, load  # noqa: E402


def main() -> None:
    """Code, link, score, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    given = parser.parse_args()
    pages = [(gold, code_page(gold.page)) for name in ("seeds", "dev") for gold in coded_pages(given.shared, name)]
    reports, names = [], {}
    for gold, coded in pages:
        told = reports_of(gold.page.doc, gold.page.doc, coded.article, coded.events)
        names.update(named(gold, coded, told))
        reports += told
    print(json.dumps(scores(load(), reports, names), indent=2))


def named(gold: CodedPage, coded: CodedPage, reports: Sequence[Report]) -> dict[str, str]:
    """Each report's key to the gold event that it is, or to a name of its own."""
    is_gold, is_coded = ({event.id: event for event in page.events} for page in (gold, coded))
    pairs = match([e.to_dict() for e in gold.events], [e.to_dict() for e in coded.events])
    gold_of = {p["id"]: g["id"] for g, p in pairs if overlap(is_gold[g["id"]], is_coded[p["id"]])}
    doc = gold.page.doc
    return {
        report.key: f"{doc}-{gold_of[event.id]}" if event.id in gold_of else f"{report.key} of the coder's"
        for report, event in zip(reports, coded.events, strict=True)
    }


def overlap(a: Event, b: Event) -> bool:
    """Whether some words show both."""
    return any(x.overlaps(y) for x in (a.evidence, *a.mentions) for y in (b.evidence, *b.mentions))


def scores(gold: GoldLinks, reports: Sequence[Report], names: Mapping[str, str]) -> dict[str, object]:
    """B-cubed over events told by several pages and F1 of answers, over found events and over all."""
    linked = link(reports)
    moves = [[names[key] for key in move.reports] for move in linked.moves]
    told = found_answers(linked, reports)
    answers = {names[a]: {names[b] for b in listed} for a, listed in told.items()}
    known = set(names.values())
    return {
        "gold_events_found": sum(not name.endswith("coder's") for name in known),
        "moves_found": plain(b_cubed(only(gold.moves, known), only(moves, known, mine=True), strict=True)),
        "moves_all": plain(b_cubed(gold.moves, moves, strict=True)),
        "answers_found": plain(answer_links(within(gold.answers, known), within(answers, known, True), gold.undecided)),
        "answers_all": plain(answer_links(gold.answers, answers, gold.undecided)),
    }


def only(moves: Iterable[Iterable[str]], known: set[str], mine: bool = False) -> list[list[str]]:
    """Moves cut down to gold events that the coder found."""
    return [[e for e in move if e in known and not (mine and e.endswith("coder's"))] for move in moves]


def within(answers: Mapping[str, set[str]], known: set[str], mine: bool = False) -> dict[str, set[str]]:
    """Answers cut down likewise."""
    kept = {a: set(only([listed], known, mine)[0]) for a, listed in answers.items() if only([[a]], known, mine)[0]}
    return {a: listed for a, listed in kept.items() if listed}


def plain(score: Score) -> dict[str, float]:
    """A score as plain values."""
    return {"precision": round(score.precision, 3), "recall": round(score.recall, 3), "f1": round(score.f1, 3),
            "events": score.count}  # fmt: skip


if __name__ == "__main__":
    main()
