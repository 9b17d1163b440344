"""Teach a smaller network what a larger one sees: ``python -m training.student --teacher CODER.pt --out FOLDER``.

The student starts from some of the teacher's layers, each with the inner neurons that matter most, and all its heads.
It learns from the gold and written pages as the teacher did, and on every page, unlabelled articles of
``../shared/timelines`` too, to make the teacher's vectors, and the type chances of one or several teachers.
What the teachers say of a page is asked once and kept: they cost more than the student's own step.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional as F
from torch.utils.hooks import RemovableHandle

from communique.coding.windows import Window, pack
from training.data import Example, uncoded
from training.model import Coder, Layer
from training.steps import Steps
from training.train import WEIGHTS, Page, blurred, drawn, examples

MATCH, SOFT = 60.0, 15.0


def options() -> argparse.Namespace:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--teacher", type=Path, nargs="+", required=True, help="the first one's vectors are learned")
    ap.add_argument("--start", type=Path, help="go on from this student")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--layers", type=int, nargs="+", default=[0, 2, 5], help="the teacher's layers to keep")
    ap.add_argument("--inner", type=int, default=768, help="inner neurons a layer")
    ap.add_argument("--mix", type=int, default=0, help="width of the mixing of neighbours before the first layer")
    ap.add_argument("--words", action="store_true", help="tune the vectors of words too")
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--unlabelled", type=int, default=0, help="so many articles without gold an epoch")
    ap.add_argument("--share", type=float, default=1.0, help="the share of the written pages that an epoch takes")
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--seed", type=int, default=2)
    ap.set_defaults(written=True, annotated=True, everything=False, limit=None)
    return ap.parse_args()


def windows_of(one: Example) -> list[Window]:
    """The windows in which all sentences of a page are read."""
    return pack(one.sentences, [i for i, s in enumerate(one.sentences) if s.ids])


def read_through(model: Coder, pages: list[Example], hooks: list[RemovableHandle]) -> None:
    """Let the encoder read some pages for the hooks that watch it, and take these away again."""
    for window in (window for one in pages for window in windows_of(one)):
        model.encoder(torch.tensor(window.ids)[None], torch.tensor(window.party)[None])
    for hook in hooks:
        hook.remove()


@torch.no_grad()
def importance(teacher: Coder, pages: list[Example]) -> list[torch.Tensor]:
    """How much each inner neuron of each layer moves the output, over some pages."""
    sums = [torch.zeros(layer.up.out_features) for layer in teacher.encoder.layers]
    hooks = [
        layer.up.register_forward_hook(lambda _m, _i, out, s=s: s.add_(F.gelu(out).abs().sum((0, 1))))
        for layer, s in zip(teacher.encoder.layers, sums, strict=True)
    ]
    read_through(teacher, pages, hooks)
    return [s * layer.down.weight.norm(dim=0) for s, layer in zip(sums, teacher.encoder.layers, strict=True)]


def keep_neurons(theirs: Layer, mine: Layer, keep: torch.Tensor) -> None:
    """Take over those inner neurons of a layer."""
    mine.up.weight.copy_(theirs.up.weight[keep])
    mine.up.bias.copy_(theirs.up.bias[keep])
    mine.down.weight.copy_(theirs.down.weight[:, keep])
    mine.down.bias.copy_(theirs.down.bias)


@torch.no_grad()
def shrunk(teacher: Coder, pages: list[Example], layers: list[int], inner: int, mix: int) -> Coder:
    """A student with the teacher's heads, embeddings, and the best part of some of its layers."""
    student = Coder(len(layers), inner=inner, mix=mix)
    own = {k: v for k, v in teacher.state_dict().items() if not k.startswith("encoder.layers.")}
    student.load_state_dict(own, strict=False)
    ranks = importance(teacher, pages)
    for mine, number in zip(student.encoder.layers, layers, strict=True):
        theirs = teacher.encoder.layers[number]
        keep = ranks[number].topk(inner).indices.sort().values
        for name in ("qkv", "out", "norm1", "norm2"):
            getattr(mine, name).load_state_dict(getattr(theirs, name).state_dict())
        keep_neurons(theirs, mine, keep)
    return student


