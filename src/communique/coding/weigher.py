"""Weighs the layers that may carry an act: a small network over their features and the encoder's vectors.

It sees what ``attribution_features`` tells of the act and the layer, and what the encoder makes of the act, of the
words for the source and of the cue. The weights, ``model/layers.npz``, are made by ``training/attribution.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from communique.coding.heads import gelu, sigmoid
from communique.coding.windows import MODEL

Array = np.ndarray


@cache
def _weights() -> dict[str, Array]:
    with np.load(MODEL / "layers.npz") as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def _view(name: str, vectors: Array) -> Array:
    w = _weights()
    return gelu(vectors @ w[f"{name}.weight"].swapaxes(1, 2) + w[f"{name}.bias"][:, None])


def chances(rows: Sequence[Sequence[float]], acts: Array, owner: Sequence[int], sources: Array, cues: Array) -> Array:
    """The chance [N] of each layer that its act rests on it.

    ``rows`` [N, F] are the layers' features; ``acts`` [A, H] the acts' vectors and ``owner`` [N] the number of each
    layer's act; ``sources`` and ``cues`` [N, H] the vectors of the words for the source and of the cue.
    """
    w = _weights()
    features = (np.asarray(rows, np.float32) - w["mean"]) / w["spread"]
    members = len(w["out.bias"])
    views = [_view("act", acts)[:, owner], _view("source", sources), _view("cue", cues)]
    joined = np.concatenate([np.broadcast_to(features, (members, *features.shape)), *views], -1)
    hidden = gelu(joined @ w["hidden.weight"].swapaxes(1, 2) + w["hidden.bias"][:, None])
    logits = (hidden @ w["out.weight"].swapaxes(1, 2))[..., 0] + w["out.bias"]
    return np.asarray(sigmoid(logits).mean(0))
