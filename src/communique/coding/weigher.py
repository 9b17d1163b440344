"""Weighs the layers that may carry an act: a small network over their features and the encoder's vectors.

It sees what ``attribution_features`` tells of the act and the layer, and what the encoder makes of the act, of the
words for the source and of the cue. The weights, ``layers.npz`` of each network, are made by
``training/attribution.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from communique.coding.heads import gelu, sigmoid

Array = np.ndarray
VIEWS = ("act", "source", "cue")
WEIGHTS = "layers.npz"


@dataclass(frozen=True, slots=True)
class _Network:
    """The weights of the M members, laid out so that few products ask them all.

    ``views`` holds for act, source and cue the first weights of all members side by side [H, M*V] and their bias;
    ``features`` [F, M*D] and ``joins`` (one [M, V, D] for each view) what leads on to the hidden layer, ``bias`` its
    bias [M*D], ``out`` [M, D, 1] and ``last`` [M] what leads out.
    """

    mean: Array
    spread: Array
    views: tuple[tuple[Array, Array], ...]
    features: Array
    joins: tuple[Array, ...]
    bias: Array
    out: Array
    last: Array


@cache
def _network(folder: Path) -> _Network:
    with np.load(folder / WEIGHTS) as stored:
        w = {name: stored[name].astype(np.float32) for name in stored.files}
    seen, (_, view, _) = len(w["mean"]), w["act.weight"].shape
    features, *joins = np.split(w["hidden.weight"].swapaxes(1, 2), [seen, seen + view, seen + 2 * view], axis=1)
    return _Network(
        w["mean"],
        w["spread"],
        tuple((_side_by_side(w[f"{name}.weight"]), w[f"{name}.bias"].reshape(-1)) for name in VIEWS),
        np.ascontiguousarray(features.swapaxes(0, 1).reshape(seen, -1)),
        tuple(map(np.ascontiguousarray, joins)),
        w["hidden.bias"].reshape(-1),
        np.ascontiguousarray(w["out.weight"].swapaxes(1, 2)),
        w["out.bias"],
    )


def _side_by_side(weights: Array) -> Array:
    """Weights [M, V, H] as one matrix [H, M*V]."""
    return np.ascontiguousarray(weights.reshape(-1, weights.shape[2]).T)


def _by_member(side: Array, members: int) -> Array:
    """What lies side by side [N, M*V] as one array a member [M, N, V]."""
    return side.reshape(len(side), members, -1).swapaxes(0, 1)


def chances(
    folder: Path,
    rows: Array,
    acts: Array,
    owner: Sequence[int],
    sources: Array,
    cues: Array,
    layer: Sequence[int],
) -> Array:
    """The chance [N] of each layer that its act rests on it, by the weights in the ``folder`` of a network.

    ``rows`` [N, F] are the features of a layer for an act, ``owner`` and ``layer`` [N] the numbers of the two; ``acts``
    [A, H] are the acts' vectors, ``sources`` and ``cues`` [L, H] those of the words for the layers' sources and of
    their cues. Many acts share a layer: each is viewed once.
    """
    net = _network(folder)
    members = len(net.last)
    asked = zip((acts, sources, cues), net.views, strict=True)
    seen = gelu(np.concatenate([vectors @ weight + bias for vectors, (weight, bias) in asked]))
    parts = np.split(_by_member(seen, members), [len(acts), len(acts) + len(sources)], axis=1)
    act, source, cue = (part @ join for part, join in zip(parts, net.joins, strict=True))
    told = ((rows - net.mean) / net.spread) @ net.features + net.bias
    hidden = gelu(_by_member(told, members) + act[:, owner] + (source + cue)[:, layer])
    return np.asarray(sigmoid((hidden @ net.out)[..., 0] + net.last).mean(0))
