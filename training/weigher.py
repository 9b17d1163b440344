"""The network that weighs the layers of an act (see ``communique.coding.weigher``), in torch for training.

Several networks that differ by their random start are trained and their chances averaged: there are few coded
chains, and one network's chances swing with its start.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

HIDDEN, SEEN = 96, 32
MEMBERS, BATCH, RATE, DECAY = 6, 256, 2e-3, 0.02


@dataclass(frozen=True)
class Course:
    """How long a network learns, and the share of what it sees that is hidden from it meanwhile."""

    epochs: int
    drop: float


QUICK, WIDE = Course(12, 0.3), Course(8, 0.5)
"""For the vectors of the quick network, and for the twice as wide ones of the careful one, which it is quicker to learn
by heart."""


@dataclass
class Layers:
    """All layers of some acts in a row: features [N, F], the vectors [N, H] of act, source and cue, and labels [N]."""

    features: torch.Tensor
    act: torch.Tensor
    source: torch.Tensor
    cue: torch.Tensor
    label: torch.Tensor

    def __getitem__(self, rows: torch.Tensor) -> Layers:
        return Layers(*(part[rows] for part in (self.features, self.act, self.source, self.cue, self.label)))


class Weigher(nn.Module):
    """A perceptron over the features and what is seen of the three vectors through a narrow view each."""

    def __init__(self, features: int, width: int, drop: float):
        super().__init__()
        self.act, self.source, self.cue = (nn.Linear(width, SEEN) for _ in range(3))
        self.hidden = nn.Linear(features + 3 * SEEN, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Layers) -> torch.Tensor:
        """The logit [N] of each layer."""
        gelu = lambda v: F.gelu(v, approximate="tanh")  # noqa: E731
        views = [
            gelu(view(self.drop(v))) for view, v in ((self.act, x.act), (self.source, x.source), (self.cue, x.cue))
        ]
        hidden = gelu(self.hidden(torch.cat([x.features, *views], -1)))
        return self.out(self.drop(hidden))[:, 0]


def train(data: Layers, seed: int, course: Course) -> Weigher:
    """One network, from the random start ``seed``."""
    torch.manual_seed(seed)
    model, count = Weigher(data.features.shape[1], data.act.shape[1], course.drop), len(data.label)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    steps = course.epochs * ((count + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for _ in range(course.epochs):
        for rows in torch.randperm(count).split(BATCH):
            some = data[rows]
            loss = F.binary_cross_entropy_with_logits(model(some), some.label)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return model.eval()


@dataclass
class Ensemble:
    """Trained networks with the mean and spread of the features that they were shown."""

    mean: torch.Tensor
    spread: torch.Tensor
    models: list[Weigher]

    @classmethod
    def fit(cls, data: Layers, course: Course, members: int = MEMBERS) -> Ensemble:
        """Train some networks."""
        mean, spread = data.features.mean(0), data.features.std(0) + 0.1
        even = Layers((data.features - mean) / spread, data.act, data.source, data.cue, data.label)
        return cls(mean, spread, [train(even, seed, course) for seed in range(members)])

    @torch.no_grad()
    def chances(self, data: Layers) -> np.ndarray:
        """The mean chance [N] of each layer."""
        even = Layers((data.features - self.mean) / self.spread, data.act, data.source, data.cue, data.label)
        return torch.stack([torch.sigmoid(m(even)) for m in self.models]).mean(0).numpy()

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as the package reads them: one array a part, the networks along the first axis."""
        states = [m.state_dict() for m in self.models]
        stacked = {name: torch.stack([s[name] for s in states]).numpy().astype(np.float16) for name in states[0]}
        return {"mean": self.mean.numpy(), "spread": self.spread.numpy(), **stacked}
