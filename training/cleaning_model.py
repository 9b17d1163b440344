"""How the line classifier is fitted: a table of word weights, then trees over line features.

The trees must see word weights learned without the page at hand, so the table is fitted
on folds of sites and each page gets the weights of the other folds; the shipped table is
fitted on all.
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
from communique.cleaning.features import line_features
from communique.cleaning.wording import BUCKETS, buckets, page_words

TREES = {
    "n_estimators": 160,
    "learning_rate": 0.09,
    "num_leaves": 31,
    "min_child_samples": 30,
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
Featurise = Callable[[Sample, NDArray[np.float32]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted classifier: the weights of hashed words, and the trees."""

    weights: NDArray[np.float32]
    trees: lightgbm.LGBMClassifier


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


def fit(samples: Sequence[Sample], featurise: Featurise = text_features, inner: int = 4) -> Fitted:
    """Fit the table and the trees on all samples."""
    fold = folds(samples, inner, seed=1)
    rows: list[NDArray[np.float32]] = [np.zeros((0, 0), dtype=np.float32)] * len(samples)
    for number in range(inner):
        weights = fit_words([item for item, of in zip(samples, fold, strict=True) if of != number])
        for place in np.flatnonzero(fold == number):
            rows[place] = featurise(samples[place], weights)
    body = np.concatenate([item.body for item in samples])
    trees = lightgbm.LGBMClassifier(**TREES).fit(np.concatenate(rows), body, sample_weight=page_weights(samples))
    return Fitted(fit_words(samples), trees)


def predict(model: Fitted, item: Sample, featurise: Featurise = text_features) -> NDArray[np.float64]:
    """The probability that each line is body."""
    return model.trees.predict_proba(featurise(item, model.weights))[:, 1]
