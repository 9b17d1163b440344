"""The gold links, spread out: which events are one move, and what answers what across pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from communique.linking.report import Report
from communique.linking.whole import Linked
from communique.move import Move

FILE = Path(__file__).parents[1] / "gold" / "links.yaml"


@dataclass(frozen=True)
class GoldLinks:
    """Moves as sets of events, answers as events of other pages by answering event, and what is undecided."""

    moves: list[set[str]]
    answers: dict[str, set[str]]
    undecided: set[str]


def load() -> GoldLinks:
    """The gold links of the file."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    moves = [set(line.split()) for line in raw["moves"]]
    home = {event: move for move in moves for event in move}
    answers: dict[str, set[str]] = {}
    for event, answered in raw["answers"].items():
        for teller in home.get(event, {event}):
            targets = {t for t in home.get(answered, {answered}) if page(t) != page(teller)}
            answers.setdefault(teller, set()).update(targets)
    return GoldLinks(moves, {e: targets for e, targets in answers.items() if targets}, set(raw["undecided"]))


def page(event: str) -> str:
    """The page of an event's key."""
    return event.rpartition("-")[0]


def found_moves(linked: Linked) -> list[Sequence[str]]:
    """The system's moves as lists of events, without denials: gold groups acts, not what contests them."""
    return [move.reports for move in linked.moves]


def found_answers(linked: Linked, reports: Iterable[Report]) -> dict[str, set[str]]:
    """The system's answers across pages, by answering event."""
    by_id: dict[str, Move] = {move.id: move for move in linked.moves}
    types = {report.key: report.type for report in reports}
    found: dict[str, set[str]] = {}
    for link in linked.links:
        if link.kind == "answers":
            for event in by_id[link.move].reports:
                targets = {t for t in by_id[link.to].reports if page(t) != page(event) and types[t] != "DENY"}
                found.setdefault(event, set()).update(targets)
    return {event: targets for event, targets in found.items() if targets}
