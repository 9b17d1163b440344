"""What the frozen layers of the large network see of each page, read once and kept.

``python -m training.kept CHECKPOINT --out FOLDER [--unlabelled N]``: all real pages, also those left out (to measure),
and ``N`` that nobody coded. Half a second a window on two cores; pages that are there already are passed over.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from communique.coding.windows import Window
from training.annotated import load_annotated
from training.data import LEFT_OUT, Example, load
from training.mpnet import HIDDEN, Lower
from training.student import windows_of
from training.unlabelled import unlabelled

FURTHER = frozenset(Path(__file__).with_name("further.txt").read_text(encoding="utf-8").split())
"""Coded pages that the encoder does not learn from; a teacher may be asked about them as if nobody had coded them."""


def real(shared: Path) -> list[Example]:
    """All real pages that are coded, those of the dev set not among them."""
    return [*load(shared / "gold/train.jsonl", shared / "gold/train"), *load_annotated(shared)]


def learned(pages: list[Example], further: bool = False) -> list[Example]:
    """Those of them that the encoder learns from; ``further`` pages as well if asked."""
    return [one for one in pages if one.doc not in LEFT_OUT and (further or one.doc not in FURTHER)]


def measured(shared: Path, pages: list[Example]) -> dict[str, list[Example]]:
    """The pages to measure on, by the name of their set."""
    left = [one for one in pages if one.doc in LEFT_OUT]
    gold = {json.loads(line)["doc"] for line in (shared / "gold/train.jsonl").read_text("utf-8").splitlines()}
    return {
        "dev": load(shared / "gold/dev.jsonl", shared / "gold/dev"),
        "gold left out": [one for one in left if one.doc in gold],
        "raw left out": [one for one in left if one.doc not in gold],
        "further": [one for one in pages if one.doc in FURTHER],
    }


def where(folder: Path, one: Example) -> Path:
    """The file of a page."""
    return folder / f"{one.doc.replace('/', '_')}.npy"


def padded(folder: Path, one: Example, windows: list[Window]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """A page's vectors [windows, pieces, 768], the codes of its parties, and which places hold a piece."""
    stored = torch.from_numpy(np.load(where(folder, one)).astype(np.float32))
    sizes = [len(window.ids) for window in windows]
    vectors = torch.zeros(len(windows), max(sizes), HIDDEN)
    party = torch.zeros(len(windows), max(sizes), dtype=torch.long)
    there = torch.zeros(len(windows), max(sizes), dtype=torch.bool)
    for row, (window, part) in enumerate(zip(windows, stored.split(sizes), strict=True)):
        vectors[row, : len(part)] = part
        party[row, : len(part)] = torch.tensor(window.party)
        there[row, : len(part)] = True
    return vectors, party, there


def keep(network: Lower, pages: list[Example], folder: Path) -> None:
    """Read the pages that are not kept yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(pages):
        windows = windows_of(one)
        if windows and not where(folder, one).exists():
            np.save(where(folder, one), np.concatenate([network(window) for window in windows]))
        if number % 50 == 0:
            print(f"{number} of {len(pages)} pages", flush=True)


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("checkpoint", type=Path, help="all-mpnet-base-v2's model.safetensors")
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--unlabelled", type=int, default=260)
    a = ap.parse_args()
    pages = real(a.shared)
    dev = measured(a.shared, pages)["dev"]
    keep(Lower(a.checkpoint), [*dev, *pages, *unlabelled(a.shared, a.unlabelled)], a.out)


if __name__ == "__main__":
    main()
