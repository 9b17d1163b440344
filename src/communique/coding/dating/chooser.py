"""Chooses the date of an act among the candidates: a small network trained on gold pages.

The weights, ``dates.npz`` of each network, are made by ``training/dates.py``. A candidate's
score is one hidden layer over its own cues, the act's cues and the words of the quote, plus
a linear part for each slot; scores of one act's candidates are turned into chances together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path

import numpy as np

from communique.coding.dating.candidates import Candidate, DatedPage, Slot, Span, candidates
from communique.coding.dating.cues import WORD_CUES, act_row, quote_of, words_row
from communique.coding.dating.table import SLOT, candidate_table
from communique.coding.dating.turning import ACT_TURN_CUES, act_turn_cues
from communique.coding.pieces import MODEL
from communique.coding.say import say

FINER = 0.12
"""The chance from which a date said near the act is taken for finer than a coarse one it lies in."""
SAID: frozenset[Slot] = frozenset(("inside", "near", "next"))
Words = Callable[[int, int], np.ndarray]
WEIGHTS = "dates.npz"


@dataclass(frozen=True, slots=True)
class Rows:
    """Candidates of A acts in a row, N in all: ``cues`` [N, C], ``slots`` and ``owner`` (the number of its act) [N].

    ``contexts`` [A, K] and ``acts`` [A, H] are of the acts; ``columns`` [K] tells which of all cues and words of the
    vocabulary the contexts hold: those that the page has. ``seen`` [M, H] are the vectors of the candidates' words,
    zeros for what the encoder has not read, and ``place`` [N] the number of each candidate's: many share a mention.
    """

    cues: np.ndarray
    slots: np.ndarray
    owner: np.ndarray
    contexts: np.ndarray
    columns: list[int]
    acts: np.ndarray
    seen: np.ndarray
    place: np.ndarray


@dataclass(frozen=True, slots=True)
class Asked:
    """An act to be dated: the range of its words, its type, its status, and the vector of it [H], if any.

    ``others`` are the further passages that tell the act, ``trigger`` the word that the act turns on.
    """

    quote: Span
    kind: str
    status: str = "actual"
    vector: np.ndarray | None = None
    others: tuple[Asked, ...] = ()
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class Chooser:
    """The weights: ``vocabulary`` of words of the quote and the arrays of the network.

    ``told`` holds what leads on from the cues of an act and the words of its quote, to the hidden layer and the slots.
    """

    vocabulary: dict[str, int]
    arrays: dict[str, np.ndarray]
    told: np.ndarray

    @property
    def width(self) -> int:
        """The dimensions H of the vectors that it is shown."""
        return int(self.arrays["act.weight"].shape[1])

    def scores(self, asked: Rows) -> np.ndarray:
        """The score [M, N] of each candidate by each of the M networks, one after the other along the weights' axis."""
        a = self.arrays
        act, each = (np.maximum(x @ a[w], 0.0) for x, w in ((asked.acts, "act.weight"), (asked.seen, "seen.weight")))
        width, hidden_width = act.shape[2], a["context.weight"].shape[2]
        told = asked.contexts @ self.told[:, asked.columns]
        fixed = told[..., :hidden_width] + a["cue.bias"][:, None] + act @ a["view.weight"][:, :width]
        view = each @ a["view.weight"][:, width:]
        hidden = np.maximum(asked.cues @ a["cue.weight"] + fixed[:, asked.owner] + view[:, asked.place], 0.0)
        slot = told[..., hidden_width:][:, asked.owner, asked.slots]
        return np.asarray((hidden @ a["out.weight"] + asked.cues @ a["skip.weight"])[..., 0] + slot)

    def chances(self, asked: Rows) -> list[np.ndarray]:
        """The chances [K] of each act's candidates: the mean of the networks'."""
        first = np.concatenate([[0], np.cumsum(np.bincount(asked.owner, minlength=len(asked.acts)))[:-1]])
        scores = self.scores(asked)
        powers = np.exp(scores - np.maximum.reduceat(scores, first, axis=1)[:, asked.owner])
        each = (powers / np.add.reduceat(powers, first, axis=1)[:, asked.owner]).mean(0)
        return np.split(each, first[1:])


@cache
def load(folder: Path = MODEL) -> Chooser:
    """The chooser in the folder of a network. Raises FileNotFoundError where the weights are missing."""
    with np.load(folder / WEIGHTS, allow_pickle=False) as saved:
        arrays = {name: saved[name].astype(np.float32) for name in saved.files if name != "vocabulary"}
        words = [str(word) for word in saved["vocabulary"]]
    told = np.concatenate([arrays["context.weight"], arrays["slot.weight"]], 2)
    return Chooser({word: i for i, word in enumerate(words)}, arrays, told)


def context_of(page: DatedPage, act: Asked, options: list[Candidate], vocabulary: Mapping[str, int]) -> np.ndarray:
    """The cues of an act and the words of its quote as one row."""
    contexts, columns = _contexts(page, [(act, options)], vocabulary)
    row = np.zeros(ACT_CUES + len(vocabulary), np.float32)
    row[columns] = contexts[0]
    return row


