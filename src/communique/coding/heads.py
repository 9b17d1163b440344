"""The model's small heads, in NumPy: what type of act, who toward whom, one act or two, answers, and attributes.

Weights are the arrays of ``model/heads.npz``, named as in ``training/model.py``.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from communique.coding.windows import MODEL

Array = np.ndarray


@cache
def weights() -> dict[str, Array]:
    """All arrays of the heads, float32."""
    with np.load(MODEL / "heads.npz") as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def sigmoid(x: Array) -> Array:
    """The logistic function, safe for large values."""
    return 1.0 / (1.0 + np.exp(-np.clip(x, -30, 30)))


def softmax(x: Array) -> Array:
    """Softmax over the last axis."""
    powers = np.exp(x - x.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def _gelu(x: Array) -> Array:
    # Erf by Abramowitz and Stegun 7.1.26: the error stays under 2e-7, far below the weights' own precision.
    z = np.abs(x) / np.sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return 0.5 * x * (1.0 + np.sign(x) * (1.0 - poly * np.exp(-z * z)))


def _linear(name: str, x: Array) -> Array:
    w = weights()
    return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]


def _score(name: str, *parts: Array) -> Array:
    hidden = _gelu(_linear(f"{name}.hidden", np.concatenate(parts, -1)))
    return sigmoid(_linear(f"{name}.out", hidden)[..., 0])


def pool(pieces: Array) -> tuple[Array, Array]:
    """For one sentence's pieces [L, H]: the vector seen for each type [T, H], and the attention [T, L]."""
    attention = softmax(_linear("look", pieces).T)
    return attention @ pieces, attention


def types(pooled: Array) -> Array:
    """The chance [T] that a sentence tells an act of each type."""
    w = weights()
    return sigmoid((pooled * w["judge"]).sum(-1) + w["judge_bias"])


def act(pooled: Array, type_index: int) -> Array:
    """The vector [H] of an act of a type, from the sentence's pooled vectors [T, H]."""
    return pooled[type_index] + weights()["type_vector.weight"][type_index]


def sources(vector: Array, parties: Array, features: Array) -> Array:
    """The chance [M] that each party mention [M, H] did the act."""
    return _score("source", np.broadcast_to(vector, parties.shape), parties, features)


def targets(vector: Array, parties: Array, source: Array, features: Array) -> Array:
    """The chance [M] that the act of ``source`` [H] was toward each party mention."""
    shape = parties.shape
    return _score("target", np.broadcast_to(vector, shape), parties, np.broadcast_to(source, shape), features)


def pairs(name: str, first: Array, second: Array, features: Array) -> Array:
    """The chance [N] that two acts are ``same``, or that the first ``answer`` the second."""
    return _score(name, first, second, features)


def attributes(name: str, vectors: Array) -> Array:
    """Class chances [..., C] of ``mode``, ``status`` or ``date``; the chance [...] for ``attributed``."""
    logits = _linear(name, vectors)
    return sigmoid(logits[..., 0]) if name == "attributed" else softmax(logits)


def pieces(name: str, vectors: Array) -> Array:
    """The chance, for each piece [L, H], of being a ``term`` of each role [L, 3], or ``quoted`` [L]."""
    logits = sigmoid(_linear(name, vectors))
    return logits[..., 0] if name == "quoted" else logits
