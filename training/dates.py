"""Trains the chooser of event dates on gold pages, and measures it on pages kept out and on dev.

    python -m training.dates [--shared FOLDER] [--ship] [--misses N]

A candidate is right where it equals the gold date; only where none does, where it says the
same at gold's precision (the evaluation's rule). So the chooser learns the codebook's grain
(the month of publication for undated news) and not to win by being finer than the page.
Reads the pages through the shipped encoder; needs torch, which the package does not.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from communique.coding.dating.candidates import SLOTS, Candidate, DatedPage, Span, candidates
from communique.coding.dating.chooser import WEIGHTS, best_value, context_of, cue_rows, seen_of
from communique.coding.dating.cues import ACT_CUES, lower_words
from communique.coding.dating.table import CANDIDATE_CUES
from communique.coding.labels import TYPES
from communique.coding.scoring import score
from training.annotated import load_annotated
from training.data import LEFT_OUT, Example, load
from training.model import HIDDEN as WIDTH

HIDDEN, SEEN, EPOCHS, BATCH, RATE, DECAY, DROP = 48, 24, 14, 64, 2e-3, 0.03, 0.3
MEMBERS = 3
RARE = 12
"""A word counts where at least this many quotes have it."""
BLIND = 0.1
"""How often the encoder's vectors are hidden in training, so that the chooser does without them where it must."""


@dataclass
class Case:
    """A gold event with its candidates, and the encoder's vectors of the act [H] and of each candidate [K, H]."""

    doc: str
    gold: str | None
    options: list[Candidate]
    page: DatedPage
    quote: Span
    kind: str
    status: str
    vector: np.ndarray
    seen: np.ndarray

    def right(self) -> np.ndarray:
        """Which candidates equal the gold date, or else say the same at its precision."""
        exact = np.asarray([one.value == self.gold for one in self.options])
        return exact if exact.any() else np.asarray([same_date(self.gold, one.value) for one in self.options])


def same_date(gold: str | None, said: str | None) -> bool:
    """The evaluation's rule: right where the date says what gold's says at gold's precision."""
    if gold is None or said is None:
        return gold is said
    return said.startswith(gold) or gold.split("/")[0] == said.split("/")[0]


def cases(pages: Sequence[Example]) -> list[Case]:
    """The acts of gold pages that the encoder has read."""
    out = []
    for one in pages:
        scored = score(one.sentences)
        page = DatedPage.of(one.text, [(s.start, s.end) for s in one.sentences], one.published)
        events = {e["id"]: e for e in one.gold["events"]}
        for act in one.acts:
            if act.main in scored.types:
                event, kind = events[act.id], TYPES[act.type]
                options = candidates(page, act.quote, event["status"])
                vector, seen = scored.vector(act.main, act.type), seen_of(options, scored.words)
                out.append(Case(one.doc, event["date"], options, page, act.quote, kind, event["status"], vector, seen))
    return out


def vocabulary(cases: list[Case]) -> dict[str, int]:
    """The words that enough quotes have, in alphabetical order."""
    seen = Counter(w for c in cases for w in set(lower_words(c.page.text[c.quote[0] : c.quote[1]])))
    return {word: i for i, word in enumerate(sorted(w for w, n in seen.items() if n >= RARE))}


@dataclass
class Rows:
    """Cases as padded tensors: cues [N, K, C], contexts [N, D], slots, masks and right candidates [N, K], vectors."""

    cues: torch.Tensor
    context: torch.Tensor
    slots: torch.Tensor
    mask: torch.Tensor
    right: torch.Tensor
    act: torch.Tensor
    seen: torch.Tensor

    def __getitem__(self, rows: torch.Tensor) -> Rows:
        return Rows(*(getattr(self, f.name)[rows] for f in fields(self)))


def laid_out(found: Sequence[Case], words: dict[str, int]) -> Rows:
    """Lay the cases out for training."""
    count, most = len(found), max(len(c.options) for c in found)
    out = Rows(
        torch.zeros(count, most, CANDIDATE_CUES),
        torch.zeros(count, ACT_CUES + len(words)),
        torch.zeros(count, most, dtype=torch.long),
        torch.zeros(count, most, dtype=torch.bool),
        torch.zeros(count, most),
        torch.zeros(count, WIDTH),
        torch.zeros(count, most, WIDTH),
    )
    for i, case in enumerate(found):
        n = len(case.options)
        out.cues[i, :n] = torch.tensor(cue_rows(case.page, case.quote, case.options))
        out.context[i] = torch.tensor(context_of(case.page, case.quote, case.kind, case.status, case.options, words))
        out.slots[i, :n] = torch.tensor([SLOTS.index(one.slot) for one in case.options])
        out.mask[i, :n], out.right[i, :n] = True, torch.tensor(case.right()).float()
        out.act[i], out.seen[i, :n] = torch.tensor(case.vector), torch.tensor(case.seen)
    return out


