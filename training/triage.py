"""Learn which pages may hold an event: ``python -m training.triage [--shared ../shared]`` writes ``triage.json``.

Needs scikit-learn. Positive pages are gold's and our written ones; negative ones are news pages of other topics, in
which the coder finds no act that it holds for likely. Dev pages only measure. Weights ship; no page does.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from communique.batch.prose import html_prose, text_prose
from communique.batch.scan import KINDS, Found, Scan, straight
from communique.batch.triage import LONGEST, MOST_PARTIES, WEIGHTS, Triage, page_features
from communique.coding import code_page
from communique.reading import ReadError, Source, html_page
from training.cleaning_data import read_rows
from training.written import pages as written_pages

LIKELY = 0.5
"""A page of another topic in which the coder finds an act this sure is neither a negative page nor a positive one."""
LEAST_COUNT = 8
MOST_WORDS = 1500
FOLDS = 5
KEPT = 0.997
MARGIN = 3
"""The threshold is the chance that KEPT of the held-out positive pages have at least, divided by MARGIN, since unseen
pages differ from these; the goal on unseen ones is 0.99."""
NOT_TELLING = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "and",
        "or",
        "but",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "it",
        "its",
        "this",
        "that",
        "he",
        "she",
        "they",
        "his",
        "her",
        "their",
    ]
)


@dataclass(slots=True)
class Sample:
    """A page to learn from: a name that its other forms share, its text, and its quotes of acts where it has any."""

    name: str
    text: bytes
    holds: bool
    quotes: tuple[bytes, ...] = ()


def gold_samples(rows: Iterable[tuple[dict[str, Any], str]]) -> list[Sample]:
    """Gold pages (object, text) as samples."""
    made = []
    for row, text in rows:
        told = [q for e in row["events"] for q in (e["quote"], *(e.get("mentions") or []))]
        quotes = tuple(straight(q.encode()) for q in told)
        made.append(Sample(row["doc"], straight(text_prose(text))[:LONGEST], bool(row["events"]), quotes))
    return made


def gold_rows(shared: Path, part: str) -> list[tuple[dict[str, Any], str]]:
    """The pages of a part of gold with their texts."""
    rows = map(json.loads, (shared / "gold" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines())
    return [(row, (shared / "gold" / part / row["text_file"]).read_text(encoding="utf-8")) for row in rows]


def other_samples(shared: Path) -> tuple[list[Sample], list[Sample]]:
    """Pages of other topics, as HTML and as dumps; and those of them in which the coder finds a likely act."""
    none, some = [], []
    chances = {}
    for row in read_rows(shared / "cleaning" / "html.jsonl.gz"):
        data = row["html"].encode("utf-8", "replace")
        chances[row["id"]] = best_chance(data)
        sample = Sample(row["id"], straight(html_prose(data))[:LONGEST], chances[row["id"]] >= LIKELY)
        (some if sample.holds else none).append(sample)
    for name in ("dump_wet.jsonl.gz", "dump_dclm.jsonl.gz"):
        for row in read_rows(shared / "cleaning" / name):
            if chances.get(row["id"], 1.0) < LIKELY:
                none.append(Sample(row["id"], straight(text_prose(row["text"]))[:LONGEST], False))
    return none, some


def best_chance(data: bytes) -> float:
    """The confidence of the coder's surest event on an HTML page; 0 where it finds none."""
    try:
        return max((e.confidence for e in code_page(html_page(data, Source("page"))).events), default=0.0)
    except ReadError:
        return 0.0


def sentence_labels(sample: Sample, found: Found) -> np.ndarray:
    """Which sentences tell an act: those that hold a fair part of one of the quotes."""
    labels = np.zeros(len(found.parties), bool)
    starts = np.concatenate(([0], found.ends))
    ends = np.append(found.ends, len(sample.text))
    for quote in sample.quotes:
        at = sample.text.find(quote)
        if at >= 0:
            shared = np.minimum(ends, at + len(quote)) - np.maximum(starts, at)
            labels |= shared >= np.minimum(0.5 * len(quote), 0.6 * (ends - starts))
    return labels


def candidates(samples: Sequence[Sample]) -> list[str]:
    """Words that are frequent enough to be weighed."""
    counts: Counter[str] = Counter()
    for sample in samples:
        counts.update(set(re.findall(r"(?<![\w'-])[a-z][a-z-]{2,}(?![\w-])", sample.text.decode("utf-8", "replace"))))
    return sorted(w for w, n in counts.items() if n >= LEAST_COUNT and w not in NOT_TELLING)


