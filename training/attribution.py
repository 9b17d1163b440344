"""Train the choosers of ``according_to`` and ``status`` on coded pages, and measure them.

    python -m training.attribution [--shared FOLDER] [--ship] [--teacher TEACHER.pt --kept FOLDER]

Reads ``gold/train`` and ``gold/dev`` under ``../shared`` through the shipped encoder. Prints figures by page in
five folds on train, then on the pages of ``training/slice.txt`` and on dev by what was trained on the other pages of
train. ``--ship`` trains on all of train and writes the weights to ``src/communique/coding/model``. Needs scikit-learn
and torch; the package reads the weights without them.

With ``--teacher`` the chooser of ``according_to`` is the careful network's, and ``--ship`` writes what was trained
on all pages but those of the slice.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from sklearn.ensemble import HistGradientBoostingClassifier

from communique.coding.attribution import Attribution, attributions
from communique.coding.attribution_chain import Told, Weighed, chain_of, rows_of, vectors_of
from communique.coding.attribution_features import Act, candidates, ids_by_name
from communique.coding.labels import TYPES
from communique.coding.quoting import quote
from communique.coding.status import status_row
from communique.coding.weigher import WEIGHTS
from training.annotated import real_pages
from training.data import LEFT_OUT, Example, load
from training.seeing import See, command_line, quickly, through
from training.weigher import QUICK, WIDE, Course, Ensemble, Layers

FOLDS = 5
STATUSES = ("actual", "alleged", "negated", "planned")


@dataclass
class Case:
    """One gold event with the layers that may carry it, their features, and the vectors [H] that are seen of them."""

    doc: str
    act: Act
    event: dict
    page: Told
    vector: np.ndarray
    layers: list[Attribution]
    rows: list[list[float]]
    vectors: list[tuple[np.ndarray, np.ndarray]]
    chances: list[float] = field(default_factory=list)

    @property
    def weighed(self) -> Weighed:
        """The layers with their chances, likeliest first."""
        return sorted(zip(self.chances, self.layers, strict=True), key=lambda pair: -pair[0])

    @property
    def wanted(self) -> list[bool]:
        """For each layer, whether gold's chain names it."""
        return [any(same(layer.source or "", g) for g in self.event["according_to"]) for layer in self.layers]


def cases(pages: Sequence[Example], see: See = quickly) -> list[Case]:
    """One case an act whose words the encoder has read."""
    out = []
    for one in pages:
        scored = see(one).below()
        mentions = [m for s in one.sentences for m in s.mentions]
        said = attributions(one.text, [(s.start, s.end) for s in one.sentences], mentions)
        page = Told(one.text, scored, mentions, ids_by_name(mentions), said)
        events = {e["id"]: e for e in one.gold["events"]}
        for act in one.acts:
            if act.main in scored.types:
                told = one.sentences[act.main]
                # The words that the coder would quote, not gold's: it is these that the chooser will be asked about.
                words = quote(scored, one.text, act.main, scored.trigger(act.main, act.type))
                asked = Act(TYPES[act.type], (words.start, words.end), (told.start, told.end), act.sources)
                near = candidates(asked, said)
                seen = [vectors_of(scored, layer) for layer in near]
                vector = scored.vector(act.main, act.type)
                out.append(Case(one.doc, asked, events[act.id], page, vector, near, rows_of(page, asked, near), seen))
    return out


def bare(name: str) -> str:
    """A name as the scorer compares it."""
    return re.sub(r"^(the|a|an) ", "", name.lower()).strip()


def same(one: str, other: str) -> bool:
    """Whether one name contains the other."""
    return bare(one) in bare(other) or bare(other) in bare(one)


def layers_of(found: Sequence[Case]) -> Layers:
    """The layers of some cases in a row."""
    pick = lambda part: torch.tensor(np.array(part), dtype=torch.float32)  # noqa: E731
    return Layers(
        pick([row for c in found for row in c.rows]),
        pick([c.vector for c in found for _ in c.rows]),
        pick([source for c in found for source, _ in c.vectors]),
        pick([cue for c in found for _, cue in c.vectors]),
        pick([yes for c in found for yes in c.wanted]),
    )


def spread(found: Sequence[Case], model: Ensemble) -> None:
    """Give every case the chances of its own layers."""
    chances = iter(model.chances(layers_of(found)).tolist())
    for case in found:
        case.chances = [next(chances) for _ in case.rows]


def fold_of(found: Sequence[Case]) -> np.ndarray:
    """The number of the fold of each case; a page's cases stay together."""
    docs = sorted({c.doc for c in found})
    number = dict(zip(docs, np.random.RandomState(0).permutation(len(docs)) % FOLDS, strict=True))
    return np.array([number[c.doc] for c in found])


def fold_chances(found: Sequence[Case], course: Course) -> None:
    """Give every case chances by networks that have not seen its page."""
    fold = fold_of(found)
    for number in range(FOLDS):
        rest = [c for c, f in zip(found, fold, strict=True) if f != number]
        spread(
            [c for c, f in zip(found, fold, strict=True) if f == number],
            Ensemble.fit(layers_of(rest), course, members=1),
        )


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


def chooser() -> HistGradientBoostingClassifier:
    """The model for status: many small trees, held back by regularisation."""
    return HistGradientBoostingClassifier(
        max_iter=140, max_leaf_nodes=10, learning_rate=0.07, min_samples_leaf=12, l2_regularization=3.0,
        max_features=0.3, random_state=0,
    )  # fmt: skip


def status_rows(found: Sequence[Case]) -> np.ndarray:
    """The rows of the status chooser; the chances of the layers must be set."""
    return np.array([status_row(c.act, c.weighed, c.page.text, c.page.mentions, c.page.named) for c in found])


def statuses(found: Sequence[Case]) -> np.ndarray:
    """Gold's statuses."""
    return np.array([c.event["status"] for c in found])


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


def measure(name: str, model: Ensemble, state: HistGradientBoostingClassifier, held: Sequence[Case]) -> None:
    """Print the figures on pages that neither model was trained on."""
    spread(held, model)
    told = np.array(STATUSES)[state.predict_proba(status_rows(held)).argmax(1)]
    print(f"{name}:", chain_figures(held), f"status {np.mean(told == statuses(held)):.3f}", flush=True)


def main() -> None:
    """Measure, and ship on demand."""
    given = command_line(__doc__).parse_args()
    see, folder = through(given)
    course = WIDE if given.teacher else QUICK
    gold = cases(real_pages(given.shared), see)
    fold_chances(gold, course)
    print("train, five folds:", chain_figures(gold), flush=True)
    train, kept = [c for c in gold if c.doc not in LEFT_OUT], [c for c in gold if c.doc in LEFT_OUT]
    rows, truth = status_rows(gold), statuses(gold)
    held = np.array([c.doc in LEFT_OUT for c in gold])
    state, model = chooser().fit(rows[~held], truth[~held]), Ensemble.fit(layers_of(train), course)
    measure("slice", model, state, kept)
    measure("dev", model, state, cases(load(given.shared / "gold/dev.jsonl", given.shared / "gold/dev"), see))
    if not given.ship:
        return
    if not given.teacher:
        state, model = chooser().fit(rows, truth), Ensemble.fit(layers_of(gold), course)
        (folder / "status.json").write_text(json.dumps(exported(state, list(STATUSES)), separators=(",", ":")) + "\n")
    np.savez_compressed(folder / WEIGHTS, **model.arrays())
    print("written to", folder, file=sys.stderr)


if __name__ == "__main__":
    main()
