"""Teach the coder's network what a larger one says: ``python -m training.distil CODER.pt --said FOLDER --out OUT.pt``.

It goes on from ``CODER.pt``. On every page that the teacher was asked about (``training.asked``) it learns the chances
of types, of doers and of targets, and to make vectors of which the teacher's can be read off; on the pages that the
encoder learns from, and a share of the written ones, gold's labels as before.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from communique.coding.windows import Window
from training.asked import Said, parties, said
from training.data import LEFT_OUT, Example
from training.kept import FURTHER, measured, real
from training.measured import measure
from training.model import HIDDEN, Coder
from training.mpnet import HIDDEN as LARGE
from training.scheme import TYPES
from training.steps import Steps
from training.student import batch, windows_of
from training.train import WEIGHTS, Page, blurred
from training.unlabelled import unlabelled
from training.written import load_written

VECTORS, SOFT, ROLES, GOLD = 5.0, 2.25, 0.0125, 0.06
"""Weights of the losses: the share of the teacher's vectors not read off, types, parties, and gold's own."""


def options() -> argparse.Namespace:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("coder", type=Path)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--said", type=Path, required=True, help="the folder that training.asked wrote")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--unlabelled", type=int, default=260)
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--share", type=float, default=0.2, help="the share of the written pages that an epoch takes")
    ap.add_argument("--rate", type=float, default=4e-4)
    ap.add_argument("--seed", type=int, default=4)
    return ap.parse_args()


def taught(page: Page, told: Said, read: nn.Module, there: torch.Tensor) -> dict[str, torch.Tensor]:
    """The distance of what a student says of a page from what its teacher does."""
    logits = page.model.type_logits(torch.stack([seen for seen, _ in page.seen.values()]))
    chances = told.chances.float().clamp(1e-4, 1 - 1e-4)
    wanted = told.vectors.float()
    losses = {
        "soft": SOFT * F.binary_cross_entropy_with_logits(logits, chances, reduction="sum") / len(TYPES),
        "vectors": VECTORS * F.mse_loss(read(page.h[there]), wanted) / wanted.var(0).mean(),
    }
    for cell in told.cells:
        found = parties(page, cell.sentence, cell.type, cell.doer)
        if found:
            for mine, theirs in zip(found[:2], (cell.doers, cell.targets), strict=True):
                loss = F.binary_cross_entropy_with_logits(mine, torch.sigmoid(theirs.float()), reduction="sum")
                losses["roles"] = losses.get("roles", torch.zeros(())) + ROLES * cell.chance * loss
    return losses


def losses_of(
    model: Coder, one: Example, windows: list[Window], told: Said | None, read: nn.Module, rng: random.Random
) -> dict[str, torch.Tensor]:
    """All losses of a page: gold's where the encoder learns from it, the teacher's where it was asked."""
    ids, party = batch(windows, [blurred(one, w, rng) for w in windows])
    page = Page(model, one, windows, model.encoder(ids, party))
    losses = {}
    if one.gold and one.doc not in FURTHER:
        losses |= {name: GOLD * WEIGHTS[name] * value for name, value in page.run().items()}
    return losses | (taught(page, told, read, ids > 0) if told else {})


def main() -> None:
    """Train, and write the network after every epoch."""
    a = options()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    coded = real(a.shared)
    sets = measured(a.shared, coded)
    pages = [one for one in coded if one.doc not in LEFT_OUT] + unlabelled(a.shared, a.unlabelled)
    pages = [one for one in pages if windows_of(one)]
    written = load_written(Path(__file__).with_name("written"))
    some = int(a.share * len(written))
    model, read = Coder.read(a.coder), nn.Linear(HIDDEN, LARGE)
    model.encoder.words.weight.requires_grad_(False)
    body = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    head = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    rates = ((read.parameters(), 1e-3), (body, a.rate), (head, 5e-4))
    steps = Steps(model, rates, a.epochs * (len(pages) + some), 0.05)
    for epoch in range(a.epochs):
        model.train()
        order = pages + rng.sample(written, some)
        rng.shuffle(order)
        tally: Counter[str] = Counter()
        began = time.time()
        for n, one in enumerate(order, 1):
            losses = losses_of(model, one, windows_of(one), said(a.said, one), read, rng)
            steps.take(sum(losses.values(), torch.zeros(())))
            tally.update({name: value.item() for name, value in losses.items()})
            if n % 200 == 0:
                told = {k: round(v / n, 3) for k, v in tally.items()}
                print(f"epoch {epoch} page {n} {time.time() - began:.0f}s {json.dumps(told)}", flush=True)
        model.save(a.out, steps.average.state)
        student = Coder.read(a.out)
        for name, few in sets.items():
            figures = measure(student, lambda m, p, w: m.encoder(*batch(w, [torch.tensor(x.ids) for x in w])), few)
            print(f"epoch {epoch} {name}: {figures}", flush=True)


if __name__ == "__main__":
    main()
