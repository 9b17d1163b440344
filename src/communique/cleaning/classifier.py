"""The trained line classifier: how likely each line of a page is body.

A model is three small files that ``training/cleaning.py`` writes: a table of word weights, and the
gradient-boosted trees of two passes; the second sees what the first says of the lines around. It is
loaded once, at first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from communique.cleaning.characters import code_points
from communique.cleaning.context import line_context
from communique.cleaning.features import NAMES, features_of
from communique.cleaning.lines import Lines
from communique.cleaning.markup import blocks_of, markup_features
from communique.cleaning.wording import Words, page_words
from communique.page import Page

PROSE = NAMES.index("prose")


@dataclass(frozen=True)
class Classifier:
    """Word weights and the trees of both passes."""

    weights: NDArray[np.float32]
    first: onnxruntime.InferenceSession
    second: onnxruntime.InferenceSession

    def odds(self, lines: Lines, words: Words, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The probability of each line, by its row of features and by the first pass's word on all lines."""
        context = line_context(lines, score(self.first, rows), words)
        return score(self.second, np.concatenate([rows, context], axis=1))


def score(trees: onnxruntime.InferenceSession, rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """The probability of each row."""
    odds = trees.run(None, {"rows": rows})[0][:, 0].astype(np.float64)
    return np.asarray(1 / (1 + np.exp(-odds)))


@cache
def load(name: str) -> Classifier:
    """The shipped model of that name: ``text`` or ``html``."""
    folder = files("communique.cleaning") / "model"
    with (folder / f"{name}_words.npy").open("rb") as file:
        weights = np.load(file, allow_pickle=False).astype(np.float32)
    return Classifier(weights, _trees(folder / f"{name}.onnx"), _trees(folder / f"{name}_second.onnx"))


def _trees(file: Traversable) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(file.read_bytes(), options, ["CPUExecutionProvider"])


def body_odds(page: Page, lines: Lines, recurring: Mapping[str, int] | None = None) -> NDArray[np.float64]:
    """The probability that each line of a page is body, by its words and, where there is markup, by that too."""
    model = load("html" if page.blocks else "text")
    codes = code_points(lines.text)
    words = page_words(codes, lines)
    rows = features_of(lines, codes, words, model.weights, recurring)
    if page.blocks:
        markup = markup_features(page, lines, blocks_of(page, lines), rows[:, PROSE].astype(float), model.weights)
        rows = np.concatenate([rows, markup], axis=1)
    return model.odds(lines, words, rows)
