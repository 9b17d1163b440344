"""How the line classifier is fitted: a table of word weights, trees over line features, and trees of a second pass.

Each step must see what the one before says of pages it has not learned from, so the table and the first
trees are fitted on folds of sites and each page gets the word of the other folds; what ships is fitted
on all. The second trees see the first ones' chances of all lines of the page (``communique.cleaning.context``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np
import scipy.sparse as sparse
from cleaning_data import Sample
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from communique.cleaning.characters import code_points
from communique.cleaning.context import line_context
from communique.cleaning.features import line_features
from communique.cleaning.wording import BUCKETS, buckets, page_words

TREES = {
    "reg_lambda": 5.0,
    "colsample_bytree": 0.3,
    "subsample": 0.7,
    "subsample_freq": 1,
    "max_bin": 63,
    "n_jobs": 1,
    "verbose": -1,
    "random_state": 0,
    "deterministic": True,
    "force_row_wise": True,
}
FIRST = TREES | {"n_estimators": 70, "learning_rate": 0.15, "num_leaves": 31, "min_child_samples": 30}
SECOND = TREES | {"n_estimators": 100, "learning_rate": 0.09, "num_leaves": 24, "min_child_samples": 40}
Featurise = Callable[[Sample, NDArray[np.float32]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted classifier: the weights of hashed words, the trees, and those of the second pass."""

    weights: NDArray[np.float32]
    trees: lightgbm.LGBMClassifier
    second: lightgbm.LGBMClassifier


def text_features(item: Sample, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """The features of a page of text."""
    return line_features(item.lines, weights, item.recurring)


def word_matrix(samples: Sequence[Sample]) -> sparse.csr_matrix:
    """One row a line, one column a bucket; rows have length one."""
    blocks = []
    for item in samples:
        bucket, line = buckets(page_words(code_points(item.lines.text), item.lines))
        ones = np.ones(len(bucket), dtype=np.float32)
        blocks.append(sparse.csr_matrix((ones, (line, bucket)), shape=(len(item.lines), BUCKETS)))
    matrix = sparse.vstack(blocks).tocsr()
    matrix.data[:] = 1
    matrix = sparse.diags(1 / np.sqrt(np.maximum(matrix.getnnz(axis=1), 1))) @ matrix
    if samples[0].markup is None:
        return matrix
    from cleaning_html import hint_matrix

    return matrix + hint_matrix(samples)


def fit_words(samples: Sequence[Sample]) -> NDArray[np.float32]:
    """The weight of each bucket of words: above 0 for body."""
    body = np.concatenate([item.body for item in samples])
    model = LogisticRegression(C=3, max_iter=60, solver="liblinear", class_weight="balanced")
    model.fit(word_matrix(samples), body, sample_weight=page_weights(samples))
    return model.coef_[0].astype(np.float32)


def page_weights(samples: Sequence[Sample]) -> NDArray[np.float64]:
    """A weight a line, so that a page with many lines does not count for many pages."""
    weights = np.concatenate([np.full(len(item.lines), 1 / np.sqrt(len(item.lines))) for item in samples])
    return weights / weights.mean()


def folds(samples: Sequence[Sample], count: int, seed: int = 0) -> NDArray[np.int64]:
    """The fold of each sample: all pages of a site are in one."""
    sites = sorted({item.site for item in samples})
    order = np.random.default_rng(seed).permutation(len(sites))
    fold = {site: int(order[place]) % count for place, site in enumerate(sites)}
    return np.array([fold[item.site] for item in samples])


def fit(samples: Sequence[Sample], featurise: Featurise = text_features, inner: int = 3) -> Fitted:
    """Fit the table and both sets of trees on all samples."""
    fold = folds(samples, inner, seed=1)
    rows: list[NDArray[np.float32]] = [np.zeros((0, 0), dtype=np.float32)] * len(samples)
    for number in range(inner):
        weights = fit_words([item for item, of in zip(samples, fold, strict=True) if of != number])
        for place in np.flatnonzero(fold == number):
            rows[place] = featurise(samples[place], weights)
    body = np.concatenate([item.body for item in samples])
    sizes = [len(item.lines) for item in samples]
    return Fitted(fit_words(samples), *fit_trees(samples, np.concatenate(rows), body, np.repeat(fold, sizes)))


def fit_trees(
    samples: Sequence[Sample], rows: NDArray[np.float32], body: NDArray[np.bool_], fold: NDArray[np.int64]
) -> tuple[lightgbm.LGBMClassifier, lightgbm.LGBMClassifier]:
    """The trees of both passes; the second's see for each page first-pass trees that were fitted on other folds."""
    counts = page_weights(samples)
    odds = np.zeros(len(body))
    for number in np.unique(fold):
        other = fold != number
        trees = lightgbm.LGBMClassifier(**FIRST).fit(rows[other], body[other], sample_weight=counts[other])
        odds[~other] = trees.predict_proba(rows[~other])[:, 1]
    ends = np.cumsum([len(item.lines) for item in samples])
    parts = np.split(odds, ends[:-1])
    context = np.concatenate([line_context(item.lines, part) for item, part in zip(samples, parts, strict=True)])
    first = lightgbm.LGBMClassifier(**FIRST).fit(rows, body, sample_weight=counts)
    both = np.concatenate([rows, context], axis=1)
    return first, lightgbm.LGBMClassifier(**SECOND).fit(both, body, sample_weight=counts)


def predict(model: Fitted, item: Sample, featurise: Featurise = text_features) -> NDArray[np.float64]:
    """The probability that each line is body."""
    rows = featurise(item, model.weights)
    odds = model.trees.predict_proba(rows)[:, 1]
    return model.second.predict_proba(np.concatenate([rows, line_context(item.lines, odds)], axis=1))[:, 1]
