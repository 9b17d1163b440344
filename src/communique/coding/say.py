"""How much each of the passages that tell one act has to say of it."""

from __future__ import annotations


def say(count: int) -> list[float]:
    """The shares of ``count`` passages, 1 in all: the first, surest one has half, the others the rest between them."""
    return [1.0] if count == 1 else [0.5, *[0.5 / (count - 1)] * (count - 1)]
