"""The network that chooses the matter of an act (see ``communique.coding.matter``), in torch for training."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from communique.coding.labels import TYPES
from communique.coding.matter import FEATURES
from communique.coding.matter_spans import LONGEST

SEEN, HIDDEN, DROP = 32, 32, 0.2


@dataclass
class Batch:
    """Some events' pieces in a row, as ``Network`` wants them, with the share of each run in what is wanted."""

    rows: torch.Tensor
    features: torch.Tensor
    acts: torch.Tensor
    kinds: torch.Tensor
    owner: torch.Tensor
    event: torch.Tensor
    may: torch.Tensor
    wanted: torch.Tensor
    count: int


class Network(nn.Module):
    """The chooser as ``communique.coding.matter`` runs it."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.piece, self.act = nn.Linear(width, SEEN, bias=False), nn.Linear(width, HIDDEN, bias=False)
        self.kind, self.feature = nn.Embedding(len(TYPES), HIDDEN), nn.Linear(FEATURES, HIDDEN, bias=False)
        self.hidden, self.straight = nn.Linear(SEEN, HIDDEN, bias=False), nn.Linear(SEEN, 3, bias=False)
        self.near = nn.Linear(SEEN, 2, bias=False)
        self.out, self.length = nn.Linear(HIDDEN, 3, bias=False), nn.Parameter(torch.zeros(LONGEST))
        self.drop = nn.Dropout(DROP)
        nn.init.normal_(self.kind.weight, 0, 0.02)

    def forward(self, x: Batch, vectors: torch.Tensor) -> torch.Tensor:
        """The score [N, LONGEST] of each run."""
        seen = self.piece(self.drop(vectors[x.rows].float()))
        acts = self.act(self.drop(x.acts)) + self.kind(x.kinds)
        hidden = self.hidden(seen) + self.feature(x.features.float()) + acts[x.owner]
        judged = self.out(F.gelu(hidden, approximate="tanh")) + self.straight(seen)
        begin, inside, end = judged.unbind(-1)
        near = self.near(seen)
        begin, end = begin + F.pad(near[:-1, 0], (1, 0)), end + F.pad(near[1:, 1], (0, 1))
        total = F.pad(inside.cumsum(0), (1, LONGEST))
        runs = total[1:].unfold(0, LONGEST, 1)[: len(begin)] - total[: len(begin), None]
        runs = runs + begin[:, None] + F.pad(end, (0, LONGEST - 1)).unfold(0, LONGEST, 1) + self.length
        return runs.masked_fill(~x.may, -1e4)

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as the package reads them."""
        plain = ("kind.weight", "length")
        stored = {n: v if n in plain else v.T for n, v in self.state_dict().items()}
        return {name.removesuffix(".weight"): value.numpy().astype(np.float16) for name, value in stored.items()}
