"""Scores predicted events against gold, page by page.

The rules are those of the project's scorer: see ``matching.same_act`` for when two events are
one. A gold event marked ``optional`` (only one of two coders saw it) counts neither as missed
nor, when predicted, as wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from communique import codebook
from communique.evaluation.fields import Fields, found_answer
from communique.evaluation.figures import Tally
from communique.evaluation.matching import match
from communique.evaluation.parties import Event

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """The figures by group, type and field, and the events that found no match, with their page."""

    figures: dict[str, Any]
    missed: list[tuple[str, Event]] = field(default_factory=list)
    wrong: list[tuple[str, Event]] = field(default_factory=list)


def score(gold_docs: Mapping[str, Document], pred_docs: Mapping[str, Document]) -> Score:
    """Score the events of ``pred_docs`` against ``gold_docs``, both by document name.

    A document without predictions counts as one in which nothing was found; predictions for
    documents that gold does not have are ignored.
    """
    tallies = {name: Tally() for name in _kinds()}
    fields = Fields()
    missed: list[tuple[str, Event]] = []
    wrong: list[tuple[str, Event]] = []
    for doc, gold in gold_docs.items():
        page = _compare(gold["events"], pred_docs.get(doc, {}).get("events", []), fields)
        _count(tallies, page)
        missed += [(doc, event) for event in page.missed]
        wrong += [(doc, event) for event in page.wrong]
    by_kind = {name: tally.figures() for name, tally in tallies.items() if tally.gold or tally.predicted}
    return Score({**by_kind, "attributes": fields.figures()}, missed, wrong)


def _kinds() -> dict[str, frozenset[str]]:
    """The groups, all types together, and each type: what the figures are given for."""
    names = sorted(kind.name for kind in codebook.types())
    groups = {name: codebook.group(name) for name in codebook.load().groups}
    return {**groups, "all": frozenset(names), **{name: frozenset({name}) for name in names}}


@dataclass(frozen=True, slots=True)
class _Compared:
    """One page: the types of its matched events, and the events on either side without a match."""

    matched: list[str]
    missed: list[Event]
    wrong: list[Event]


def _compare(gold: list[Event], predicted: list[Event], fields: Fields) -> _Compared:
    pairs = match(gold, predicted)
    gold_ids = {id(p): g["id"] for g, p in pairs}
    by_id = {p["id"]: p for p in predicted if p.get("id")}
    counted = [(g, p) for g, p in pairs if not g.get("optional")]
    for pair in counted:
        fields.add(pair, found_answer(pair[1], by_id, gold_ids))
    hit = {id(event) for pair in pairs for event in pair}
    return _Compared(
        matched=[g["type"] for g, _ in counted],
        missed=[g for g in gold if id(g) not in hit and not g.get("optional")],
        wrong=[p for p in predicted if id(p) not in hit],
    )


def _count(tallies: Mapping[str, Tally], page: _Compared) -> None:
    """Add one page to the tally of each group and type."""
    kinds = _kinds()
    for name, tally in tallies.items():
        matched = sum(kind in kinds[name] for kind in page.matched)
        tally.gold_matched += matched
        tally.predicted_matched += matched
        tally.gold += matched + sum(event["type"] in kinds[name] for event in page.missed)
        tally.predicted += matched + sum(event["type"] in kinds[name] for event in page.wrong)
