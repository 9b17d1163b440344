"""Trains the chooser of event dates on gold pages, and measures it on pages kept out and on dev.

    python -m training.dates [--shared FOLDER] [--ship] [--misses N] [--teacher TEACHER.pt --kept FOLDER]

A candidate is right where it equals the gold date; only where none does, where it says the
same at gold's precision (the evaluation's rule). So the chooser learns the codebook's grain
(the month of publication for undated news) and not to win by being finer than the page.
Reads the pages through the shipped encoder; needs torch, which the package does not. With ``--teacher`` it is that of
the careful network, and ``--ship`` writes what learned from all pages but those of ``training/slice.txt``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from communique.coding.dating.candidates import SLOTS, Candidate, DatedPage, candidates
from communique.coding.dating.chooser import WEIGHTS, Asked, best_value, context_of, seen_of
from communique.coding.dating.cues import lower_words
from communique.coding.dating.table import CANDIDATE_CUES, candidate_table
from communique.coding.labels import TYPES
from communique.coding.quoting import quote
from training.annotated import load_annotated
from training.data import LEFT_OUT, Example, load
from training.seeing import See, command_line, quickly, through

HIDDEN, SEEN, EPOCHS, BATCH, RATE, DECAY, DROP = 48, 24, 9, 64, 2e-3, 0.03, 0.4
MEMBERS = 3
FURTHER = frozenset(Path(__file__).with_name("further.txt").read_text(encoding="utf-8").split())
"""The 310 pages coded last, which no weights have learned from, and which measure them."""
RARE = 12
"""A word counts where at least this many quotes have it."""
HIDE = 0.2
"""How often each cue of an act and each word of its quote is hidden in training."""
MEAN = 0.998
"""How much of the running mean of the weights stays at each step: the mean is shipped, which hangs less on chance."""
BLIND = 0.1
"""How often the encoder's vectors are hidden in training, so that the chooser does without them where it must."""


@dataclass
class Case:
    """A passage of a gold event with its candidates, the act as the coder would ask about it, and the vectors of each
    candidate [K, H]; ``main`` where it is the event's quote."""

    doc: str
    gold: str | None
    options: list[Candidate]
    page: DatedPage
    act: Asked
    seen: np.ndarray
    main: bool = True

    def right(self) -> np.ndarray:
        """Which candidates equal the gold date, or else say the same at its precision."""
        exact = np.asarray([one.value == self.gold for one in self.options])
        return exact if exact.any() else np.asarray([same_date(self.gold, one.value) for one in self.options])


def same_date(gold: str | None, said: str | None) -> bool:
    """The evaluation's rule: right where the date says what gold's says at gold's precision."""
    if gold is None or said is None:
        return gold is said
    return said.startswith(gold) or gold.split("/")[0] == said.split("/")[0]


def cases(pages: Sequence[Example], see: See = quickly) -> list[Case]:
    """The acts of gold pages that the encoder has read, one case for each passage that tells them, with the words that
    the coder itself would quote of it."""
    out = []
    for one in pages:
        scored = see(one).below()
        page = DatedPage.of(one.text, [(s.start, s.end) for s in one.sentences], one.published)
        events = {e["id"]: e for e in one.gold["events"]}
        for act in one.acts:
            for place in (p for p in act.sentences if p in scored.types):
                event, trigger = events[act.id], scored.trigger(place, act.type)
                words, vector = quote(scored, one.text, place, trigger), scored.vector(place, act.type)
                span, kind, status = (words.start, words.end), TYPES[act.type], event["status"]
                options = candidates(page, span, status, trigger)
                asked = Asked(span, kind, status, vector, trigger=trigger)
                seen = seen_of(options, scored.words, len(vector))
                out.append(Case(one.doc, event["date"], options, page, asked, seen, place == act.main))
    return out