def _contexts(
    page: DatedPage, asked: Sequence[tuple[Asked, list[Candidate]]], vocabulary: Mapping[str, int]
) -> tuple[np.ndarray, list[int]]:
    """The cues of the acts and the words of their quotes [A, K], and which of all cues and words the K are."""
    kept = {(act.quote, len(options)): options for act, options in asked}
    place = {key: i for i, key in enumerate(kept)}  # the candidates of the same words differ by planned acts' alone
    words = [[vocabulary[w] for w in quote_of(page, quote).small if w in vocabulary] for quote, _ in kept]
    known = sorted({number for some in words for number in some})
    column = {number: i for i, number in enumerate(known)}
    told = np.zeros((len(kept), WORD_CUES + len(known)), np.float32)
    told[:, :WORD_CUES] = [words_row(page, quote, options) for (quote, _), options in kept.items()]
    for row, some in zip(told, words, strict=True):
        row[[WORD_CUES + column[number] for number in some]] = 1.0
    rows = [act_row(act.kind, act.status) + act_turn_cues(page, act.trigger) for act, _ in asked]
    of_words = told[[place[act.quote, len(options)] for act, options in asked]]
    columns = [*range(ACT_CUES), *(ACT_CUES + number for number in known)]
    return np.concatenate([np.array(rows, np.float32), of_words], 1), columns


ACT_CUES = len(act_row("", "")) + ACT_TURN_CUES + WORD_CUES


def seen_of(options: Sequence[Candidate], words: Words | None, width: int) -> np.ndarray:
    """The encoder's vectors [N, H] of the candidates' words; zeros for those without, or that nobody has read."""
    blank = np.zeros(width, np.float32)
    seen = words or (lambda _start, _end: blank)
    return np.array([seen(one.mention.start, one.mention.end) if one.mention else blank for one in options])


def event_dates(
    page: DatedPage, acts: Sequence[Asked], words: Words | None = None, folder: Path = MODEL
) -> list[tuple[str | None, str]]:
    """The date of each act, and how it was chosen.

    ``words`` gives the vector of a range of the page by the network of the ``folder``, whose chooser is asked. The date
    follows the codebook: the finest that the page supports, the month of publication for current news without a date,
    None for what has no date.
    """
    if not page.sentences or not acts:
        return [(None, "no date on the page") for _ in acts]
    told = [one for act in acts for one in (act, *act.others)]
    chooser, options = load(folder), [candidates(page, one.quote, one.status, one.trigger) for one in told]
    chances = chooser.chances(_rows(page, told, options, chooser, words))
    found, first = [], 0
    for act in acts:
        last = first + 1 + len(act.others)
        found.append(best_value(*_pooled(options[first:last], chances[first:last])))
        first = last
    return [(one.value, how(one)) for one in found]


def _pooled(options: Sequence[list[Candidate]], chances: Sequence[np.ndarray]) -> tuple[list[Candidate], np.ndarray]:
    """The candidates of all passages of an act, by what each has to ``say``."""
    parts = [share * each for share, each in zip(say(len(chances)), chances, strict=True)]
    return [one for some in options for one in some], np.concatenate(parts)


def _rows(
    page: DatedPage,
    acts: Sequence[Asked],
    options: Sequence[list[Candidate]],
    chooser: Chooser,
    words: Words | None,
) -> Rows:
    pairs, blank = list(zip(acts, options, strict=True)), np.zeros(chooser.width, np.float32)
    flat = [one for some in options for one in some]
    distinct = list({id(one.mention): one for one in flat}.values())
    place = {id(one.mention): i for i, one in enumerate(distinct)}
    return Rows(
        candidate_table(page, [((act.quote, act.trigger), some) for act, some in pairs]),
        np.array([SLOT[one.slot] for one in flat]),
        np.repeat(np.arange(len(acts)), [len(some) for some in options]),
        *_contexts(page, pairs, chooser.vocabulary),
        np.array([blank if act.vector is None else act.vector for act in acts]),
        seen_of(distinct, words, chooser.width),
        np.array([place[id(one.mention)] for one in flat]),
    )


def best_value(options: Sequence[Candidate], chances: np.ndarray) -> Candidate:
    """The candidate whose value, with all candidates of the same value, is most likely.

    A date that words of the page give, and that is likely enough, counts for the coarser ones it lies in too: the
    codebook wants the finest that the page supports.
    """
    total: dict[str | None, float] = {}
    likely = chances.tolist()
    for one, chance in zip(options, likely, strict=True):
        total[one.value] = total.get(one.value, 0.0) + chance
    finer = dict(total)
    for value in {one.value for one in options if one.value and one.slot in SAID}:
        if total[value] >= FINER:
            finer[value] += sum([total[whole] for whole in (value[:4], value[:7]) if whole != value and whole in total])
    top = max(finer, key=finer.__getitem__)
    return max([pair for pair in zip(options, likely, strict=True) if pair[0].value == top], key=itemgetter(1))[0]


def how(one: Candidate) -> str:
    """In words, what a chosen date rests on."""
    where = {"inside": "said with the act", "near": "said before", "next": "said after", "lead": "the page's first day"}
    if one.mention is not None:
        return f"{where[one.slot]} ({one.mention.kind}: {one.mention.how})"
    return "no date" if one.slot == "none" else f"publication {one.slot}"
