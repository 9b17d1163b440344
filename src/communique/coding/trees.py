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

    The nodes of all trees lie in one array each: ``feature`` and ``threshold`` of a split, its ``left`` and
    ``right`` nodes (a leaf leads to itself), and the ``value`` of a leaf. ``roots`` are the trees' first nodes,
    ``owner`` the number of the score each adds to, ``depth`` the longest way down.
    """

    classes: tuple[str, ...]
    start: np.ndarray
    rate: float
    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    roots: np.ndarray
    owner: np.ndarray
    depth: int

    def scores(self, row: Sequence[float]) -> np.ndarray:
        """The raw score of each class (of the second, where there are two)."""
        values = np.asarray(row, np.float64)
        at = self.roots
        for _ in range(self.depth):
            at = np.where(values[self.feature[at]] <= self.threshold[at], self.left[at], self.right[at])
        sums = np.bincount(self.owner, self.value[at], len(self.start))
        return np.asarray(self.start + self.rate * sums)

    def chances(self, row: Sequence[float]) -> dict[str, float]:
        """The chance of each class; they sum to one."""
        scores = self.scores(row)
        if len(scores) == 1:
            scores = np.array([0.0, scores[0]])
        weights = np.exp(scores - scores.max())
        return dict(zip(self.classes, (weights / weights.sum()).tolist(), strict=True))


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
    return Trees(classes, start, raw["rate"], feature, threshold, left, right, value, np.array(roots), owner, depth)


def _placed(node: Node, base: int, here: int) -> tuple[int, float, int, int, float]:
    """A node as a row of the arrays."""
    if len(node) == 1:
        return 0, 0.0, here, here, node[0]
    return int(node[0]), node[1], base + int(node[2]), base + int(node[3]), 0.0


def _depth(tree: Sequence[Node], at: int) -> int:
    node = tree[at]
    return 0 if len(node) == 1 else 1 + max(_depth(tree, int(node[2])), _depth(tree, int(node[3])))