def vocabulary(cases: list[Case]) -> dict[str, int]:
    """The words that enough quotes have, in alphabetical order."""
    seen = Counter(w for c in cases for w in set(lower_words(c.page.text[slice(*c.act.quote)])))
    return {word: i for i, word in enumerate(sorted(w for w, n in seen.items() if n >= RARE))}


@dataclass
class Rows:
    """N candidates of A acts as tensors: ``cues`` [N, C], ``slots``, ``owner`` (the number of its act) and ``right``
    [N], ``seen`` [N, H]; of the acts ``context`` [A, D] and ``act`` [A, H]."""

    cues: torch.Tensor
    slots: torch.Tensor
    owner: torch.Tensor
    right: torch.Tensor
    seen: torch.Tensor
    context: torch.Tensor
    act: torch.Tensor

    def of(self, acts: torch.Tensor) -> Rows:
        """The rows of some acts, by their numbers."""
        size = torch.bincount(self.owner, minlength=len(self.act))
        first, count = torch.cumsum(size, 0) - size, size[acts]
        owner = torch.repeat_interleave(torch.arange(len(acts)), count)
        some = first[acts][owner] + torch.arange(len(owner)) - (torch.cumsum(count, 0) - count)[owner]
        own = (self.cues[some], self.slots[some], owner, self.right[some], self.seen[some])
        return Rows(*own, self.context[acts], self.act[acts])


def laid_out(found: Sequence[Case], words: dict[str, int]) -> Rows:
    """Lay the cases out for training."""
    table = [candidate_table(c.page, [((c.act.quote, c.act.trigger), c.options)]) for c in found]
    return Rows(
        torch.tensor(np.concatenate(table)),
        torch.tensor([SLOTS.index(one.slot) for c in found for one in c.options]),
        torch.repeat_interleave(torch.arange(len(found)), torch.tensor([len(c.options) for c in found])),
        torch.tensor(np.concatenate([c.right() for c in found])).float(),
        torch.tensor(np.concatenate([c.seen for c in found])).float(),
        torch.tensor(np.array([context_of(c.page, c.act, c.options, words) for c in found])),
        torch.tensor(np.array([c.act.vector for c in found])),
    )


