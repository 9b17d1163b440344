"""Learn the mode of acts: ``python -m training.modes [--shared ../shared] [--ship]``.

Needs scikit-learn. Gold pages and the raw news teach, but for the pages of ``training/slice.txt``. Prints how many are
right by page in five folds and on the dev pages, beside what the encoder's head alone gets right; ``--ship`` writes
``modes.json``.

With ``--teacher TEACHER.pt --kept FOLDER`` it is that of the careful network: taught by the raw news as that teacher,
which has not learned from the further pages, sees it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from communique.coding.linear import Linear
from communique.coding.modes import MODES_OF, mode_clues, turning_word
from communique.coding.quoting import quote
from training.annotated import load_annotated, real_pages
from training.data import LEFT_OUT, Example, load
from training.scheme import TYPES
from training.seeing import See, command_line, quickly, through

STRENGTH = 0.1
"""How freely the weights may grow: the best of four by five folds of the raw news that the encoder has not seen."""
LEAST = 10
"""How many acts must have a clue for it to be learnt."""
FOLDS = 5


@dataclass
class Case:
    """A gold act: its page, its type, what speaks for its mode, that mode, and the one the head alone would choose."""

    doc: str
    kind: str
    clues: dict[str, float]
    mode: str
    head: str


def cases(pages: Sequence[Example], see: See = quickly) -> list[Case]:
    """One case an act whose type has modes, whose gold has one, and whose words the encoder has read."""
    out = []
    for one in pages:
        scored, events = see(one), {e["id"]: e for e in one.gold["events"]}
        for act in one.acts:
            kind, mode = TYPES[act.type], events[act.id].get("mode")
            if act.main not in scored.types or mode not in [name for _, name in MODES_OF.get(kind, ())]:
                continue
            trigger, told = scored.trigger(act.main, act.type), one.sentences[act.main]
            words = quote(scored, one.text, act.main, trigger).quote
            chances = scored.network.heads.attributes("mode", scored.vector(act.main, act.type)[None])[0]
            turning = turning_word(one.text, trigger, (told.start, told.end))
            head = max((float(chances[i]), name) for i, name in MODES_OF[kind])[1]
            out.append(Case(one.doc, kind, mode_clues(kind, chances, words, turning), mode, head))
    return out


def fitted(found: Sequence[Case]) -> Linear:
    """The model that the cases of one type teach."""
    count = Counter(clue for case in found for clue in case.clues)
    known = {clue for clue, times in count.items() if times >= LEAST}
    table = DictVectorizer()
    rows = table.fit_transform([{c: v for c, v in case.clues.items() if c in known} for case in found])
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(rows, [case.mode for case in found])
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        weights, bias = np.concatenate([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    columns = zip(table.feature_names_, weights.T.round(3).tolist(), strict=True)
    return Linear(tuple(model.classes_), bias.round(3).tolist(), {c: w for c, w in columns if any(w)})


def right(model: Linear, found: Sequence[Case]) -> int:
    """How many modes the model gets right."""
    told = [np.argmax(model.chances(case.clues)) for case in found]
    return sum(model.classes[n] == case.mode for n, case in zip(told, found, strict=True))


def measure(learnt: Sequence[Case], dev: Sequence[Case]) -> None:
    """Print for each type what five folds by page and the dev pages give, and what the head alone does."""
    docs = sorted({case.doc for case in learnt})
    fold = dict(zip(docs, np.random.RandomState(0).permutation(len(docs)) % FOLDS, strict=True))
    for kind in MODES_OF:
        mine, other = [c for c in learnt if c.kind == kind], [c for c in dev if c.kind == kind]
        parts = [[c for c in mine if fold[c.doc] == n] for n in range(FOLDS)]
        good = sum(right(fitted([c for c in mine if fold[c.doc] != n]), part) for n, part in enumerate(parts))
        alone = [sum(c.head == c.mode for c in some) for some in (mine, other)]
        told = f"{good} of {len(mine)} ({alone[0]}); dev {right(fitted(mine), other)} of {len(other)} ({alone[1]})"
        print(f"{kind}: {told}", flush=True)


def main() -> None:
    """Measure, and ship on demand."""
    given = command_line(__doc__).parse_args()
    see, folder = through(given)
    gold, pages = given.shared / "gold", load_annotated(given.shared) if given.teacher else real_pages(given.shared)
    learnt = cases([page for page in pages if page.doc not in LEFT_OUT], see)
    measure(learnt, cases(load(gold / "dev.jsonl", gold / "dev"), see))
    if given.ship:
        models = {kind: fitted([c for c in learnt if c.kind == kind]) for kind in MODES_OF}
        stored = {k: {"classes": m.classes, "bias": m.bias, "clues": m.clues} for k, m in models.items()}
        (folder / "modes.json").write_text(json.dumps(stored, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
