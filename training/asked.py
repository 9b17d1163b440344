"""What a teacher says of each page, asked once: ``python -m training.asked TEACHER.pt --kept FOLDER --out FOLDER``.

Of every page that the encoder learns from, of the further coded ones and of those that nobody coded: the vectors of all
pieces, the chance of each type in each sentence, and for each likely act how likely every party is to have done it, and
to be whom it was toward.
"""

from __future__ import annotations

import argparse
import pickle
from dataclasses import dataclass
from pathlib import Path

import torch

from training.data import LEFT_OUT, Example
from training.kept import FURTHER, padded, real, where
from training.model import Coder
from training.scheme import TYPES
from training.student import windows_of
from training.teach import load_teacher
from training.train import Page
from training.unlabelled import unlabelled

LIKELY = 0.25
"""The least chance of an act that the teacher is asked about the parties of."""


@dataclass
class Cell:
    """An act that a sentence may tell: the logits of every party near, the doer they are given for, and its chance."""

    sentence: int
    type: int
    doers: torch.Tensor
    targets: torch.Tensor
    doer: int
    chance: float


@dataclass
class Said:
    """What a teacher says of a page: type chances [sentences, types], cells, and vectors [pieces, dimensions]."""

    chances: torch.Tensor
    cells: list[Cell]
    vectors: torch.Tensor


def parties(page: Page, s: int, t: int, doer: int | None = None) -> tuple[torch.Tensor, torch.Tensor, int] | None:
    """The logits of every party near to have done an act, and to be its target if ``doer``, else the likeliest, did."""
    found = page.near(s, t)
    if found is None:
        return None
    near, act, m, rows = found
    doers = page.model.source(act, m, rows)
    who = int(doers.argmax()) if doer is None else doer
    same = torch.tensor([[float(bool(x.parties & near[who][1].parties))] for _, x in near])
    return doers, page.model.target(act, m, m[who].expand_as(m), torch.cat([rows, same], -1)), who


@torch.no_grad()
def ask(model: Coder, one: Example, kept: Path) -> Said:
    """What the teacher says of a page; of acts that are coded there, too, unless the page is a further one."""
    windows = windows_of(one)
    read = padded(kept, one, windows)
    page = Page(model, one, windows, model.encoder(*read))
    chances = torch.sigmoid(model.type_logits(torch.stack([seen for seen, _ in page.seen.values()])))
    coded = set() if one.doc in FURTHER else {(s, act.type) for act in one.acts for s in act.sentences}
    cells = []
    for row, s in enumerate(page.seen):
        for t in range(len(TYPES)):
            if chances[row, t] > LIKELY or (s, t) in coded:
                found = parties(page, s, t)
                if found:
                    doers, targets, who = found
                    cells.append(Cell(s, t, doers.half(), targets.half(), who, float(chances[row, t])))
    return Said(chances.half(), cells, page.h[read[2]].half())


def said(folder: Path, one: Example) -> Said | None:
    """What was kept of a page, if it was asked about."""
    path = where(folder, one).with_suffix(".pickle")
    return pickle.loads(path.read_bytes()) if path.exists() else None


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("teacher", type=Path)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--kept", type=Path, required=True, help="the folder that training.kept wrote")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--unlabelled", type=int, default=260)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    model = load_teacher(a.teacher)
    pages = [one for one in real(a.shared) if one.doc not in LEFT_OUT] + unlabelled(a.shared, a.unlabelled)
    for number, one in enumerate(pages):
        if where(a.kept, one).exists():
            where(a.out, one).with_suffix(".pickle").write_bytes(pickle.dumps(ask(model, one, a.kept)))
        if number % 50 == 0:
            print(f"{number} of {len(pages)} pages", flush=True)


if __name__ == "__main__":
    main()
