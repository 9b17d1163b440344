"""Boosted trees at run time: a JSON file of splits, walked all trees at once with NumPy.

The file holds ``classes``, ``start`` (one number a class, or one for two classes), ``rate`` and ``trees``: a list of
rounds, each one tree a class, each tree a list of nodes ``[feature, threshold, left, right]`` or ``[value]``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

Node = list[float]


@dataclass(frozen=True, slots=True)
class Trees:
    """A boosted model. ``classes`` are in the order of the scores; two classes share one score.

    The nodes of all trees lie in one array each: ``feature`` and ``threshold`` of a split, its two ``children``
    (left, right; a leaf leads to itself), and the ``value`` of a leaf. ``roots`` are the trees' first nodes,
    ``owner`` the number of the score each adds to, ``depth`` the longest way down.
    """

    classes: tuple[str, ...]
    start: np.ndarray
    rate: float
    feature: np.ndarray
    threshold: np.ndarray
    children: np.ndarray
    value: np.ndarray
    roots: np.ndarray
    owner: np.ndarray
    depth: int

    def scores(self, rows: Sequence[Sequence[float]]) -> np.ndarray:
        """The raw scores [N, C] of each class (of the second alone, where there are two) for each row of features."""
        values = np.asarray(rows, np.float64)
        first = (np.arange(len(values)) * values.shape[1])[:, None]
        at, children = np.repeat(self.roots[None], len(values), 0), self.children.reshape(-1)
        for _ in range(self.depth):  # by ``take``, which is several times as quick as to index
            right = values.take(first + self.feature.take(at)) > self.threshold.take(at)
            at = children.take(2 * at + right)
        gains = self.value.take(at)
        sums = np.stack([gains[:, self.owner == c].sum(1) for c in range(len(self.start))], 1)
        return np.asarray(self.start + self.rate * sums)

    def chances(self, rows: Sequence[Sequence[float]]) -> list[dict[str, float]]:
        """The chance of each class for each row of features; those of a row sum to one."""
        if not rows:
            return []
        scores = self.scores(rows)
        if scores.shape[1] == 1:
            scores = np.concatenate([np.zeros_like(scores), scores], 1)
        weights = np.exp(scores - scores.max(1, keepdims=True))
        return [dict(zip(self.classes, row, strict=True)) for row in (weights / weights.sum(1, keepdims=True)).tolist()]


@cache
def load(name: str) -> Trees:
    """A model shipped in ``coding/model``. Raises FileNotFoundError where there is none of that name."""
    raw = json.loads(files("communique.coding").joinpath("model", name).read_text(encoding="utf-8"))
    trees = [(number, tree) for trees in raw["trees"] for number, tree in enumerate(trees)]
    roots: list[int] = []
    nodes: list[tuple[int, float, int, int, float]] = []
    for _, tree in trees:
        base = len(nodes)
        roots.append(base)
        nodes += [_placed(node, base, base + i) for i, node in enumerate(tree)]
    feature, threshold, left, right, value = (np.array(column) for column in zip(*nodes, strict=True))
    depth = max(_depth(tree, 0) for _, tree in trees)
    owner = np.array([number for number, _ in trees])
    start = np.array(raw["start"], np.float64)
    classes = tuple(raw["classes"])
    children = np.stack([left, right], 1)
    return Trees(classes, start, raw["rate"], feature, threshold, children, value, np.array(roots), owner, depth)


def _placed(node: Node, base: int, here: int) -> tuple[int, float, int, int, float]:
    """A node as a row of the arrays."""
    if len(node) == 1:
        return 0, 0.0, here, here, node[0]
    return int(node[0]), node[1], base + int(node[2]), base + int(node[3]), 0.0


def _depth(tree: Sequence[Node], at: int) -> int:
    node = tree[at]
    return 0 if len(node) == 1 else 1 + max(_depth(tree, int(node[2])), _depth(tree, int(node[3])))
