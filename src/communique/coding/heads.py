"""The model's small heads, in NumPy: what type of act, who toward whom, one act or two, and attributes.

Weights are the arrays of ``model/heads.npz``, named as in ``training/model.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import erf

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
    return 0.5 * x * (1.0 + erf(x * np.float32(0.70710678)))


def _linear(name: str, x: Array) -> Array:
    w = weights()
    return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]


def _score(name: str, *parts: Array) -> Array:
    return _finish(name, _linear(f"{name}.hidden", np.concatenate(parts, -1)))


def _finish(name: str, hidden: Array) -> Array:
    return sigmoid(_linear(f"{name}.out", _gelu(hidden))[..., 0])


@cache
def _columns(name: str, vectors: int) -> list[Array]:
    """The hidden weights of a scorer, cut by input: one block for each vector, and the features' last."""
    w = weights()[f"{name}.hidden.weight"]
    width = weights()["judge"].shape[1]
    return [np.ascontiguousarray(block.T) for block in np.split(w, [width * (i + 1) for i in range(vectors)], axis=1)]


def pool(pieces: Array) -> tuple[Array, Array]:
    """For one sentence's pieces [L, H]: the vector seen for each type [T, H], and the attention [T, L]."""
    attention = softmax(_linear("look", pieces).T)
    return attention @ pieces + pieces.mean(0), attention


def types(pooled: Array) -> Array:
    """The chance [T] that a sentence tells an act of each type."""
    w = weights()
    return sigmoid((pooled * w["judge"]).sum(-1) + w["judge_bias"])


def act(pooled: Array, type_index: int) -> Array:
    """The vector [H] of an act of a type, from the sentence's pooled vectors [T, H]."""
    return pooled[type_index] + weights()["type_vector.weight"][type_index]


@dataclass(frozen=True, slots=True)
class Cast:
    """Party mentions [M, H] as the role scorers see them: as doer, as the one it was toward, and as doer of that."""

    source: Array
    target: Array
    agent: Array

    @classmethod
    def of(cls, parties: Array) -> Cast:
        """Project the mentions' vectors once, however many acts they are judged for."""
        _, source, _ = _columns("source", 2)
        _, target, agent, _ = _columns("target", 3)
        return cls(parties @ source, parties @ target, parties @ agent)


def sources(vector: Array, parties: Array, features: Array) -> Array:
    """The chance [M] that each party mention (rows of ``Cast.source``) did the act."""
    act_block, _, feature_block = _columns("source", 2)
    return _finish("source", vector @ act_block + parties + features @ feature_block + weights()["source.hidden.bias"])


def targets(vector: Array, parties: Array, agent: Array, features: Array) -> Array:
    """The chance [M] that the act by ``agent`` (a row of ``Cast.agent``) was toward each mention (``Cast.target``)."""
    act_block, _, _, feature_block = _columns("target", 3)
    fixed = vector @ act_block + agent + weights()["target.hidden.bias"]
    return _finish("target", fixed + parties + features @ feature_block)


def pairs(name: str, first: Array, second: Array, features: Array) -> Array:
    """The chance [N] that two acts are the ``same``, told twice."""
    return _score(name, first, second, features)


def attributes(name: str, vectors: Array) -> Array:
    """Class chances [..., C] of ``mode`` or ``status``; the chance [...] for ``attributed``."""
    logits = _linear(name, vectors)
    return sigmoid(logits[..., 0]) if name == "attributed" else softmax(logits)


def quoted(vectors: Array) -> Array:
    """The chance [L] that each piece [L, H] belongs to the words that show an act."""
    return sigmoid(_linear("quoted", vectors))[..., 0]
