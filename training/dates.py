"""Trains the chooser of event dates on gold pages, and measures it by cross-validation and on dev.

    python -m training.dates ../shared [--save] [--misses N]

A candidate is right where it equals the gold date; only where none does, where it says the
same at gold's precision (the evaluation's rule). So the chooser learns the codebook's grain
(the month of publication for undated news) and not to win by being finer than the page.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from communique.coding.dating.candidates import SLOTS, Candidate, DatedPage, Span, candidates
from communique.coding.dating.chooser import WEIGHTS, best_value, context_of, cue_rows
from communique.coding.dating.cues import ACT_CUES, CANDIDATE_CUES, lower_words
from communique.coding.sentences import sentences

HIDDEN, EPOCHS, BATCH, RATE, DECAY, DROP = 48, 14, 64, 2e-3, 3e-3, 0.3
RARE = 12
"""A word counts where at least this many quotes have it."""


@dataclass
class Case:
    """A gold event with its candidates: rows for the network and which of them are right."""

    doc: str
    gold: str | None
    options: list[Candidate]
    page: DatedPage
    quote: Span
    kind: str
    status: str

    def right(self) -> np.ndarray:
        """Which candidates equal the gold date, or else say the same at its precision."""
        exact = np.asarray([one.value == self.gold for one in self.options])
        return exact if exact.any() else np.asarray([same_date(self.gold, one.value) for one in self.options])


def same_date(gold: str | None, said: str | None) -> bool:
    """The evaluation's rule: right where the date says what gold's says at gold's precision."""
    if gold is None or said is None:
        return gold is said
    return said.startswith(gold) or gold.split("/")[0] == said.split("/")[0]


def read(path: Path) -> list[Case]:
    """The events of a gold file whose quotes are found on their pages."""
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        text = (path.parent / path.stem / gold["text_file"]).read_text(encoding="utf-8")
        page = DatedPage.of(text, sentences(text, own_lines(text, gold)), gold["published"])
        cases += [case for event in gold["events"] if (case := case_of(gold["doc"], page, event))]
    return cases


def own_lines(text: str, gold: dict) -> list[Span]:
    """The ranges of a gold page's title and body lines, in order."""
    spans, start, body = [], 0, set(gold["body_lines"])
    for number, line in enumerate(text.split("\n")):
        if line.strip() and (number in body or line.strip() == gold["title"]):
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def case_of(doc: str, page: DatedPage, event: dict) -> Case | None:
    """One gold event as a case; None where its quote is not on the page."""
    start = page.text.find(event["quote"])
    if start < 0:
        return None
    quote = (start, start + len(event["quote"]))
    options = candidates(page, quote, event["status"])
    return Case(doc, event["date"], options, page, quote, event["type"], event["status"])


def vocabulary(cases: list[Case]) -> dict[str, int]:
    """The words that enough quotes have, in alphabetical order."""
    seen = Counter(w for c in cases for w in set(lower_words(c.page.text[c.quote[0] : c.quote[1]])))
    return {word: i for i, word in enumerate(sorted(w for w, n in seen.items() if n >= RARE))}


@dataclass
class Arrays:
    """Cases as padded arrays: cues (n, k, c), contexts (n, d), slots, masks and right candidates (n, k)."""

    cues: np.ndarray
    context: np.ndarray
    slots: np.ndarray
    mask: np.ndarray
    right: np.ndarray


def arrays(cases: list[Case], words: dict[str, int]) -> Arrays:
    """Lay the cases out for training."""
    most = max(len(c.options) for c in cases)
    out = Arrays(
        np.zeros((len(cases), most, CANDIDATE_CUES), np.float32),
        np.zeros((len(cases), ACT_CUES + len(words)), np.float32),
        np.zeros((len(cases), most), np.int64),
        np.zeros((len(cases), most), bool),
        np.zeros((len(cases), most), np.float32),
    )
    for i, case in enumerate(cases):
        n = len(case.options)
        out.cues[i, :n] = cue_rows(case.page, case.quote, case.options)
        out.context[i] = context_of(case.page, case.quote, case.kind, case.status, case.options, words)
        out.slots[i, :n] = [SLOTS.index(one.slot) for one in case.options]
        out.mask[i, :n], out.right[i, :n] = True, case.right()
    return out


