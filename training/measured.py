"""How well a network tells types by sentence, and doers and targets where sentence and type are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import torch

from communique.coding.windows import Window
from training.data import Act, Example
from training.model import Coder
from training.scheme import TYPES
from training.student import windows_of
from training.train import Page

Read = Callable[[Coder, Example, list[Window]], torch.Tensor]
"""How a network reads a page: its vectors [windows, pieces, dimensions]."""
FLOORS = (0.3, 0.4, 0.5)


@dataclass
class Tally:
    """Chances and gold of types by sentence; of doers and targets how many were right and asked."""

    chances: list[np.ndarray] = field(default_factory=list)
    gold: list[np.ndarray] = field(default_factory=list)
    doers: list[bool] = field(default_factory=list)
    targets: list[bool] = field(default_factory=list)

    def told(self) -> str:
        """The figures in a line: F1 of types at several floors; shares of right doers and targets."""
        p, y = np.array(self.chances), np.array(self.gold) > 0
        types = " ".join(f"{2 * ((p > t) & y).sum() / ((p > t).sum() + y.sum()):.3f}" for t in FLOORS)
        return f"types {types} doers {np.mean(self.doers):.3f} targets {np.mean(self.targets):.3f}"


@torch.no_grad()
def measure(model: Coder, read: Read, pages: list[Example]) -> str:
    """The figures of a network in evaluation mode over some pages."""
    tally = Tally()
    for one in pages:
        windows = windows_of(one)
        if windows:
            _page(Page(model, one, windows, read(model, one, windows)), tally)
    return tally.told()


def _page(page: Page, tally: Tally) -> None:
    model, one = page.model, page.one
    chances = torch.sigmoid(model.type_logits(torch.stack([seen for seen, _ in page.seen.values()])))
    told: dict[int, dict[int, list[Act]]] = {s: {} for s in page.seen}
    for act in one.acts:
        for s in set(act.sentences) & set(page.seen):
            told[s].setdefault(act.type, []).append(act)
    for row, s in enumerate(page.seen):
        if one.sentences[s].title:
            continue
        tally.chances.append(chances[row].numpy())
        tally.gold.append(np.isin(np.arange(len(TYPES)), list(told[s])))
        for t, acts in told[s].items():
            page.roles(s, t, acts)
    for name, right in (("source", tally.doers), ("target", tally.targets)):
        for *parts, gold, _ in page.asked[name]:
            if gold.any():
                right.append(bool(gold[getattr(model, name)(*parts).argmax()]))
