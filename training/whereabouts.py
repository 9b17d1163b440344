"""Learn where acts took place: ``python -m training.whereabouts [--shared ../shared]`` writes ``whereabouts.json``.

Needs scikit-learn. Gold pages and the raw news teach; dev pages and the pages left out only measure. A place is right
where it holds gold's, or gold's holds it ("Deauville" of "Deauville, France").
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from communique.coding.mentions import find_mentions
from communique.coding.pieces import MODEL
from communique.coding.quoting import quote
from communique.coding.scoring import score
from communique.coding.whereabouts import CLASSES, LIKELY, Done, Grounds, Passage, candidates, chance
from training.annotated import real_pages
from training.data import LEFT_OUT, Example, load
from training.scheme import TYPES

STRENGTH = 0.3
"""How freely the weights may grow (C of scikit-learn)."""
RARE = 12
"""A clue counts where so many candidates have it."""
Options = list[tuple[set[str], bool]]
Asked = tuple[str, str | None, Options]


def right(gold: str | None, said: str) -> bool:
    """Whether a place is gold's, or part of it, or holds it."""
    return gold is not None and (gold.lower() in said.lower() or said.lower() in gold.lower())


def asked(pages: Iterable[Example]) -> Iterator[Asked]:
    """For each act of gold its class, its place, and the clues of every place that may be it."""
    for one in pages:
        scored, events = score(one.sentences), {e["id"]: e for e in one.gold["events"]}
        spans = [(s.start, s.end) for s in one.sentences]
        grounds = Grounds(one.text, spans, find_mentions(one.text, spans, one.published))
        for act in one.acts:
            passages = []
            for n in (act.main, *(s for s in act.sentences if s != act.main)):
                if n in scored.types:
                    trigger = scored.trigger(n, act.type)
                    words = quote(scored, one.text, n, trigger)
                    passages.append(Passage((words.start, words.end), n, trigger))
            if passages:
                done = Done(TYPES[act.type], passages, act.sources, act.targets)
                place = events[act.id].get("place")
                options = [(clues, right(place, spot.name)) for spot, clues in candidates(grounds, done)]
                yield CLASSES.get(done.type, "words"), place, options


def learnt(some: list[Asked]) -> dict[str, dict[str, float]]:
    """The weights of each class."""
    out = {}
    for name in sorted({kind for kind, _, _ in some}):
        rows = [option for kind, _, options in some if kind == name for option in options]
        count: dict[str, int] = {}
        for clues, _ in rows:
            for clue in clues:
                count[clue] = count.get(clue, 0) + 1
        table = DictVectorizer()
        cells = table.fit_transform([{c: 1.0 for c in clues if count[c] >= RARE} for clues, _ in rows])
        model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(cells, [ok for _, ok in rows])
        weights = dict(zip(table.get_feature_names_out(), model.coef_[0], strict=True))
        out[name] = {"bias": model.intercept_[0], **{c: weights[c] for c in sorted(weights)}}
    return {name: {c: round(float(w), 2) for c, w in weights.items()} for name, weights in out.items()}


def measure(name: str, some: Iterable[Asked], weights: dict[str, dict[str, float]]) -> None:
    """Print recall and precision of the likeliest places."""
    gold = said = found = 0
    for kind, place, options in some:
        gold += place is not None
        ranked = [(chance(weights[kind], clues), ok) for clues, ok in options]
        best = max(ranked, default=(0.0, False))
        said, found = said + (best[0] >= LIKELY), found + (best[0] >= LIKELY and best[1])
    print(f"{name}: recall {found}/{gold}, precision {found}/{said}")


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = ap.parse_args().shared
    gold = shared / "gold"
    real = real_pages(shared)
    lessons = list(asked(one for one in real if one.doc not in LEFT_OUT))
    weights = learnt(lessons)
    measure("training", lessons, weights)
    measure("left out", asked(one for one in real if one.doc in LEFT_OUT), weights)
    measure("dev", asked(load(gold / "dev.jsonl", gold / "dev")), weights)
    (MODEL / "whereabouts.json").write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
