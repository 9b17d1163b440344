"""The trained line classifier: how likely each line of a page is body.

The model is two small files that ``training/cleaning.py`` writes: a table of word weights and
gradient-boosted trees. It is loaded once, at first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from communique.cleaning.features import NAMES, line_features
from communique.cleaning.lines import Lines
from communique.cleaning.markup import blocks_of, markup_features
from communique.page import Page

PROSE = NAMES.index("prose")


@dataclass(frozen=True)
class Classifier:
    """Word weights and trees; ``score`` gives log odds for rows of features."""

    weights: NDArray[np.float32]
    trees: onnxruntime.InferenceSession

    def score(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The probability of each row."""
        odds = self.trees.run(None, {"rows": rows})[0][:, 0].astype(np.float64)
        return np.asarray(1 / (1 + np.exp(-odds)))


@cache
def load(name: str) -> Classifier:
    """The shipped model of that name: ``text`` or ``html``."""
    folder = files("communique.cleaning") / "model"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    trees = onnxruntime.InferenceSession((folder / f"{name}.onnx").read_bytes(), options, ["CPUExecutionProvider"])
    with (folder / f"{name}_words.npy").open("rb") as file:
        weights = np.load(file, allow_pickle=False).astype(np.float32)
    return Classifier(weights, trees)


def body_odds(page: Page, lines: Lines, recurring: Mapping[str, int] | None = None) -> NDArray[np.float64]:
    """The probability that each line of a page is body, by its words and, where there is markup, by that too."""
    model = load("html" if page.blocks else "text")
    rows = line_features(lines, model.weights, recurring)
    if page.blocks:
        markup = markup_features(page, lines, blocks_of(page, lines), rows[:, PROSE].astype(float), model.weights)
        rows = np.concatenate([rows, markup], axis=1)
    return model.score(rows)
