"""Gold pages scored by the shipped model, kept for quick trials of what comes after: thresholds, merging, choosers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from communique.actor import Actor, Mention
from communique.coding.answering import answers
from communique.coding.drafts import drafts
from communique.coding.merging import merge, parties
from communique.coding.scoring import ScoredPage, score
from training.data import Example


def scored(examples: Iterable[Example]) -> list[tuple[Example, ScoredPage]]:
    """Each example with its scored page."""
    return [(one, score(one.sentences)) for one in examples]


def actors(mentions: Iterable[Mention]) -> tuple[Actor, ...]:
    """Mentions as Actors, each party once."""
    return tuple({party: Actor(m.person or m.name, party) for m in mentions for party in (m.id, *m.also)}.values())


def predicted(one: Example, page: ScoredPage, floor: float, same: float = 0.25) -> dict:
    """The page's acts as the scorer wants them, without dates and attribution."""
    title = 0 if page.sentences and page.sentences[0].title else None
    groups = merge(drafts(page, one.text, floor), page.network, same, title)
    texts = [one.text[s.start : s.end] for s in page.sentences]
    events = []
    for i, group in enumerate(groups):
        best = group[0]
        events.append({
            "id": f"e{i + 1}", "type": best.type, "sources": _dicts(actors(parties(group, "sources"))),
            "targets": _dicts(actors(parties(group, "targets"))), "status": "actual", "date": None, "mode": None,
            "quote": texts[best.sentence], "mentions": [texts[d.sentence] for d in group[1:]],
            "answers": None, "according_to": [],
        })  # fmt: skip
    for event, other in zip(events, answers(groups, texts), strict=True):
        event["answers"] = None if other is None else f"e{other + 1}"
    return {"doc": one.doc, "events": events}


def _dicts(some: tuple[Actor, ...]) -> list[dict[str, str]]:
    return [{"name": a.name, "id": a.id} for a in some]


def write(rows: Iterable[dict], path: Path) -> None:
    """Predictions as JSON Lines."""
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