class Network(nn.Module):
    """The chooser as ``communique.coding.dating.chooser`` runs it."""

    def __init__(self, context: int):
        super().__init__()
        self.cue, self.context = nn.Linear(CANDIDATE_CUES, HIDDEN), nn.Linear(context, HIDDEN, bias=False)
        self.act, self.seen = nn.Linear(WIDTH, SEEN, bias=False), nn.Linear(WIDTH, SEEN, bias=False)
        self.view = nn.Linear(2 * SEEN, HIDDEN, bias=False)
        self.out, self.skip = nn.Linear(HIDDEN, 1, bias=False), nn.Linear(CANDIDATE_CUES, 1, bias=False)
        self.slot = nn.Linear(context, len(SLOTS), bias=False)
        nn.init.zeros_(self.slot.weight)
        self.drop = nn.Dropout(DROP)

    def forward(self, x: Rows) -> torch.Tensor:
        """The scores [N, K] of the candidates of each case."""
        blind = (torch.rand(len(x.act), 1, device=x.act.device) >= BLIND).float() if self.training else 1.0
        act, seen = self.act(self.drop(x.act * blind)), self.seen(self.drop(x.seen) * torch.as_tensor(blind)[..., None])
        views = torch.relu(torch.cat([act[:, None].expand_as(seen), seen], -1))
        hidden = torch.relu(self.cue(x.cues) + self.context(x.context)[:, None] + self.view(views))
        slot = self.slot(x.context).gather(1, x.slots)
        scores = self.out(self.drop(hidden))[..., 0] + self.skip(x.cues)[..., 0] + slot
        return scores.masked_fill(~x.mask, -1e9)

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as the chooser reads them."""
        return {name: value.numpy().T.astype(np.float16) for name, value in self.state_dict().items()}


def train(data: Rows, seed: int = 0) -> Network:
    """Fit the network; cases with no right candidate teach nothing and are left out."""
    torch.manual_seed(seed)
    model = Network(data.context.shape[1])
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    usable = torch.nonzero(data.right.sum(1) > 0)[:, 0]
    steps = EPOCHS * ((len(usable) + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: max(0.02, 1 - n / steps))
    for _ in range(EPOCHS):
        for rows in usable[torch.randperm(len(usable))].split(BATCH):
            some = data[rows]
            chances = model(some).log_softmax(1)
            loss = -chances.masked_fill(some.right == 0, -1e9).logsumexp(1).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return model.eval()


def ensemble(data: Rows) -> list[Network]:
    """Several networks that differ by their random start."""
    return [train(data, seed) for seed in range(MEMBERS)]


def stacked(models: Sequence[Network]) -> dict[str, np.ndarray]:
    """The weights as the chooser reads them: one array a part, the networks along the first axis."""
    each = [m.arrays() for m in models]
    return {name: np.stack([one[name] for one in each]) for name in each[0]}


@torch.no_grad()
def choose(models: Sequence[Network], found: Sequence[Case], data: Rows) -> list[str | None]:
    """The dates that the networks choose together."""
    chances = torch.stack([F.softmax(model(data), 1) for model in models]).mean(0).numpy()
    return [best_value(c.options, p[: len(c.options)]).value for c, p in zip(found, chances, strict=True)]


def report(name: str, cases: list[Case], said: list[str | None]) -> None:
    """Print shares right: of dated, of all, exactly equal, and of those with a right candidate at all."""
    ok = [same_date(c.gold, s) for c, s in zip(cases, said, strict=True)]
    dated = [o for c, o in zip(cases, ok, strict=True) if c.gold is not None]
    none = [o for c, o in zip(cases, ok, strict=True) if c.gold is None]
    exact = sum(c.gold == s for c, s in zip(cases, said, strict=True))
    reach = sum(any(same_date(c.gold, one.value) for one in c.options) for c in cases)
    share = lambda part: f"{sum(part) / max(1, len(part)):.3f} of {len(part)}"  # noqa: E731
    print(f"{name}: dated {share(dated)}, undated {share(none)}, all {share(ok)}, "
          f"exactly equal {exact / len(cases):.3f}, within reach {reach / len(cases):.3f}")  # fmt: skip


def show_misses(cases: list[Case], said: list[str | None], count: int) -> None:
    """Print cases chosen wrong, for reading."""
    wrong = [(c, s) for c, s in zip(cases, said, strict=True) if not same_date(c.gold, s)]
    for case, value in wrong[:: max(1, len(wrong) // max(1, count))][:count]:
        a, b = case.quote
        context = case.page.text[max(0, a - 90) : a] + "[[" + case.page.text[a:b] + "]]" + case.page.text[b : b + 60]
        print(case.doc, case.page.published, case.kind, case.status, "gold", case.gold, "said", value,
              [one.value for one in case.options if one.mention], "|", context.replace("\n", "¶"))  # fmt: skip


def main() -> None:
    """Measure what is trained on train without the pages kept out; ship what is trained on all of train."""
    parser = argparse.ArgumentParser(description="Train the chooser of event dates.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--ship", action="store_true")
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    # Sentences out of undated pages would only teach that such pages have no dates.
    annotated = [page for page in load_annotated(args.shared) if page.published]
    pages = load(args.shared / "gold/train.jsonl", args.shared / "gold/train") + annotated
    gold = cases(pages)
    dev = cases(load(args.shared / "gold/dev.jsonl", args.shared / "gold/dev"))
    rest, kept = [c for c in gold if c.doc not in LEFT_OUT], [c for c in gold if c.doc in LEFT_OUT]
    words = vocabulary(rest)
    models = ensemble(laid_out(rest, words))
    for name, held in (("slice", kept), ("dev", dev)):
        report(name, held, choose(models, held, laid_out(held, words)))
    show_misses(dev, choose(models, dev, laid_out(dev, words)), args.misses)
    if args.ship:
        words = vocabulary(gold)
        np.savez_compressed(WEIGHTS, vocabulary=np.asarray(sorted(words)), **stacked(ensemble(laid_out(gold, words))))


if __name__ == "__main__":
    main()