def table(scan: Scan, found: Sequence[Found]) -> csr_matrix:
    """One row a sentence: which words and kinds it holds, and how many parties (as flags)."""
    offsets = np.cumsum([0, *(len(f.parties) for f in found)])
    row = np.concatenate([f.sentence + o for f, o in zip(found, offsets, strict=False)])
    column = np.concatenate([f.token for f in found])
    told = csr_matrix((np.ones(len(row)), (row, column)), (offsets[-1], len(scan.tokens)))
    parties = np.minimum(np.concatenate([f.parties for f in found]), MOST_PARTIES)
    return hstack([told, csr_matrix(np.eye(MOST_PARTIES + 1)[parties][:, 1:])]).tocsr()


def fit_sentences(samples: Sequence[Sample]) -> dict[str, Any]:
    """Weights of words, kinds and parties for one sentence: first the words that tell are chosen, then all weighed."""
    chosen = candidates(samples)
    for strength in (0.15, None):
        scan = Scan(chosen)
        found = [scan(sample.text) for sample in samples]
        labels = np.concatenate([sentence_labels(s, f) for s, f in zip(samples, found, strict=True)])
        penalty = {"l1_ratio": 1.0, "C": strength} if strength else {"C": 0.3}
        model = LogisticRegression(solver="liblinear", max_iter=300, **penalty).fit(table(scan, found), labels)
        weights = model.coef_[0]
        words = sorted(zip(scan.tokens[len(KINDS) :], weights[len(KINDS) :], strict=False), key=lambda p: -abs(p[1]))
        chosen = sorted(word for word, weight in words[:MOST_WORDS] if abs(weight) > 0.01)
    bias = float(model.intercept_[0])
    parties = [bias, *(bias + weights[len(scan.tokens) :])]
    return {
        "words": {w: round(float(v), 2) for w, v in sorted(words)},
        "kinds": {k: round(float(v), 2) for k, v in zip(KINDS, weights, strict=False)},
        "parties": [round(float(v), 2) for v in parties],
    }


def fit_page(weights: dict[str, Any], samples: Sequence[Sample]) -> dict[str, Any]:
    """The weights with those of the page added, which are fitted on these samples."""
    scorer = Triage(weights | {"page": [0.0], "bias": 0.0, "least": 0.0})
    rows = np.array([page_features(scorer.sentence_logits(scorer.scan(s.text))) for s in samples])
    holds = np.array([s.holds for s in samples])
    model = LogisticRegression(class_weight="balanced", C=0.3, max_iter=1000).fit(rows, holds)
    page = [round(float(v), 3) for v in model.coef_[0]]
    return weights | {"page": page, "bias": round(float(model.intercept_[0]), 3), "least": 0.0}


def folds(samples: Sequence[Sample]) -> np.ndarray:
    """The fold of each sample; the forms of one page are in one fold."""
    names = {name: n for n, name in enumerate(sorted({s.name for s in samples}))}
    order = np.random.default_rng(7).permutation(len(names))
    return np.array([order[names[s.name]] % FOLDS for s in samples])


def fit(samples: Sequence[Sample]) -> dict[str, Any]:
    """All weights, from these samples."""
    return fit_page(fit_sentences(samples), samples)


def held_out(samples: Sequence[Sample], others: Sequence[Sequence[Sample]]) -> tuple[np.ndarray, list[np.ndarray]]:
    """The chance of each sample by weights that did not see its page, and of others by the mean of these weights."""
    part = folds(samples)
    chances = np.zeros(len(samples))
    told: list[list[list[float]]] = [[] for _ in others]
    for one in range(FOLDS):
        made = Triage(fit([s for s, p in zip(samples, part, strict=True) if p != one]))
        for n in np.flatnonzero(part == one):
            chances[n] = made.chance(samples[n].text)
        for group, lists in zip(others, told, strict=True):
            lists.append([made.chance(s.text) for s in group])
    return chances, [np.mean(lists, 0) for lists in told]


def report(name: str, chances: np.ndarray, least: float) -> None:
    """Print how many of some pages are let through."""
    passed = int((chances >= least).sum())
    print(f"{name}: {passed} of {len(chances)} let through ({passed / max(1, len(chances)):.3f})")


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = ap.parse_args().shared
    none, some = other_samples(shared)
    gold = gold_samples(gold_rows(shared, "train"))
    written = gold_samples(written_pages(Path(__file__).with_name("written")))
    samples = [*gold, *written, *none]
    chances, (dev, likely) = held_out(samples, [gold_samples(gold_rows(shared, "dev")), some])
    holds = np.array([s.holds for s in samples])
    least = round(float(np.quantile(chances[holds], 1 - KEPT, method="lower")) / MARGIN, 3)
    in_gold = np.arange(len(samples)) < len(gold)
    print(f"held out, coded from a chance of {least} on:")
    report("  gold pages with events", chances[holds & in_gold], least)
    report("  written pages with events", chances[holds & ~in_gold], least)
    report("  dev pages", dev, least)
    report("  pages of other topics", chances[~holds], least)
    report("  pages of other topics in which the coder finds a likely act", likely, least)
    weights = fit(samples) | {"least": least}
    WEIGHTS.write_text(json.dumps(weights, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
