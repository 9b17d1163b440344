"""What more training pages would bring: ``python -m training.curve [--shared FOLDER]``.

Types that a sentence tells, found by a bag of words (TF-IDF over words and pairs of words, one logistic regression a
type), with ever more gold pages to learn from, without and with our own written pages. So small a model is not the
coder's, but it learns from the same pages in seconds, so that its curve can be drawn at all, over several draws.
Printed: micro-F1 on the dev pages, with the threshold that is best on the pages left out, and the other way round.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import spmatrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from training.data import LEFT_OUT, Example, load
from training.scheme import TYPES
from training.written import load_written

SIZES = (42, 83, 167, 333)
DRAWS = 3


def rows(pages: Sequence[Example]) -> tuple[list[str], np.ndarray]:
    """The sentences of some pages, and which types each tells [sentences, types]."""
    texts, gold = [], []
    for page in pages:
        for index, one in enumerate(page.sentences):
            texts.append(page.text[one.start : one.end])
            told = {act.type for act in page.acts if index == act.main or index in act.sentences}
            gold.append([t in told for t in range(len(TYPES))])
    return texts, np.array(gold)


def f1(gold: np.ndarray, chances: np.ndarray, threshold: float) -> float:
    """Micro-F1 of what reaches the threshold."""
    told = chances >= threshold
    return float(2 * (told & gold).sum() / max(1, told.sum() + gold.sum()))


def best(gold: np.ndarray, chances: np.ndarray) -> float:
    """The threshold with the largest micro-F1."""
    return max(np.arange(0.05, 0.6, 0.01), key=lambda t: f1(gold, chances, t))


def chances(learn: Sequence[Example], asked: Sequence[list[str]]) -> list[np.ndarray]:
    """Type chances [sentences, types] of the sentences asked about, after learning from some pages."""
    texts, gold = rows(learn)
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    seen: spmatrix = words.fit_transform(texts)
    known = np.flatnonzero(gold.any(0))
    model = OneVsRestClassifier(LogisticRegression(C=20, max_iter=300)).fit(seen, gold[:, known])
    out = []
    for sentences in asked:
        full = np.zeros((len(sentences), len(TYPES)))
        full[:, known] = model.predict_proba(words.transform(sentences))
        out.append(full)
    return out


def main() -> None:
    """Print the curve."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    a = ap.parse_args()
    gold = load(a.shared / "gold/train.jsonl", a.shared / "gold/train")
    learn = [page for page in gold if page.doc not in LEFT_OUT]
    dev, out = (rows(p) for p in (load(a.shared / "gold/dev.jsonl", a.shared / "gold/dev"),
                                  [page for page in gold if page.doc in LEFT_OUT]))  # fmt: skip
    written = load_written(Path(__file__).with_name("written"))
    print("gold pages  written  dev    left out")
    for size in SIZES:
        for extra in ([], written):
            scores = []
            for draw in range(DRAWS if size < len(learn) else 1):
                pages = random.Random(draw).sample(learn, min(size, len(learn))) + extra
                on_dev, on_out = chances(pages, (dev[0], out[0]))
                scores.append((f1(dev[1], on_dev, best(out[1], on_out)), f1(out[1], on_out, best(dev[1], on_dev))))
            mean = np.mean(scores, 0)
            print(f"{min(size, len(learn)):10}  {len(extra):7}  {mean[0]:.3f}  {mean[1]:.3f}", flush=True)


if __name__ == "__main__":
    main()
