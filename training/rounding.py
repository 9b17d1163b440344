"""Weights in 4 bits. What rounding a column of weights gets wrong, those not yet rounded make good as far as they can.

The method is GPTQ (Frantar and others 2023): columns are rounded one after the other, and by how the inputs of a layer
go together each one's error is taken off what the later columns say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

STEPS = 15
CLIPS = (1.0, 0.95, 0.9, 0.85, 0.8)
"""Shares of the range of a block that its 16 steps may span; the one that moves its weights least is taken."""
DAMP = 0.01
"""The share of the mean of the inputs' squares that is added to each, so that they can be told apart."""


@dataclass(frozen=True, slots=True)
class Rounded:
    """Codes of 0 to 15 [rows, columns] and, for each row and block of columns, a scale and the code of nought."""

    codes: np.ndarray
    scale: np.ndarray
    zero: np.ndarray

    @property
    def weights(self) -> np.ndarray:
        """The weights as they come out again."""
        block = self.codes.shape[1] // self.scale.shape[1]
        scale, zero = (np.repeat(x.astype(np.float32), block, 1) for x in (self.scale, self.zero))
        return np.asarray(scale * (self.codes - zero), np.float32)


def _grid(block: torch.Tensor, worth: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The scale and zero point [rows, 1] that move the weights [rows, block] least, each by its column's ``worth``."""
    best_scale = best_zero = least = torch.zeros(0)
    for clip in CLIPS:
        low, high = (clip * part for part in (block.amin(1, True).clamp(max=0), block.amax(1, True).clamp(min=0)))
        scale = ((high - low) / STEPS).clamp(min=1e-6).half().float()
        zero = (-low / scale).round().clamp(0, STEPS)
        off = (worth * (scale * (_codes(block, scale, zero) - zero) - block) ** 2).sum(1, True)
        if not len(least):
            best_scale, best_zero, least = scale, zero, off
        better = off < least
        best_scale, best_zero = torch.where(better, scale, best_scale), torch.where(better, zero, best_zero)
        least = torch.minimum(off, least)
    return best_scale, best_zero


def _codes(weights: torch.Tensor, scale: torch.Tensor, zero: torch.Tensor) -> torch.Tensor:
    return ((weights / scale).round() + zero).clamp(0, STEPS)


@torch.no_grad()
def rounded(weight: torch.Tensor, block: int, inputs: torch.Tensor | None = None) -> Rounded:
    """Weights [rows, columns] in 4 bits, by blocks of columns; ``inputs`` [columns, columns] is the sum of the products
    of what the layer is given. Without it every weight is rounded for itself."""
    left, columns = weight.detach().clone().float(), weight.shape[1]
    worth = torch.ones(columns) if inputs is None else inputs.diagonal()
    handed = torch.eye(columns) if inputs is None else _handed(inputs)
    codes, scales, zeros = torch.empty_like(left), [], []
    for start in range(0, columns, block):
        here = slice(start, start + block)
        scale, zero = _grid(left[:, here], worth[here])
        errors = torch.zeros(len(left), block)
        for at in range(start, start + block):
            column = left[:, at : at + 1]
            codes[:, at : at + 1] = code = _codes(column, scale, zero)
            error = (column - scale * (code - zero)) / handed[at, at]
            left[:, at : start + block] -= error * handed[at, at : start + block]
            errors[:, at - start] = error[:, 0]
        left[:, start + block :] -= errors @ handed[here, start + block :]
        scales.append(scale)
        zeros.append(zero)
    scale, zero = (torch.cat(parts, 1).numpy() for parts in (scales, zeros))
    return Rounded(codes.numpy().astype(np.uint8), scale.astype(np.float16), zero.astype(np.uint8))


def _handed(inputs: torch.Tensor) -> torch.Tensor:
    """How much of a column's error each later one takes over: the upper Cholesky factor of the inverse."""
    damped = inputs + DAMP * inputs.diagonal().mean() * torch.eye(len(inputs))
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(damped.double()))
    return torch.linalg.cholesky(inverse, upper=True).float()
