#!/usr/bin/env python3
"""Train the choosers of ``according_to`` and ``status`` on coded pages, and measure them.

    training/attribution.py GOLD_DIR [--ship] [--dev]

GOLD_DIR holds ``train.jsonl``, ``train/``, ``dev.jsonl`` and ``dev/``. Prints five-fold figures by page on
train; ``--dev`` adds the figures on dev; ``--ship`` writes the weights to ``src/communique/coding/model``.
Needs scikit-learn; the package reads the weights without it.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from communique.actor import Mention
from communique.coding.attribution import Attribution, attributions
from communique.coding.attribution_chain import chain_of
from communique.coding.attribution_features import Act, candidates, ids_by_name, ids_of, layer_features, words_of
from communique.coding.mentions import find_mentions
from communique.coding.sentences import sentences
from communique.coding.status import status_row

MODEL = Path(__file__).parents[1] / "src/communique/coding/model"
FOLDS = 5
STATUSES = ("actual", "alleged", "negated", "planned")


@dataclass
class Case:
    """One gold event with the layers that may carry it."""

    page: int
    act: Act
    event: dict
    text: str
    mentions: list[Mention]
    layers: list[Attribution]
    rows: list[list[float]] = field(default_factory=list)
    chances: list[float] = field(default_factory=list)

    @property
    def weighed(self) -> list[tuple[float, Attribution]]:
        """The layers with their chances, likeliest first."""
        return sorted(zip(self.chances, self.layers, strict=True), key=lambda pair: -pair[0])


def pages(gold: Path, part: str) -> list[dict]:
    """The pages of a part, with ``text`` and the ranges of the sentences of the body."""
    found = []
    for line in (gold / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        page["text"] = (gold / part / page["text_file"]).read_text(encoding="utf-8")
        starts = np.cumsum([0] + [len(row) + 1 for row in page["text"].split("\n")])
        body = [(int(starts[n]), int(starts[n + 1]) - 1) for n in page["body_lines"] if n + 1 < len(starts)]
        page["sentences"] = sentences(page["text"], body)
        found.append(page)
    return found


def mentions_of(found: list[dict], store: Path | None) -> dict[str, list[Mention]]:
    """The mentions of every page; kept in ``store`` where one is given, as they take a while."""
    if store and store.exists():
        return pickle.loads(store.read_bytes())
    table = {p["doc"]: find_mentions(p["text"], p["sentences"], p["published"]) for p in found}
    if store:
        store.write_bytes(pickle.dumps(table))
    return table


def cases(found: list[dict], mentions: dict[str, list[Mention]]) -> list[Case]:
    """One case an event whose quote stands in the page."""
    out = []
    for number, page in enumerate(found):
        text, known = page["text"], mentions[page["doc"]]
        said, named = attributions(text, page["sentences"], known), ids_by_name(known)
        for event in page["events"]:
            start = text.find(event["quote"])
            if start >= 0:
                out.append(_case(number, page, event, (start, start + len(event["quote"])), said, known, named))
    return out


def _case(number: int, page: dict, event: dict, quote: tuple, said: list, known: list, named: dict) -> Case:
    near = [s for s in page["sentences"] if s[0] < quote[1] and quote[0] < s[1]] or [quote]
    act = Act(event["type"], quote, (near[0][0], near[-1][1]), frozenset(a["id"] for a in event["sources"]))
    layers = candidates(act, said)
    inside = [m for m in known if quote[0] <= m.start < quote[1]]
    words = words_of(page["text"][quote[0] : quote[1]])
    rows = [layer_features(act, c, layers, page["text"], ids_of(c, known, named), inside, words) for c in layers]
    return Case(number, act, event, page["text"], known, layers, rows)


def bare(name: str) -> str:
    """A name as the scorer compares it."""
    return re.sub(r"^(the|a|an) ", "", name.lower()).strip()


def same(one: str, other: str) -> bool:
    """Whether one name contains the other."""
    return bare(one) in bare(other) or bare(other) in bare(one)


def wanted(case: Case) -> list[bool]:
    """For each layer, whether gold's chain names it."""
    return [any(same(layer.source or "", g) for g in case.event["according_to"]) for layer in case.layers]


def chooser() -> HistGradientBoostingClassifier:
    """The model for layers and for status alike: many small trees, held back by regularisation."""
    return HistGradientBoostingClassifier(
        max_iter=140, max_leaf_nodes=10, learning_rate=0.07, min_samples_leaf=12, l2_regularization=3.0,
        max_features=0.3, random_state=0,
    )  # fmt: skip


