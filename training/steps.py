"""The steps of training: an optimiser whose rates rise and fall, and the running average of the weights."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import nn

from training.model import Average

Rates = Iterable[tuple[Iterable[nn.Parameter], float]]
"""Groups of weights, each with its highest rate."""


class Steps:
    """AdamW over groups of weights; rates rise over the first ``warm`` of ``count`` steps and fall to a fiftieth."""

    def __init__(
        self, model: nn.Module, rates: Rates, count: int, warm: float, betas: tuple[float, float] = (0.9, 0.999)
    ):
        self.model = model
        groups = [{"params": list(weights), "lr": rate} for weights, rate in rates]
        self.optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=betas, fused=True)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimiser, lambda n: min(1.0, n / (warm * count)) * max(0.02, 1 - n / count)
        )
        self.average = Average(model)

    def take(self, loss: torch.Tensor) -> None:
        """One step down a loss; the average takes in the weights after it."""
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()
        self.average.update(self.model)
