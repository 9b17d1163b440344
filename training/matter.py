"""Train the chooser of matters on gold pages and on our own, and measure it.

    python -m training.matter [--shared FOLDER] [--ship] [--teacher TEACHER.pt --kept FOLDER]

Reads ``gold/train``, ``gold/dev`` and ``seeds`` under ``../shared`` and ``training/written`` through the shipped
encoder. Gold's matters are often put in words of their own, so a run of the page's words is right as far as it has
words in common with gold's (F1 of words, a word of the same stem counting less), and a little more where it begins or
ends as gold's does. Prints that F1, of exact words, on the pages of ``training/slice.txt``, dev and seeds by what was
trained on the others. ``--ship`` writes what was trained on all pages but dev and seeds to
``src/communique/coding/model/matter.npz``. With ``--teacher`` it is that of the careful network, which our own pages do
not teach. Needs torch; the package reads the weights without it.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from communique.coding.matter import WEIGHTS, Told, features, names_a_party
from communique.coding.matter_spans import LONGEST, Laid, lay
from communique.coding.quoting import quote
from communique.coding.scoring import ScoredPage
from training.data import LEFT_OUT, Act, Example, load
from training.matter_model import Batch, Network
from training.seeing import See, command_line, quickly, through
from training.written import load_written

EPOCHS, BATCH, RATE, DECAY = 5, 48, 3e-3, 0.02
PASSAGES = 3
SHARP = 0.12
"""How sharply a run that has more words in common with gold's is preferred."""
STEM, OTHER_FORM, EDGE = 5, 0.8, 0.08
"""Letters of a stem; what a word of the same stem counts; what it adds to begin, or to end, as gold's matter does."""
_WORD = re.compile(r"\w+")
_EMPTY = frozenset("a an the of to in on for and or with from by at its their his her that which s".split())  # noqa: SIM905


@dataclass
class Case:
    """A gold event: the rows of its pieces among all vectors, features [N, F], runs that may be [N, LONGEST], and how
    much each has in common with gold's matter."""

    doc: str
    kind: int
    about: str
    words: list[str]
    rows: np.ndarray
    acts: np.ndarray
    owner: np.ndarray
    features: np.ndarray
    may: np.ndarray
    common: np.ndarray
    text: str
    starts: np.ndarray
    ends: np.ndarray


@dataclass
class Cases:
    """Events with the vectors [P, H] of all pieces of their pages."""

    cases: list[Case]
    vectors: torch.Tensor


def words_of(said: str | None) -> list[str]:
    """The words of a matter that count, in lower case."""
    return [word for word in _WORD.findall((said or "").lower()) if word not in _EMPTY]


def agreement(one: Sequence[str], other: Sequence[str]) -> float:
    """F1 of the words of two matters."""
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / max(1, len(one) + len(other))


def cases(pages: Sequence[Example], see: See = quickly) -> Cases:
    """The events of gold pages that have a matter and that the encoder has read."""
    found: list[Case] = []
    vectors: list[np.ndarray] = []
    base = 0
    for one in pages:
        page, events = see(one).below(), {e["id"]: e for e in one.gold["events"]}
        told = {act.id: passages(page, one, act) for act in one.acts if words_of(events[act.id].get("about"))}
        indices = sorted({p.index for each in told.values() for p in each})
        if indices:
            laid = lay(page.sentences, indices, one.text)
            vectors += [np.pad(page.pieces(i), ((0, 1), (0, 0))).astype(np.float16) for i in indices]  # and one between
            found += [_case(one, page, laid, base, events[name]["about"], each) for name, each in told.items() if each]
            base += len(laid.starts)
    return Cases(found, torch.tensor(np.concatenate(vectors)))


def passages(page: ScoredPage, one: Example, act: Act) -> list[Told]:
    """The passages of a gold event, as the coder would look at them."""
    out = []
    for index in [i for i in act.sentences if i in page.types][:PASSAGES]:
        trigger = page.trigger(index, act.type)
        words = quote(page, one.text, index, trigger)
        out.append(Told(index, act.type, trigger, (words.start, words.end), act.sources, act.targets, not out))
    return out


def _case(one: Example, page: ScoredPage, laid: Laid, base: int, about: str, told: Sequence[Told]) -> Case:
    counts = [len(page.sentences[p.index].ids) for p in told]
    rows = np.concatenate([np.arange(n) + laid.first[p.index] for n, p in zip(counts, told, strict=True)])
    owner = np.repeat(np.arange(len(told)), counts)
    may = laid.may[rows]
    for at, length in np.argwhere(may):
        asked, first = told[owner[at]], int(at - np.searchsorted(owner, owner[at]))
        may[at, length] = not names_a_party(page.sentences[asked.index], asked, first, int(first + length + 1))
    starts, ends = laid.starts[rows], laid.ends[rows]
    return Case(
        one.doc, told[0].type, about, words_of(about), rows + base,
        np.array([page.vector(p.index, p.type) for p in told]), owner,
        features(page, laid, told, rows).astype(np.float16), may,
        common_words(one.text, starts, ends, may, words_of(about)), one.text, starts, ends,
    )  # fmt: skip


