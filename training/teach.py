"""Tune a teacher: ``python -m training.teach CHECKPOINT --kept FOLDER --out TEACHER.pt``.

The two tuned layers of all-mpnet-base-v2 and the coder's heads learn from the real coded pages, on what
``training.kept`` has read. Fourteen minutes an epoch on two cores.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import torch

from communique.coding.windows import Window
from training.data import Example
from training.kept import learned, measured, padded, real
from training.measured import measure
from training.model import Coder
from training.mpnet import teacher
from training.steps import Steps
from training.student import windows_of
from training.train import WEIGHTS, Page


def options() -> argparse.Namespace:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("checkpoint", type=Path, help="all-mpnet-base-v2's model.safetensors")
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--kept", type=Path, required=True, help="the folder that training.kept wrote")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--start", type=Path, help="a tuned teacher to go on from")
    ap.add_argument("--further", action="store_true", help="learn from the further pages as well")
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--rate", type=float, default=6e-5)
    ap.add_argument("--seed", type=int, default=1)
    return ap.parse_args()


def loss_of(model: Coder, one: Example, windows: list[Window], kept: Path, tally: Counter[str]) -> torch.Tensor:
    """The weighted loss of a page."""
    losses = Page(model, one, windows, model.encoder(*padded(kept, one, windows))).run()
    total = torch.zeros(())
    for name, value in losses.items():
        tally[name] += value.item() / 10
        total = total + WEIGHTS[name] * value / 10
    return total


def load_teacher(path: Path) -> Coder:
    """A tuned teacher, ready to be asked."""
    model = teacher()
    model.load_state_dict(torch.load(path)["model"])
    return model.eval()


def main() -> None:
    """Tune, and write the weights after every epoch."""
    a = options()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    pages = real(a.shared)
    sets = measured(a.shared, pages)
    pages = [one for one in learned(pages, a.further) if windows_of(one)]
    model = teacher(a.checkpoint)
    if a.start:
        model.load_state_dict(torch.load(a.start)["model"])
    new = [p for n, p in model.named_parameters() if not n.startswith("encoder.") or "party" in n]
    old = [p for n, p in model.named_parameters() if n.startswith("encoder.") and "party" not in n]
    steps = Steps(model, ((old, a.rate), (new, 1e-3 * a.rate / 6e-5)), a.epochs * len(pages), 0.06, (0.9, 0.98))
    for epoch in range(a.epochs):
        model.train()
        rng.shuffle(pages)
        tally: Counter[str] = Counter()
        began = time.time()
        for n, one in enumerate(pages, 1):
            steps.take(loss_of(model, one, windows_of(one), a.kept, tally))
            if n % 100 == 0:
                told = {k: round(v / n, 3) for k, v in tally.items()}
                print(f"epoch {epoch} page {n} {time.time() - began:.0f}s {json.dumps(told)}", flush=True)
        torch.save({"model": steps.average.state}, a.out)
        tuned = load_teacher(a.out)
        for name, some in sets.items():
            figures = measure(tuned, lambda m, p, w: m.encoder(*padded(a.kept, p, w)), some)
            print(f"epoch {epoch} {name}: {figures}", flush=True)


if __name__ == "__main__":
    main()