def unlabelled(shared: Path, count: int, rng: random.Random) -> list[Example]:
    """Articles without gold, prepared like gold pages."""
    path = shared / "timelines/t17_syria/t17_syria.articles.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    out = []
    for row in rng.sample(rows, min(count, len(rows))):
        out.append(uncoded(row["id"], row["date"], row["text"][:6000], 0))
    return out


def batch(windows: list[Window], ids: list[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Windows of one page as padded tensors."""
    length = max(len(w.ids) for w in windows)
    pad = lambda t: F.pad(t, (0, length - len(t)))  # noqa: E731
    return torch.stack([pad(t) for t in ids]), torch.stack([pad(torch.tensor(w.party)) for w in windows])


@dataclass
class Taught:
    """What the teachers see on a page: vectors of all pieces in its windows, and type chances [sentences, types]."""

    vectors: torch.Tensor
    chances: torch.Tensor


@torch.no_grad()
def ask(teachers: list[Coder], one: Example, windows: list[Window]) -> Taught:
    """What the teachers see: the first one's vectors, and the mean of their logits as chances."""
    ids, party = batch(windows, [torch.tensor(w.ids) for w in windows])
    seen = [teacher.encoder(ids, party) for teacher in teachers]
    logits = []
    for teacher, h in zip(teachers, seen, strict=True):
        page = Page(teacher, one, windows, h)
        logits.append(teacher.type_logits(torch.stack([page.seen[s][0] for s in page.seen])))
    return Taught(seen[0][ids > 0].half(), torch.sigmoid(torch.stack(logits).mean(0)))


def step_loss(student: Coder, one: Example, windows: list[Window], taught: Taught, rng: random.Random) -> dict:
    """Gold's losses where the page has gold, and the distance from what the teachers see on the same pieces."""
    ids, party = batch(windows, [blurred(one, w, rng) for w in windows])
    h = student.encoder(ids, party)
    page = Page(student, one, windows, h)
    logits = student.type_logits(torch.stack([page.seen[s][0] for s in page.seen]))
    soft = F.binary_cross_entropy_with_logits(logits, taught.chances, reduction="sum")
    losses = {
        "match": MATCH * F.mse_loss(h[ids > 0], taught.vectors.float()),
        "soft": SOFT * soft / taught.chances.shape[1] / 10,
    }
    if one.gold:
        losses |= {k: WEIGHTS[k] * v / 10 for k, v in page.run().items()}
    return losses


def main() -> None:
    """Train and write ``coder.pt`` after every epoch."""
    a = options()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    pages = examples(a)
    teachers = [Coder.read(path) for path in a.teacher]
    student = Coder.read(a.start) if a.start else shrunk(teachers[0], rng.sample(pages, 20), a.layers, a.inner, a.mix)
    extra = unlabelled(a.shared, a.unlabelled, rng)
    taught: dict[str, tuple[list[Window], Taught]] = {}
    print(f"{len(pages)} pages, {len(extra)} unlabelled", flush=True)
    student.encoder.words.weight.requires_grad_(a.words)
    body = [p for n, p in student.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    head = [p for n, p in student.named_parameters() if not n.startswith("encoder.")]
    count = a.epochs * (len(drawn(pages, a.share, random.Random(0))) + len(extra))
    steps = Steps(student, ((body, a.rate), (head, 5e-4)), count, 0.05)
    a.out.mkdir(parents=True, exist_ok=True)
    for epoch in range(a.epochs):
        student.train()
        order = drawn(pages, a.share, rng) + extra
        rng.shuffle(order)
        tally, began = Counter(), time.time()
        for n, one in enumerate(order, 1):
            if one.doc not in taught:
                windows = windows_of(one)
                taught[one.doc] = windows, ask(teachers, one, windows)
            losses = step_loss(student, one, *taught[one.doc], rng)
            for name, value in losses.items():
                tally[name] += value.item()
            steps.take(sum(losses.values(), torch.zeros(())))
            if n % 50 == 0:
                told = {k: round(v / n, 3) for k, v in tally.items()}
                print(f"epoch {epoch} page {n} {time.time() - began:.0f}s {json.dumps(told)}", flush=True)
        student.save(a.out / "coder.pt", steps.average.state)


if __name__ == "__main__":
    main()