class Network(nn.Module):
    """The chooser as ``communique.coding.dating.chooser`` runs it."""

    def __init__(self, context: int, width: int):
        super().__init__()
        self.cue, self.context = nn.Linear(CANDIDATE_CUES, HIDDEN), nn.Linear(context, HIDDEN, bias=False)
        self.act, self.seen = nn.Linear(width, SEEN, bias=False), nn.Linear(width, SEEN, bias=False)
        self.view = nn.Linear(2 * SEEN, HIDDEN, bias=False)
        self.out, self.skip = nn.Linear(HIDDEN, 1, bias=False), nn.Linear(CANDIDATE_CUES, 1, bias=False)
        self.slot = nn.Linear(context, len(SLOTS), bias=False)
        nn.init.zeros_(self.slot.weight)
        self.drop = nn.Dropout(DROP)

    def forward(self, x: Rows) -> torch.Tensor:
        """The logarithm [N] of each candidate's chance among those of its act."""
        blind = (torch.rand(len(x.act), 1) >= BLIND).float() if self.training else torch.ones(len(x.act), 1)
        shown = self.drop(blind.expand_as(x.act))[x.owner]
        act, seen = self.act(self.drop(x.act * blind)), self.seen(x.seen * shown)
        views = torch.relu(torch.cat([act[x.owner], seen], -1))
        hidden = torch.relu(self.cue(x.cues) + self.context(x.context)[x.owner] + self.view(views))
        slot = self.slot(x.context)[x.owner].gather(1, x.slots[:, None])
        return among((self.out(self.drop(hidden)) + self.skip(x.cues) + slot)[:, 0], x)

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as the chooser reads them."""
        return {name: value.numpy().T.astype(np.float16) for name, value in self.state_dict().items()}


def among(scores: torch.Tensor, x: Rows) -> torch.Tensor:
    """Scores [N] as logarithms of chances among the candidates of each act."""
    top = torch.full((len(x.act),), -1e9).scatter_reduce(0, x.owner, scores.detach(), "amax")[x.owner]
    total = torch.zeros(len(x.act)).index_add(0, x.owner, torch.exp(scores - top))
    return scores - top - torch.log(total)[x.owner]


def train(data: Rows, seed: int = 0) -> Network:
    """Fit the network; cases with no right candidate teach nothing and are left out."""
    torch.manual_seed(seed)
    model = Network(data.context.shape[1], data.act.shape[1])
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(MEAN))
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    usable = torch.nonzero(torch.zeros(len(data.act)).index_add(0, data.owner, data.right) > 0)[:, 0]
    steps = EPOCHS * ((len(usable) + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: max(0.2, 1 - n / steps))
    for _ in range(EPOCHS):
        for acts in usable[torch.randperm(len(usable))].split(BATCH):
            some = data.of(acts)
            some.context *= torch.rand_like(some.context) > HIDE
            right = torch.zeros(len(acts)).index_add(0, some.owner, torch.exp(model(some)) * some.right)
            loss = -torch.log(right + 1e-9).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            mean.update_parameters(model)
    return mean.module.eval()


def ensemble(data: Rows) -> list[Network]:
    """Several networks that differ by their random start."""
    return [train(data, seed) for seed in range(MEMBERS)]


def stacked(models: Sequence[Network]) -> dict[str, np.ndarray]:
    """The weights as the chooser reads them: one array a part, the networks along the first axis."""
    each = [m.arrays() for m in models]
    return {name: np.stack([one[name] for one in each]) for name in each[0]}


@torch.no_grad()
def chances(models: Sequence[Network], data: Rows) -> list[np.ndarray]:
    """The chances of each act's candidates: the mean of the networks'."""
    mean = torch.stack([torch.exp(model(data)) for model in models]).mean(0).numpy()
    return np.split(mean, np.flatnonzero(np.diff(data.owner.numpy())) + 1)


def choose(models: Sequence[Network], found: Sequence[Case], data: Rows) -> list[str | None]:
    """The dates that the networks choose together."""
    return [best_value(c.options, p).value for c, p in zip(found, chances(models, data), strict=True)]


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
        a, b = case.act.quote
        context = case.page.text[max(0, a - 90) : a] + "[[" + case.page.text[a:b] + "]]" + case.page.text[b : b + 60]
        print(case.doc, case.page.published, case.act.kind, case.act.status, "gold", case.gold, "said", value,
              [one.value for one in case.options if one.mention], "|", context.replace("\n", "¶"))  # fmt: skip


def main() -> None:
    """Measure what is trained on train without the pages kept out; ship what is trained on all of train."""
    parser = command_line(__doc__)
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    see, folder = through(args)
    # Sentences out of undated pages would only teach that such pages have no dates.
    annotated = [page for page in load_annotated(args.shared) if page.published]
    if not args.teacher:
        annotated = [page for page in annotated if page.doc not in FURTHER]
    pages = load(args.shared / "gold/train.jsonl", args.shared / "gold/train") + annotated
    gold = cases(pages, see)
    dev = [c for c in cases(load(args.shared / "gold/dev.jsonl", args.shared / "gold/dev"), see) if c.main]
    rest, kept = [c for c in gold if c.doc not in LEFT_OUT], [c for c in gold if c.doc in LEFT_OUT and c.main]
    words = vocabulary(rest)
    models = ensemble(laid_out(rest, words))
    for name, held in (("slice", kept), ("dev", dev)):
        report(name, held, choose(models, held, laid_out(held, words)))
    show_misses(dev, choose(models, dev, laid_out(dev, words)), args.misses)
    if args.ship:
        if not args.teacher:
            words = vocabulary(gold)
            models = ensemble(laid_out(gold, words))
        np.savez_compressed(folder / WEIGHTS, vocabulary=np.asarray(sorted(words)), **stacked(models))


if __name__ == "__main__":
    main()