def folded(x: np.ndarray, y: np.ndarray, page: np.ndarray, make: Callable = chooser) -> np.ndarray:
    """Chances for each row by a model that has not seen its page."""
    fold = np.random.RandomState(0).permutation(int(page.max()) + 1)[page] % FOLDS
    chances = np.zeros((len(y), len(np.unique(y))))
    for number in range(FOLDS):
        model = make().fit(x[fold != number], y[fold != number])
        chances[fold == number] = model.predict_proba(x[fold == number])
    return chances


def flat(found: list[Case]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All layers of all cases as rows, labels and page numbers."""
    rows = [row for case in found for row in case.rows]
    labels = [yes for case in found for yes in wanted(case)]
    owner = [case.page for case in found for _ in case.rows]
    return np.array(rows), np.array(labels), np.array(owner)


def spread(found: list[Case], chances: np.ndarray) -> None:
    """Give every case the chances of its own layers."""
    at = 0
    for case in found:
        case.chances = [float(c) for c in chances[at : at + len(case.rows)]]
        at += len(case.rows)


def chain_figures(found: list[Case]) -> str:
    """F1 of the names in the chains and the share of acts rightly attributed or not, as the scorer has them."""
    hit = gold = told = right = 0
    for case in found:
        want = {bare(n) for n in case.event["according_to"]}
        got = {bare(n) for n in chain_of(case.weighed)[0]}
        hit += sum(any(w in g or g in w for g in got) for w in want)
        gold, told, right = gold + len(want), told + len(got), right + (bool(want) == bool(got))
    precision, recall = hit / max(1, told), hit / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"according_to P {precision:.3f} R {recall:.3f} F1 {f1:.3f}, attributed {right / len(found):.3f}"


def exported(model: HistGradientBoostingClassifier, classes: list[str]) -> dict:
    """The model as ``communique.coding.trees`` reads it."""
    rounds = [[_nodes(tree.nodes) for tree in trees] for trees in model._predictors]
    start = [round(float(v), 5) for v in np.ravel(model._baseline_prediction)]
    return {"classes": classes, "start": start, "rate": 1.0, "trees": rounds}


def _nodes(nodes: np.ndarray) -> list[list[float]]:
    return [
        [round(float(n["value"]), 5)]
        if n["is_leaf"]
        else [int(n["feature_idx"]), round(float(n["num_threshold"]), 5), int(n["left"]), int(n["right"])]
        for n in nodes
    ]


def status_rows(found: list[Case]) -> np.ndarray:
    """The rows of the status chooser; the chances of the layers must be set."""
    return np.array([status_row(c.act, c.weighed, c.text, c.mentions, ids_by_name(c.mentions)) for c in found])


def main() -> None:
    """Measure, and ship on demand."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("gold", type=Path)
    ask.add_argument("--dev", action="store_true")
    ask.add_argument("--ship", action="store_true")
    ask.add_argument("--store", type=Path, help="a folder in which to keep mentions between runs")
    given = ask.parse_args()
    known = lambda part, found: mentions_of(found, given.store / f"{part}.pkl" if given.store else None)  # noqa: E731
    train = pages(given.gold, "train")
    found = cases(train, known("train", train))
    x, y, page = flat(found)
    spread(found, folded(x, y, page)[:, 1])
    print("train, five folds:", chain_figures(found))
    sx, sy = status_rows(found), np.array([c.event["status"] for c in found])
    guess = np.array(STATUSES)[folded(sx, sy, np.array([c.page for c in found])).argmax(1)]
    print(f"train, five folds: status {np.mean(guess == sy):.3f}")
    chain, state = chooser().fit(x, y), chooser().fit(sx, sy)
    if given.dev:
        dev = pages(given.gold, "dev")
        held = cases(dev, known("dev", dev))
        spread(held, chain.predict_proba(flat(held)[0])[:, 1])
        told = np.array(STATUSES)[state.predict_proba(status_rows(held)).argmax(1)]
        truth = np.array([c.event["status"] for c in held])
        print("dev:", chain_figures(held), f"status {np.mean(told == truth):.3f}")
    if given.ship:
        for name, model, names in (("attribution_chain", chain, ["no", "yes"]), ("status", state, list(STATUSES))):
            (MODEL / f"{name}.json").write_text(json.dumps(exported(model, names), separators=(",", ":")) + "\n")
        print("written to", MODEL, file=sys.stderr)


if __name__ == "__main__":
    main()
