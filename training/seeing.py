"""How a network sees the pages that choosers learn from: the quick one, or a teacher with what was kept for it.

A chooser learns to trust a network as far as it is right on pages that it has not learned from. The careful network has
learned from the further pages; the teacher that it went on from had not, so the choosers learn through that one. Those
that read the frozen layers, which know no page by heart, learn from all pages but the ones left out to measure on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import torch

from communique.coding.heads import Heads
from communique.coding.networks import Floors, Network, Seen
from communique.coding.pieces import MODEL
from communique.coding.scoring import ScoredPage, score, scored
from training.data import Example
from training.kept import padded
from training.student import windows_of
from training.teach import load_teacher

See = Callable[[Example], ScoredPage]
CAREFUL = Path("careful/src/communique_careful/model")


def command_line(told: str | None) -> argparse.ArgumentParser:
    """The options of every command that makes a chooser; ``told`` is the command's docstring."""
    parser = argparse.ArgumentParser(description=(told or "").split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--ship", action="store_true", help="write the weights")
    parser.add_argument("--teacher", type=Path, help="learn through this teacher, for the careful network")
    parser.add_argument("--kept", type=Path, help="the folder that training.kept wrote, for --teacher")
    return parser


def through(args: argparse.Namespace) -> tuple[See, Path]:
    """How pages are seen, and the folder of the network that the chooser is for."""
    if not args.teacher:
        return quickly, MODEL
    floors = Floors(**json.loads((CAREFUL / "floors.json").read_text(encoding="utf-8")))
    return by_teacher(args.teacher, args.kept, floors), CAREFUL


def quickly(one: Example) -> ScoredPage:
    """A page as the network that ships with the package sees it."""
    return score(one.sentences)


def by_teacher(path: Path, kept: Path, floors: Floors) -> See:
    """Pages as a tuned teacher sees them, with these floors."""
    model = load_teacher(path)
    heads = Heads({name: value.numpy() for name, value in model.state_dict().items() if not name.startswith("encoder")})
    network = Network(CAREFUL, None, heads, floors)  # type: ignore[arg-type]

    @torch.no_grad()
    def see(one: Example) -> ScoredPage:
        windows = windows_of(one)
        if not windows:
            return scored(one.sentences, network, [], [])
        lower, *rest = padded(kept, one, windows)
        both = model.encoder(lower, *rest).numpy(), lower.numpy()
        seen = [Seen(*(part[row, : len(window.ids)] for part in both)) for row, window in enumerate(windows)]
        return scored(one.sentences, network, windows, seen)

    return see
