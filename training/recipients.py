"""Learn whom acts were toward: ``python -m training.recipients [--shared ../shared] [--ship]``.

Needs scikit-learn. The raw news teaches, but for the pages of ``training/slice.txt``; of gold's own pages the encoder
knows the answers too well. Prints how many acts have just the right targets, and how many any of them, by page in five
folds for the pages that the encoder has not learned from, and for those left out, beside what the coder took before;
``--ship`` writes ``recipients.json``.

With ``--teacher TEACHER.pt --kept FOLDER`` it is that of the careful network: taught by the further pages, which that
teacher has not learned from.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from communique.coding.draft import parties_of
from communique.coding.drafts import drafts
from communique.coding.merging import merge
from communique.coding.recipients import Told, floors, options
from communique.coding.weighing import Option, Weights, chance, chosen, joined
from training.annotated import load_annotated
from training.data import LEFT_OUT, Act, Example, load
from training.dates import FURTHER
from training.scheme import TYPES
from training.seeing import See, command_line, quickly, through

STRENGTH = 0.1
"""How freely the weights may grow: the best of four in five folds."""
LEAST = 10
"""How many parties must have a clue for it to be learnt."""
FOLDS = 5
Table = dict[str, dict[str, float]]


@dataclass
class Case:
    """An act of the coder's that is one of gold's: its page, its type, the parties asked about, and those gold has."""

    doc: str
    kind: str
    options: Sequence[Option]
    gold: frozenset[str]

    def right(self, option: Option) -> bool:
        """Whether gold has a party."""
        return not option.party.parties.isdisjoint(self.gold)

    def judged(self, numbers: Iterable[int]) -> tuple[int, int]:
        """Whether these parties are just gold's, and whether the event would count as found."""
        got = parties_of(self.options[i].party for i in numbers)
        return int(got == self.gold), int(not self.gold or bool(got & self.gold))


def cases(pages: Iterable[Example], see: See = quickly) -> Iterator[Case]:
    """The acts that the coder finds on pages and gold has too, whomever either has them toward."""
    for one in pages:
        scored = see(one)
        titled = bool(one.sentences) and one.sentences[0].title
        groups = merge(drafts(scored, one.text), scored.network, title=0 if titled else None)
        acts = list(options(scored, one.text, groups))
        of = paired([act for act, _ in acts], one.acts)
        for act, found in acts:
            if id(act) in of:
                yield Case(one.doc, act.group[0].type, found, of[id(act)].targets)


def paired(acts: Sequence[Told], gold: Sequence[Act]) -> dict[int, Act]:
    """Acts with gold's of the same type and a doer and a passage in common, one to one."""
    if not acts or not gold:
        return {}
    alike = np.array([[_alike(act, other) for other in gold] for act in acts])
    pairs = zip(*linear_sum_assignment(-alike), strict=True)
    return {id(acts[i]): gold[j] for i, j in pairs if alike[i, j]}


def _alike(act: Told, gold: Act) -> float:
    shared = act.sentences & set(gold.sentences)
    if act.group[0].type != TYPES[gold.type] or not shared or (gold.sources and not act.doers & gold.sources):
        return 0.0
    ours, theirs = act.doers | act.toward, gold.sources | gold.targets
    return 1 + len(shared) / len(gold.sentences) / 2 + len(ours & theirs) / max(1, len(ours | theirs)) / 3


def learnt(some: Sequence[Case]) -> Table:
    """The weights of each clue for acts of any type, and what is to be added to them for each type."""
    rows = [(case.kind, option, case.right(option)) for case in some for option in case.options]
    cells = [_cells(kind, option) for kind, option, _ in rows]
    count = Counter(cell for row in cells for cell in row)
    table = DictVectorizer()
    matrix = table.fit_transform([{c: v for c, v in row.items() if count[c] >= LEAST} for row in cells])
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(matrix, [right for *_, right in rows])
    out: Table = {"any": {}, **{kind: {} for kind in TYPES}}
    for name, weight in zip(table.feature_names_, model.coef_[0], strict=True):
        kind, _, clue = name.partition("|")
        out[kind][clue] = round(float(weight), 3)
    out["any"]["bias"] = round(out["any"].get("bias", 0.0) + float(model.intercept_[0]), 3)
    return out


def _cells(kind: str, option: Option) -> dict[str, float]:
    """What an option's clues count for acts of any type, and for those of this one."""
    told = {**dict.fromkeys(option.clues, 1.0), **option.figures, "bias": 1.0}
    return {f"{of}|{clue}": value for of in ("any", kind) for clue, value in told.items()}


def fold(doc: str) -> int:
    """A page's fold."""
    return crc32(doc.encode()) % FOLDS


def judged(case: Case, table: Weights) -> tuple[Case, list[float]]:
    """A case with the chances of its options."""
    return case, [chance(case.kind, option, table) for option in case.options]


def measure(name: str, some: Sequence[tuple[Case, list[float]]]) -> None:
    """Print how many acts have just gold's parties, and how many count as found, before and now."""
    before = np.sum([c.judged(i for i, o in enumerate(c.options) if o.taken) for c, _ in some], axis=0)
    now = np.sum([c.judged(chosen(p, *floors(c.kind))) for c, p in some], axis=0)
    print(f"{name:10} {len(some):5} acts; right {before[0]} of {before[1]} found before, {now[0]} of {now[1]} now")


def main() -> None:
    """Fit, measure, and write the weights."""
    args = command_line(__doc__).parse_args()
    see, folder = through(args)
    gold = args.shared / "gold"
    raw = list(cases(load_annotated(args.shared), see))
    # A teacher knows the pages that it has learned from by heart.
    taught = [c for c in raw if (c.doc in FURTHER if args.teacher else c.doc not in LEFT_OUT)]
    folds = [joined(learnt([c for c in taught if fold(c.doc) != k])) for k in range(FOLDS)]
    measure("unseen", [judged(c, folds[fold(c.doc)]) for c in taught if c.doc in FURTHER])
    if not args.teacher:
        measure("seen", [judged(c, folds[fold(c.doc)]) for c in taught if c.doc not in FURTHER])
    table = learnt(taught)
    full = joined(table)
    measure("raw left", [judged(c, full) for c in raw if c.doc in LEFT_OUT])
    left = [page for page in load(gold / "train.jsonl", gold / "train") if page.doc in LEFT_OUT]
    measure("gold left", [judged(c, full) for c in cases(left, see)])
    measure("dev", [judged(c, full) for c in cases(load(gold / "dev.jsonl", gold / "dev"), see)])
    if args.ship:
        stored = json.dumps(table, indent=0, sort_keys=True)
        (folder / "recipients.json").write_text(stored + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
