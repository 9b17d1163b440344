"""Chooses the date of an act among the candidates: a small network trained on gold pages.

The weights are made by ``training/dates.py`` and shipped as ``chooser.npz``. A candidate's
score is one hidden layer over its own cues, the act's cues and the words of the quote, plus
a linear part for each slot; scores of one act's candidates are turned into chances together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from communique.coding.dating.candidates import SLOTS, Candidate, DatedPage, Span, candidates, lead_day
from communique.coding.dating.cues import act_row, candidate_row, lower_words, names_in
from communique.coding.heads import softmax

WIDTH = 384
Words = Callable[[int, int], np.ndarray]


def unseen(_start: int, _end: int) -> np.ndarray:
    """The vector of words that no encoder has read."""
    return np.zeros(WIDTH, np.float32)


WEIGHTS = Path(__file__).parent / "chooser.npz"


@dataclass(frozen=True, slots=True)
class Chooser:
    """The weights: ``vocabulary`` of words of the quote and the arrays of the network."""

    vocabulary: dict[str, int]
    arrays: dict[str, np.ndarray]

    def chances(self, cues: np.ndarray, context: np.ndarray, slots: np.ndarray, seen: np.ndarray) -> np.ndarray:
        """Chances [N] of an act's candidates: cues [N, C], context [D], slot numbers [N].

        The chances are the mean of several networks', one after the other along the first axis of the weights.
        ``seen`` [1 + N, H] holds the vectors of the act and of each candidate, zeros for what the encoder has not read.
        """
        a, members = self.arrays, len(self.arrays["cue.bias"])
        act, each = seen[:1] @ a["act.weight"], seen[1:] @ a["seen.weight"]
        views = np.concatenate([np.broadcast_to(act, (members, each.shape[1], act.shape[2])), each], 2)
        fixed = (context @ a["context.weight"] + a["cue.bias"])[:, None]
        hidden = np.maximum(cues @ a["cue.weight"] + fixed + np.maximum(views, 0.0) @ a["view.weight"], 0.0)
        own = (hidden @ a["out.weight"] + cues @ a["skip.weight"])[..., 0]
        score = own + (context @ a["slot.weight"])[:, slots]
        return np.asarray(softmax(score).mean(0))


@cache
def load(path: Path = WEIGHTS) -> Chooser:
    """The shipped chooser. Raises FileNotFoundError where the weights are missing."""
    with np.load(path, allow_pickle=False) as saved:
        arrays = {name: saved[name].astype(np.float32) for name in saved.files if name != "vocabulary"}
        words = [str(word) for word in saved["vocabulary"]]
    return Chooser({word: i for i, word in enumerate(words)}, arrays)


def context_of(
    page: DatedPage, quote: Span, kind: str, status: str, options: list[Candidate], vocabulary: Mapping[str, int]
) -> np.ndarray:
    """The cues of an act and the words of its quote as one row."""
    bag = np.zeros(len(vocabulary), dtype=np.float32)
    for word in lower_words(page.text[quote[0] : quote[1]]):
        if word in vocabulary:
            bag[vocabulary[word]] = 1.0
    return np.concatenate([np.asarray(act_row(page, quote, kind, status, options), dtype=np.float32), bag])


def cue_rows(page: DatedPage, quote: Span, options: list[Candidate]) -> np.ndarray:
    """The cues of the candidates, one row each."""
    names, lead = names_in(page, quote), lead_day(page)
    value = lead.value if lead else None
    return np.asarray([candidate_row(page, one, quote, names, value) for one in options], dtype=np.float32)


def seen_of(options: Sequence[Candidate], words: Words) -> np.ndarray:
    """The encoder's vectors [N, H] of the candidates' words; zeros for those without."""
    blank = np.zeros(WIDTH, np.float32)
    return np.stack([words(one.mention.start, one.mention.end) if one.mention else blank for one in options])


def event_date(
    page: DatedPage,
    quote: Span,
    kind: str,
    status: str = "actual",
    vector: np.ndarray | None = None,
    words: Words = unseen,
) -> tuple[str | None, str]:
    """The date of the act that ``quote`` shows, and how it was chosen.

    ``kind`` is the event type and ``status`` its status, by the codebook; ``vector`` is the encoder's of the act, and
    ``words`` gives its vector of a range of the page. The date follows the codebook: the finest that the page supports,
    the month of publication for current news without a date, None for what has no date.
    """
    if not page.sentences:
        return (None, "no date on the page")
    options = candidates(page, quote, status)
    chooser = load()
    context = context_of(page, quote, kind, status, options, chooser.vocabulary)
    slots = np.asarray([SLOTS.index(one.slot) for one in options])
    act = np.zeros(WIDTH, np.float32) if vector is None else vector
    seen = np.concatenate([act[None], seen_of(options, words)])
    chances = chooser.chances(cue_rows(page, quote, options), context, slots, seen)
    best = best_value(options, chances)
    return (best.value, how(best))


def best_value(options: Sequence[Candidate], chances: np.ndarray) -> Candidate:
    """The candidate whose value, with all candidates of the same value, is most likely."""
    total: dict[str | None, float] = {}
    for one, chance in zip(options, chances, strict=True):
        total[one.value] = total.get(one.value, 0.0) + float(chance)
    top = max(total, key=lambda value: total[value])
    return max((pair for pair in zip(options, chances, strict=True) if pair[0].value == top), key=lambda p: p[1])[0]


def how(one: Candidate) -> str:
    """In words, what a chosen date rests on."""
    where = {"inside": "said with the act", "near": "said before", "next": "said after", "lead": "the page's first day"}
    if one.mention is not None:
        return f"{where[one.slot]} ({one.mention.kind}: {one.mention.how})"
    return "no date" if one.slot == "none" else f"publication {one.slot}"