def common_words(text: str, starts: np.ndarray, ends: np.ndarray, may: np.ndarray, gold: Sequence[str]) -> np.ndarray:
    """How much each run [N, LONGEST] has in common with gold's matter."""
    out = np.zeros(may.shape, np.float32)
    known, stems = Counter(gold), {word[:STEM] for word in gold}
    for at, length in np.argwhere(may):
        said = words_of(text[starts[at] : ends[at + length]])
        if not said:
            continue
        exact = sum((Counter(said) & known).values())
        alike = sum(w not in known and w[:STEM] in stems for w in said)
        shared = min(exact + OTHER_FORM * alike, len(gold))
        edges = (said[0][:STEM] == gold[0][:STEM]) + (said[-1][:STEM] == gold[-1][:STEM])
        out[at, length] = 2 * shared / (len(said) + len(gold)) + EDGE * edges * (shared > 0)
    return out


def batch(some: Sequence[Case]) -> Batch:
    """Lay some events side by side."""
    acts = [len(c.acts) for c in some]
    owner = np.concatenate([c.owner + first for c, first in zip(some, np.cumsum([0, *acts[:-1]]), strict=True)])
    kinds = np.repeat([c.kind for c in some], acts)
    event = np.repeat(np.arange(len(some)), [len(c.rows) for c in some])
    wanted = np.concatenate([_wanted(c) for c in some])
    join = lambda name: torch.tensor(np.concatenate([getattr(c, name) for c in some]))  # noqa: E731
    return Batch(
        join("rows"), join("features"), join("acts"), torch.tensor(kinds), torch.tensor(owner), torch.tensor(event),
        join("may"), torch.tensor(wanted), len(some),
    )  # fmt: skip


def _wanted(case: Case) -> np.ndarray:
    powers = np.exp((case.common - case.common.max()) / SHARP) * case.may
    return (powers / max(powers.sum(), 1e-9)).astype(np.float32)


def loss_of(scores: torch.Tensor, x: Batch) -> torch.Tensor:
    """How far the chances of the runs of each event are from what is wanted (cross entropy)."""
    top = torch.full((x.count,), -1e4).scatter_reduce(0, x.event, scores.detach().amax(1), "amax")
    sums = torch.zeros(x.count).index_add(0, x.event, torch.exp(scores - top[x.event, None]).sum(1))
    return ((sums.clamp_min(1e-9).log() + top).sum() - (x.wanted * scores).sum()) / x.count


def train(data: Cases, seed: int = 0, epochs: int = EPOCHS) -> Network:
    """Fit the network; events none of whose runs has a word in common with gold's teach nothing and are left out."""
    torch.manual_seed(seed)
    random.seed(seed)
    model, usable = Network(data.vectors.shape[1]), [c for c in data.cases if c.may.any() and c.common.max() > 0]
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    random.shuffle(usable)
    batches = [batch(usable[i : i + BATCH]) for i in range(0, len(usable), BATCH)]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * len(batches))
    for _ in range(epochs):
        random.shuffle(batches)
        for some in batches:
            loss = loss_of(model(some, data.vectors), some)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return model.eval()


@torch.no_grad()
def chosen(model: Network, data: Cases) -> list[str | None]:
    """The likeliest run of each event."""
    out: list[str | None] = []
    for case in data.cases:
        scores = model(batch([case]), data.vectors).numpy()
        at, length = divmod(int(scores.argmax()), LONGEST)
        out.append(case.text[case.starts[at] : case.ends[at + length]] if case.may.any() else None)
    return out


def report(name: str, model: Network, data: Cases) -> None:
    """Print the mean agreement with gold, and what the best run of each event would reach."""
    got = [agreement(c.words, words_of(said)) for c, said in zip(data.cases, chosen(model, data), strict=True)]
    best = [min(1.0, float(c.common.max())) for c in data.cases]
    print(f"{name}: F1 of words {np.mean(got):.3f} of {np.mean(best):.3f}, {len(got)} events", flush=True)


def main() -> None:
    """Measure, and ship on demand."""
    given = command_line(__doc__).parse_args()
    see, folder = through(given)
    gold = given.shared / "gold"
    pages = load(gold / "train.jsonl", gold / "train")
    own = [] if given.teacher else load_written(Path(__file__).with_name("written"))
    model = train(cases([p for p in pages + own if p.doc not in LEFT_OUT], see))
    report("slice", model, cases([p for p in pages if p.doc in LEFT_OUT], see))
    report("dev", model, cases(load(gold / "dev.jsonl", gold / "dev"), see))
    if not given.teacher:
        report("seeds", model, cases(load(gold / "seeds.jsonl", given.shared / "seeds"), see))
    if given.ship:
        np.savez_compressed(folder / WEIGHTS, **model.arrays())
        print("written to", folder, file=sys.stderr)


if __name__ == "__main__":
    main()
