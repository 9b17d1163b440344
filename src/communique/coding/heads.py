"""The model's small heads, in NumPy: what type of act, who toward whom, one act or two, and attributes.

Weights are named as in ``training/model.py``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

Array = np.ndarray


def sigmoid(x: Array) -> Array:
    """The logistic function, safe for large values."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.minimum(np.maximum(x, -30), 30))))


def softmax(x: Array) -> Array:
    """Softmax over the last axis."""
    powers = np.exp(x - np.maximum.reduce(x, -1, keepdims=True))
    return np.asarray(powers / np.add.reduce(powers, -1, keepdims=True))


def gelu(x: Array) -> Array:
    """GELU by its tanh form (Hendrycks and Gimpel 2016), within 0.0005 of the exact one and six times as fast."""
    power = 0.0713548 * x  # worked on in place: the arrays are large, and each new one would be paged in
    power *= x
    power *= x
    np.subtract(-1.5957691 * x, power, out=power)
    np.exp(np.minimum(power, 30, out=power), out=power)
    power += 1.0
    return np.divide(x, power, out=power)


def attended(pieces: Array, looked: Array) -> Array:
    """The vector [H] seen for one type by a sentence of pieces [L, H], with that type's logits [L]."""
    return np.asarray(softmax(looked) @ pieces + np.add.reduce(pieces) / len(pieces))


def told_together(fixed: Array, owner: Array, seen: Array, party: Array, told: Array) -> Array:
    """The sum [N, D] of what the act and the party of each question lead to, and its features; made in one array."""
    hidden = fixed.take(owner, 0)
    hidden += seen.take(party, 0)
    hidden += told
    return hidden


class Heads:
    """The heads that were trained on one encoder, of vectors of H dimensions and T types of act."""

    def __init__(self, weights: dict[str, Array]) -> None:
        self.weights = weights
        self._blocks: dict[tuple[str, int], list[Array]] = {}
        blocks = [weights["look.weight"], weights["judge"], weights["quoted.weight"]]
        bias = [weights["look.bias"], np.zeros_like(weights["judge_bias"]), weights["quoted.bias"]]
        # What reads each piece of a page, side by side so that one product asks all of it: weights [H, 2T+1] and bias.
        self.readers = np.ascontiguousarray(np.concatenate(blocks).T), np.concatenate(bias)

    @classmethod
    def load(cls, path: Path) -> Heads:
        """The heads of a file, as float32. Raises FileNotFoundError."""
        with np.load(path) as stored:
            return cls({name: stored[name].astype(np.float32) for name in stored.files})

    @property
    def width(self) -> int:
        """The dimensions H of the vectors that they are asked about."""
        return int(self.weights["judge"].shape[1])

    def _linear(self, name: str, x: Array) -> Array:
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _finish(self, name: str, hidden: Array) -> Array:
        return sigmoid(self._linear(f"{name}.out", gelu(hidden))[..., 0])

    def _columns(self, name: str, vectors: int) -> list[Array]:
        """The hidden weights of a scorer, cut by input: one block for each vector, and the features' last."""
        if (name, vectors) not in self._blocks:
            cuts = [self.width * (i + 1) for i in range(vectors)]
            blocks = np.split(self.weights[f"{name}.hidden.weight"], cuts, axis=1)
            self._blocks[name, vectors] = [np.ascontiguousarray(block.T) for block in blocks]
        return self._blocks[name, vectors]

    def read(self, pieces: Array) -> tuple[Array, Array, Array]:
        """What each piece [L, H] shows: ``looked`` [L, T], how strongly it bears on each type, as logits; ``judged``
        [L, T], what it adds to the logit of each type; the chance [L] that it belongs to the words that show an act."""
        weight, bias = self.readers
        both, count = pieces @ weight + bias, len(self.weights["judge"])
        return both[:, :count], both[:, count : 2 * count], sigmoid(both[:, -1])

    def types(self, looked: Array, judged: Array, runs: Array) -> Array:
        """The chance [S, T] that each sentence of a window tells an act of each type.

        ``looked`` and ``judged`` [L, T] are what ``read`` gives for the window's pieces; ``runs`` [S, 2] the half-open
        runs of its sentences' pieces. What a sentence's ``attended`` vector of each type is judged to be, without
        making it: judging is linear.
        """
        likely = np.exp(np.maximum(looked - looked.max(0), -80.0))
        starts = runs.ravel() if runs[-1, 1] < len(looked) else runs.ravel()[:-1]
        sums = [np.add.reduceat(x, starts, axis=0)[::2] for x in (likely * judged, likely, judged)]
        return sigmoid(sums[0] / sums[1] + sums[2] / np.diff(runs) + self.weights["judge_bias"])

    def act(self, seen: Array, type_index: int) -> Array:
        """The vector [H] of an act of a type, from what its sentence shows for that type [H]."""
        return np.asarray(seen + self.weights["type_vector.weight"][type_index])

    def sources(self, acts: Array, owner: Array, parties: Array, party: Array, features: Array) -> Array:
        """The chance [N] that a party mention did an act, for each of N questions asked at once.

        ``owner`` and ``party`` [N] are the numbers of the act and the mention, whose vectors are ``acts`` [A, H] and
        ``parties`` [M, H]; many questions share them, so that each is projected once.
        """
        act_block, party_block, feature_block = self._columns("source", 2)
        fixed = acts @ act_block + self.weights["source.hidden.bias"]
        return self._finish(
            "source", told_together(fixed, owner, parties @ party_block, party, features @ feature_block)
        )

    def targets(self, acts: Array, agents: Array, owner: Array, parties: Array, party: Array, features: Array) -> Array:
        """The chance [N] that an act was toward a party mention, asked as in ``sources``.

        ``agents`` [A, H] are the vectors of the mentions that did the acts.
        """
        act_block, party_block, agent_block, feature_block = self._columns("target", 3)
        fixed = acts @ act_block + agents @ agent_block + self.weights["target.hidden.bias"]
        return self._finish(
            "target", told_together(fixed, owner, parties @ party_block, party, features @ feature_block)
        )

    def same(self, acts: Array, first: Array, second: Array, features: Array) -> Array:
        """The chance [N] that two acts are one, told twice: pairs of numbers ``first``, ``second`` [N] of ``acts``."""
        one, other, feature_block = self._columns("same", 2)
        hidden = told_together(acts @ one, first, acts @ other, second, features @ feature_block)
        hidden += self.weights["same.hidden.bias"]
        return self._finish("same", hidden)

    def attributes(self, name: str, vectors: Array) -> Array:
        """Class chances [..., C] of ``mode`` or ``status``."""
        return softmax(self._linear(name, vectors))
