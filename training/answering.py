"""Learn which act answers which: ``python -m training.answering [--shared ../shared]`` writes ``answering.json``.

Needs scikit-learn. Gold pages and the raw news teach; dev pages only measure. (With the written pages, which hold many
answers of an easier kind, recall on real pages is lower by 0.03.)
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from communique.coding.answering import ANSWERED_BY, LIKELY, Side, clues, long_words
from communique.coding.pieces import MODEL
from training.annotated import real_pages
from training.data import LEFT_OUT, Act, Example, load
from training.scheme import TYPES

Question = tuple[str | None, list[tuple[str, dict[str, float]]]]


def side(one: Example, act: Act) -> Side:
    """A gold act as the runtime sees an act."""
    told = one.sentences[act.main]
    words = long_words(one.text[told.start : told.end])
    return Side(TYPES[act.type], act.sources, act.targets, act.main, words)


def questions(examples: list[Example]) -> list[Question]:
    """For each act that may answer: gold's answer, and the clues of every act that it may answer."""
    out = []
    for one in examples:
        sides = {a.id: side(one, a) for a in one.acts}
        for a in one.acts:
            fitting = ANSWERED_BY.get(TYPES[a.type], ())
            others = [(i, clues(sides[a.id], b)) for i, b in sides.items() if i != a.id and b.type in fitting]
            if fitting:
                out.append((a.answers, others))
    return out


def measure(name: str, asked: list[Question], chances: list[np.ndarray]) -> None:
    """Print recall and precision of the likeliest answers."""
    gold = sum(answer is not None for answer, _ in asked)
    sure = [(a, others, p) for (a, others), p in zip(asked, chances, strict=True) if len(p) and p.max() >= LIKELY]
    drawn = [(a, others[int(p.argmax())][0]) for a, others, p in sure]
    right = sum(a == said for a, said in drawn)
    print(f"{name}: recall {right}/{gold}, precision {right}/{len(drawn)}")


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = ap.parse_args().shared
    gold = shared / "gold"
    pages = [e for e in real_pages(shared) if e.doc not in LEFT_OUT]
    asked = questions(pages)
    names = list(next(c for _, others in asked for _, c in others))
    table = lambda some: np.array([[c[n] for n in names] for _, c in some]).reshape(-1, len(names))  # noqa: E731
    right = np.array([i == answer for answer, others in asked for i, _ in others])
    model = LogisticRegression(max_iter=2000).fit(np.concatenate([table(o) for _, o in asked]), right)
    for name, some in (("training", asked), ("dev", questions(load(gold / "dev.jsonl", gold / "dev")))):
        measure(name, some, [model.predict_proba(table(o))[:, 1] if o else np.empty(0) for _, o in some])
    weights = {"bias": model.intercept_[0], **dict(zip(names, model.coef_[0], strict=True))}
    rounded = {name: round(float(value), 3) for name, value in weights.items()}
    (MODEL / "answering.json").write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
