"""The model's small heads, in NumPy: what type of act, who toward whom, one act or two, and attributes.

Weights are the arrays of ``model/heads.npz``, named as in ``training/model.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from communique.coding.pieces import MODEL

Array = np.ndarray


@cache
def weights() -> dict[str, Array]:
    """All arrays of the heads, float32."""
    with np.load(MODEL / "heads.npz") as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def stacked(vectors: Sequence[Array]) -> Array:
    """Vectors [H] as the rows of one array [N, H]; quicker than ``numpy.stack``."""
    return np.concatenate(vectors).reshape(len(vectors), -1)


def sigmoid(x: Array) -> Array:
    """The logistic function, safe for large values."""
    return 1.0 / (1.0 + np.exp(-np.clip(x, -30, 30)))


def softmax(x: Array) -> Array:
    """Softmax over the last axis."""
    powers = np.exp(x - x.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def gelu(x: Array) -> Array:
    """GELU by its tanh form (Hendrycks and Gimpel 2016), within 0.0005 of the exact one and six times as fast."""
    return x / (1.0 + np.exp(np.clip(-1.5957691 * x - 0.0713548 * x * x * x, -30, 30)))


def _linear(name: str, x: Array) -> Array:
    w = weights()
    return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]


def _finish(name: str, hidden: Array) -> Array:
    return sigmoid(_linear(f"{name}.out", gelu(hidden))[..., 0])


@cache
def _columns(name: str, vectors: int) -> list[Array]:
    """The hidden weights of a scorer, cut by input: one block for each vector, and the features' last."""
    w = weights()[f"{name}.hidden.weight"]
    width = weights()["judge"].shape[1]
    return [np.ascontiguousarray(block.T) for block in np.split(w, [width * (i + 1) for i in range(vectors)], axis=1)]


def look(pieces: Array) -> Array:
    """How strongly each piece [L, H] bears on each type: logits [L, T]."""
    return _linear("look", pieces)


def attended(pieces: Array, looked: Array) -> Array:
    """The vector [H] seen for one type by a sentence of pieces [L, H], with that type's logits [L]."""
    return np.asarray(softmax(looked) @ pieces + pieces.sum(0) / len(pieces))


def types(pieces: Array, looked: Array, runs: Array) -> Array:
    """The chance [S, T] that each sentence of a window tells an act of each type.

    ``pieces`` [L, H] and ``looked`` [L, T] are the window's; ``runs`` [S, 2] the half-open runs of its sentences'
    pieces. What a sentence's ``attended`` vector of each type is judged to be, without making it: judging is linear.
    """
    w = weights()
    judged = pieces @ w["judge"].T
    likely = np.exp(np.maximum(looked - looked.max(0), -80.0))
    starts = runs.ravel() if runs[-1, 1] < len(pieces) else runs.ravel()[:-1]
    sums = [np.add.reduceat(x, starts, axis=0)[::2] for x in (likely * judged, likely, judged)]
    return sigmoid(sums[0] / sums[1] + sums[2] / np.diff(runs) + w["judge_bias"])


def act(seen: Array, type_index: int) -> Array:
    """The vector [H] of an act of a type, from what its sentence shows for that type [H]."""
    return np.asarray(seen + weights()["type_vector.weight"][type_index])


def sources(acts: Array, owner: Array, parties: Array, party: Array, features: Array) -> Array:
    """The chance [N] that a party mention did an act, for each of N questions asked at once.

    ``owner`` and ``party`` [N] are the numbers of the act and the mention, whose vectors are ``acts`` [A, H] and
    ``parties`` [M, H]; many questions share them, so that each is projected once.
    """
    act_block, party_block, feature_block = _columns("source", 2)
    fixed = acts @ act_block + weights()["source.hidden.bias"]
    return _finish("source", fixed[owner] + (parties @ party_block)[party] + features @ feature_block)


def targets(acts: Array, agents: Array, owner: Array, parties: Array, party: Array, features: Array) -> Array:
    """The chance [N] that an act was toward a party mention, asked as in ``sources``.

    ``agents`` [A, H] are the vectors of the mentions that did the acts.
    """
    act_block, party_block, agent_block, feature_block = _columns("target", 3)
    fixed = acts @ act_block + agents @ agent_block + weights()["target.hidden.bias"]
    return _finish("target", fixed[owner] + (parties @ party_block)[party] + features @ feature_block)


def same(acts: Array, first: Array, second: Array, features: Array) -> Array:
    """The chance [N] that two acts are one, told twice: pairs of numbers ``first``, ``second`` [N] into ``acts``."""
    one, other, feature_block = _columns("same", 2)
    hidden = (acts @ one)[first] + (acts @ other)[second] + features @ feature_block
    return _finish("same", hidden + weights()["same.hidden.bias"])


def attributes(name: str, vectors: Array) -> Array:
    """Class chances [..., C] of ``mode`` or ``status``."""
    return softmax(_linear(name, vectors))


def quoted(vectors: Array) -> Array:
    """The chance [L] that each piece [L, H] belongs to the words that show an act."""
    return sigmoid(_linear("quoted", vectors))[..., 0]
