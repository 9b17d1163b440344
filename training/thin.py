"""Make a network's layers thinner: ``python -m training.thin CODER.pt --out THIN.pt --heads 6 --inner 384``.

The heads and inner neurons that move the output most are kept; then the encoder learns, on news alone and without
labels, to give the vectors that it gave before, and what the network's own heads read off them. The heads stay as
they are.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch
from torch.nn import functional as F

from training.data import LEFT_OUT, Example
from training.model import WIDTH, Average, Coder, Layer
from training.student import batch, importance, keep_neurons, read_through, unlabelled, windows_of
from training.train import REAL, examples

VECTORS, READ = 60.0, 0.3
"""Weights of the losses: of the vectors themselves, and of what the types' heads read off them."""
Seen = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]


def options() -> argparse.Namespace:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--heads", type=int, default=6, help="attention heads a layer to keep")
    ap.add_argument("--inner", type=int, default=384, help="inner neurons a layer to keep")
    ap.add_argument("--unlabelled", type=int, default=700, help="articles of the timelines besides, at most")
    ap.add_argument("--epochs", type=int, default=12)
    ap.add_argument("--rate", type=float, default=6e-4)
    ap.add_argument("--seed", type=int, default=3)
    ap.add_argument("--limit", type=int, help="only so many gold pages")
    ap.set_defaults(written=False, annotated=True, everything=False)
    return ap.parse_args()


@torch.no_grad()
def attended(model: Coder, pages: list[Example]) -> list[torch.Tensor]:
    """What each layer's attention hands on, over some pages: [pieces, heads x width] a layer."""
    seen: list[list[torch.Tensor]] = [[] for _ in model.encoder.layers]
    hooks = [
        layer.out.register_forward_pre_hook(lambda _m, given, s=s: s.append(given[0].flatten(0, 1)))
        for layer, s in zip(model.encoder.layers, seen, strict=True)
    ]
    read_through(model, pages, hooks)
    return [torch.cat(each) for each in seen]


@torch.no_grad()
def thinned(old: Layer, new: Layer, mixed: torch.Tensor, ranks: torch.Tensor) -> None:
    """Fill ``new`` with the heads and inner neurons of ``old`` that move its output most."""
    centred = mixed - mixed.mean(0)
    blocks = [slice(WIDTH * head, WIDTH * (head + 1)) for head in range(old.heads)]
    moved = torch.stack([(centred[:, b] @ old.out.weight[:, b].T).pow(2).sum(-1).mean() for b in blocks])
    heads = moved.topk(new.heads).indices.sort().values
    own = (heads[:, None] * WIDTH + torch.arange(WIDTH)).flatten()
    rest = torch.ones(old.heads * WIDTH, dtype=torch.bool).index_fill(0, own, False)
    rows = torch.cat([own + part * old.heads * WIDTH for part in range(3)])
    new.qkv.weight.copy_(old.qkv.weight[rows])
    new.qkv.bias.copy_(old.qkv.bias[rows])
    new.out.weight.copy_(old.out.weight[:, own])
    new.out.bias.copy_(old.out.bias + old.out.weight[:, rest] @ mixed[:, rest].mean(0))  # the others' mean stays
    keep_neurons(old, new, ranks.topk(new.up.out_features).indices.sort().values)
    for name in ("norm1", "norm2"):
        getattr(new, name).load_state_dict(getattr(old, name).state_dict())


def start(old: Coder, pages: list[Example], heads: int, inner: int) -> Coder:
    """The thinner network before it has learned anything."""
    new = Coder(**{**old.shape, "heads": heads, "inner": inner})
    new.load_state_dict({k: v for k, v in old.state_dict().items() if ".layers." not in k}, strict=False)
    each = zip(old.encoder.layers, new.encoder.layers, attended(old, pages), importance(old, pages), strict=True)
    for theirs, mine, mixed, ranks in each:
        thinned(theirs, mine, mixed, ranks)
    return new


@torch.no_grad()
def seen(old: Coder, one: Example) -> Seen:
    """A page's windows, padded, and what the network makes of them: vectors, and what its types' heads read."""
    windows = windows_of(one)
    ids, party = batch(windows, [torch.tensor(w.ids) for w in windows])
    h = old.encoder(ids, party)
    return ids, party, h.half(), old.look(h).half(), (h @ old.judge.T).half()


def distance(old: Coder, new: Coder, given: Seen) -> tuple[torch.Tensor, float]:
    """The loss on one page, and the mean square of the difference between the vectors."""
    ids, party, *wanted = given
    there, h = ids > 0, new.encoder(ids, party)
    made = (h, old.look(h), h @ old.judge.T)
    vectors, *read = (F.mse_loss(a[there], b[there].float()) for a, b in zip(made, wanted, strict=True))
    return VECTORS * vectors + READ * sum(read), vectors.item()


def pages_of(a: argparse.Namespace, rng: random.Random) -> list[Example]:
    """Real pages, those that have gold and further articles; their labels are not used."""
    news = [one for one in unlabelled(a.shared, a.unlabelled, rng) if one.doc not in LEFT_OUT]
    return [one for one in examples(a) if one.doc.startswith(REAL)] + news


def learn(old: Coder, new: Coder, pages: list[Example], a: argparse.Namespace, rng: random.Random) -> None:
    """Bring the vectors of ``new`` near those of ``old``; write it after every epoch."""
    weights = [weight.requires_grad_(True) for weight in new.encoder.parameters()]
    optimiser = torch.optim.AdamW(weights, lr=a.rate, weight_decay=0.0, fused=True)
    steps = a.epochs * len(pages)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min(1.0, n / 100) * max(0.02, 1 - n / steps))
    average = Average(new, keep=0.995)
    known: dict[str, Seen] = {}
    for epoch in range(a.epochs):
        rng.shuffle(pages)
        total, began = 0.0, time.time()
        for n, one in enumerate(pages, 1):
            if one.doc not in known:
                known[one.doc] = seen(old, one)
            loss, apart = distance(old, new, known[one.doc])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimiser.step()
            schedule.step()
            average.update(new)
            total += apart
            if n % 100 == 0:
                print(f"epoch {epoch} page {n} {time.time() - began:.0f}s apart {total / n:.5f}", flush=True)
        new.save(a.out, average.state)


def main() -> None:
    """The command line."""
    a = options()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    pages = pages_of(a, rng)
    old = Coder.read(a.checkpoint)
    # Evaluation mode, so without dropout: the vectors are to be exact, and there is nothing to overfit.
    learn(old, start(old, pages[:25], a.heads, a.inner).eval(), pages, a, rng)


if __name__ == "__main__":
    main()