def start_weights(context: int, seed: int) -> dict[str, np.ndarray]:
    """Small random weights."""
    random = np.random.default_rng(seed)
    return {
        "cue": random.normal(0, 0.1, (CANDIDATE_CUES, HIDDEN)).astype(np.float32),
        "context": random.normal(0, 0.05, (context, HIDDEN)).astype(np.float32),
        "bias": np.zeros(HIDDEN, np.float32),
        "out": random.normal(0, 0.1, HIDDEN).astype(np.float32),
        "skip": np.zeros(CANDIDATE_CUES, np.float32),
        "slot": np.zeros((len(SLOTS), context), np.float32),
    }


def forward(
    w: dict[str, np.ndarray], data: Arrays, rows: np.ndarray, drop: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """Hidden layer (b, k, h) and chances (b, k) of some cases."""
    cues, context = data.cues[rows], data.context[rows]
    hidden = np.maximum(cues @ w["cue"] + (context @ w["context"] + w["bias"])[:, None, :], 0.0)
    if drop is not None:
        hidden = hidden * drop
    slot = np.take_along_axis(context @ w["slot"].T, data.slots[rows], axis=1)
    score = np.where(data.mask[rows], hidden @ w["out"] + cues @ w["skip"] + slot, -1e9)
    chance = np.exp(score - score.max(axis=1, keepdims=True))
    return hidden, chance / chance.sum(axis=1, keepdims=True)


def gradients(w: dict[str, np.ndarray], data: Arrays, rows: np.ndarray, drop: np.ndarray) -> dict[str, np.ndarray]:
    """Gradients of minus the log chance that a right candidate is chosen."""
    hidden, chance = forward(w, data, rows, drop)
    good = chance * data.right[rows]
    error = (chance - good / np.maximum(good.sum(axis=1, keepdims=True), 1e-9)) / len(rows)
    back = error[:, :, None] * w["out"] * drop * (hidden > 0)
    per_slot = np.zeros((len(rows), len(SLOTS)), np.float32)
    np.add.at(per_slot, (np.arange(len(rows))[:, None], data.slots[rows]), error)
    cues, context = data.cues[rows], data.context[rows]
    return {
        "cue": np.einsum("bkc,bkh->ch", cues, back, optimize=True),
        "context": context.T @ back.sum(axis=1),
        "bias": back.sum(axis=(0, 1)),
        "out": np.einsum("bkh,bk->h", hidden, error, optimize=True),
        "skip": np.einsum("bkc,bk->c", cues, error, optimize=True),
        "slot": per_slot.T @ context,
    }


def train(data: Arrays, seed: int = 0) -> dict[str, np.ndarray]:
    """Fit the network with AdamW; cases with no right candidate teach nothing and are left out."""
    random = np.random.default_rng(seed)
    weights = start_weights(data.context.shape[1], seed)
    first = {k: np.zeros_like(v) for k, v in weights.items()}
    second = {k: np.zeros_like(v) for k, v in weights.items()}
    usable, step = np.flatnonzero(data.right.sum(axis=1) > 0), 0
    for epoch in range(EPOCHS):
        rate = RATE * (1 - epoch / EPOCHS)
        order = random.permutation(usable)
        for at in range(0, len(order), BATCH):
            rows, step = order[at : at + BATCH], step + 1
            drop = (random.random((len(rows), 1, HIDDEN)) > DROP).astype(np.float32) / (1 - DROP)
            for name, slope in gradients(weights, data, rows, drop).items():
                first[name] = 0.9 * first[name] + 0.1 * slope
                second[name] = 0.999 * second[name] + 0.001 * slope**2
                move = first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
                weights[name] = weights[name] - rate * (move + 10 * DECAY * weights[name])
    return weights


def ensemble(data: Arrays, seeds: int) -> list[dict[str, np.ndarray]]:
    """Several networks that differ by their random start."""
    return [train(data, seed) for seed in range(seeds)]


def choose(models: list[dict[str, np.ndarray]], cases: list[Case], data: Arrays) -> list[str | None]:
    """The dates that the networks choose together."""
    rows = np.arange(len(cases))
    chances = np.mean([forward(w, data, rows, None)[1] for w in models], axis=0)
    return [best_value(c.options, p[: len(c.options)]).value for c, p in zip(cases, chances, strict=True)]


def report(name: str, cases: list[Case], said: list[str | None]) -> None:
    """Print shares right: of dated, of all, exactly equal, and of those with a right candidate at all."""
    ok = [same_date(c.gold, s) for c, s in zip(cases, said, strict=True)]
    dated = [o for c, o in zip(cases, ok, strict=True) if c.gold is not None]
    none = [o for c, o in zip(cases, ok, strict=True) if c.gold is None]
    exact = sum(c.gold == s for c, s in zip(cases, said, strict=True))
    reach = sum(any(same_date(c.gold, one.value) for one in c.options) for c in cases)
    share = lambda part: f"{sum(part) / max(1, len(part)):.3f} of {len(part)}"  # noqa: E731
    print(f"{name}: dated {share(dated)}, undated {share(none)}, all {share(ok)}, "
          f"exactly equal {exact / len(cases):.3f}, within reach {reach / len(cases):.3f}")  # fmt: skip


def cross_validate(cases: list[Case], folds: int = 5, seeds: int = 1) -> list[str | None]:
    """Dates chosen for every case by networks trained on the other pages."""
    docs = sorted({c.doc for c in cases})
    fold = {doc: i % folds for i, doc in enumerate(np.random.default_rng(7).permutation(docs))}
    said: list[str | None] = [None] * len(cases)
    for held in range(folds):
        rest = [c for c in cases if fold[c.doc] != held]
        test = [(i, c) for i, c in enumerate(cases) if fold[c.doc] == held]
        words = vocabulary(rest)
        models = ensemble(arrays(rest, words), seeds)
        chosen = choose(models, [c for _, c in test], arrays([c for _, c in test], words))
        for (i, _), value in zip(test, chosen, strict=True):
            said[i] = value
    return said


def show_misses(cases: list[Case], said: list[str | None], count: int) -> None:
    """Print cases chosen wrong, for reading."""
    wrong = [(c, s) for c, s in zip(cases, said, strict=True) if not same_date(c.gold, s)]
    for case, value in wrong[:: max(1, len(wrong) // max(1, count))][:count]:
        a, b = case.quote
        context = case.page.text[max(0, a - 90) : a] + "[[" + case.page.text[a:b] + "]]" + case.page.text[b : b + 60]
        print(case.doc, case.page.published, case.kind, case.status, "gold", case.gold, "said", value,
              [one.value for one in case.options if one.mention], "|", context.replace("\n", "¶"))  # fmt: skip


def main() -> None:
    """Cross-validate on train, then fit on all of train and measure on dev."""
    parser = argparse.ArgumentParser(description="Train the chooser of event dates.")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--save", action="store_true")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--folds", type=int, default=5, help="0 leaves cross-validation out")
    args = parser.parse_args()
    cases, dev = read(args.shared / "gold" / "train.jsonl"), read(args.shared / "gold" / "dev.jsonl")
    if args.folds:
        said = cross_validate(cases, args.folds)
        report(f"train, {args.folds}-fold by page", cases, said)
        show_misses(cases, said, args.misses)
    words = vocabulary(cases)
    model = train(arrays(cases, words))
    report("dev", dev, choose([model], dev, arrays(dev, words)))
    if args.save:
        saved = {name: value.astype(np.float16) for name, value in model.items()}
        np.savez_compressed(WEIGHTS, vocabulary=np.asarray(sorted(words)), **saved)


if __name__ == "__main__":
    main()
