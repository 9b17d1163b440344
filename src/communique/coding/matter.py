"""The matter of an act in a few exact words of the page: of the runs of words that may be it, the likeliest.

A small network looks at each piece of the passages that tell the act, by the encoder's vector and by where the piece
stands, and says how well a matter begins with it, holds it and ends with it; a run scores the sum. All passages of an
act are looked at together, so that the one that says most of the matter is taken. The weights, ``matter.npz`` of each
network, are made by ``training/matter.py``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from communique.coding.draft import Draft, parties_of
from communique.coding.heads import gelu
from communique.coding.labels import TYPE_INDEX
from communique.coding.matter_spans import LONGEST, Laid, lay
from communique.coding.matter_words import pointed, stands_alone
from communique.coding.quoting import quote
from communique.coding.scoring import ScoredPage
from communique.coding.windows import Sentence, piece_range

Array = np.ndarray
WEIGHTS = "matter.npz"
MOST = 3
"""At most so many passages of an act are looked at, the surest first."""
FEATURES = 14
NEAR, FAR = 3, 20
CONSULT = TYPE_INDEX["CONSULT"]
SOURCE, TARGET, OTHER = 8, 9, 10
LEAST = -1e9
TRIES = 12
_NONE, _BEYOND = np.zeros(1, np.float32), np.zeros(LONGEST, np.float32)


@dataclass(frozen=True, slots=True)
class Told:
    """An act of a type as one sentence tells it: the piece it turns on, the words that show it, who took part."""

    index: int
    type: int
    trigger: tuple[int, int]
    quote: tuple[int, int]
    sources: frozenset[str]
    targets: frozenset[str]
    main: bool


def told(page: ScoredPage, text: str, group: Sequence[Draft]) -> list[Told]:
    """The passages of an act that are looked at for its matter."""
    sources, targets = parties_of(group[0].sources), parties_of(group[0].targets)
    out = []
    for draft in group[:MOST]:
        words = quote(page, text, draft.sentence, draft.trigger)
        span, first = (words.start, words.end), draft is group[0]
        kind, parts = TYPE_INDEX[draft.type], (frozenset(sources), frozenset(targets))
        out.append(Told(draft.sentence, kind, draft.trigger, span, *parts, first))
    return out


@cache
def weights(folder: Path) -> dict[str, Array]:
    """The weights in the ``folder`` of a network, float32.

    ``views`` [H, D + 5] holds what leads from a piece's vector to the hidden layer, to the three scores of the piece
    itself, and to those of its neighbours.
    """
    with np.load(folder / WEIGHTS) as stored:
        w = {name: stored[name].astype(np.float32) for name in stored.files}
    joined = np.concatenate([w.pop("hidden"), w.pop("straight"), w.pop("near")], axis=1)
    return w | {"views": np.ascontiguousarray(w.pop("piece") @ joined)}


def matters(page: ScoredPage, text: str, groups: Sequence[Sequence[Draft]]) -> list[str | None]:
    """The matter of each act, which its drafts tell; None where no words of them are likely to say it."""
    asked = [told(page, text, group) for group in groups]
    passages = [one for each in asked for one in each]
    if not passages:
        return []
    laid = lay(page.sentences, sorted({one.index for one in passages}), text)
    rows = np.concatenate([np.arange(len(page.sentences[o.index].ids)) + laid.first[o.index] for o in passages])
    at = np.flatnonzero(laid.begins[rows])  # the pieces that a matter may begin with
    by_length = weights(page.network.folder)["length"]
    runs = np.where(laid.may[rows[at]], _sums(_judged(page, laid, passages, rows), at) + by_length, -np.inf)
    counts = np.cumsum([0, *[sum(len(page.sentences[one.index].ids) for one in each) for each in asked]])
    cuts = np.searchsorted(at, counts).tolist()
    found = zip(asked, counts.tolist(), cuts, cuts[1:], strict=False)
    return [_likeliest(page, each, runs[low:high], at[low:high] - first, text) for each, first, low, high in found]


def _judged(page: ScoredPage, laid: Laid, passages: Sequence[Told], rows: Array) -> Array:
    """How well a matter begins with each piece of the passages, holds it, and ends with it [N, 3]."""
    w = weights(page.network.folder)
    between = np.zeros((1, len(w["views"])), np.float32)
    parts = chain.from_iterable([(page.pieces(index), between) for index in laid.first])
    seen = np.concatenate(list(parts)) @ w["views"]
    views, width = seen[rows], w["act"].shape[1]
    acts = np.array([page.vector(one.index, one.type) for one in passages]) @ w["act"]
    acts += w["kind"][[one.type for one in passages]]
    hidden = features(page, laid, passages, rows) @ w["feature"]
    hidden += views[:, :width]
    hidden += np.repeat(acts, [len(page.sentences[one.index].ids) for one in passages], axis=0)
    judged = gelu(hidden) @ w["out"]
    judged += views[:, width : width + 3]
    judged[1:, 0] += views[:-1, width + 3]
    judged[:-1, 2] += views[1:, width + 4]
    return judged


def _sums(judged: Array, at: Array) -> Array:
    """The score [len(at), LONGEST] of each run that begins with one of the pieces ``at``.

    It is how well this begins it, all are in it, and its last ends it; how long it is counts apart.
    """
    begin, inside, end = judged.T
    total = np.concatenate([_NONE, np.cumsum(inside), _BEYOND])
    runs = sliding_window_view(total[1:], LONGEST)[at]
    runs += (begin - total[: len(begin)])[at, None]
    runs += sliding_window_view(np.concatenate([end, _BEYOND]), LONGEST)[at]
    return runs


def features(page: ScoredPage, laid: Laid, passages: Sequence[Told], rows: Array) -> Array:
    """What is told of each piece [N, FEATURES] beside its vector: its place from the act, and whose name it is in."""
    counts = [len(page.sentences[one.index].ids) for one in passages]
    firsts = np.cumsum([0, *counts[:-1]])
    out = np.zeros((FEATURES, len(rows)), np.float32)
    looked = np.concatenate([page.looked[one.index][:, one.type] for one in passages])
    turns = [piece_range(page.sentences[one.index].offsets, *one.trigger)[0] for one in passages]
    each = np.array([(one.quote[0], one.quote[1], one.main, turn) for one, turn in zip(passages, turns, strict=True)])
    each[:, 3] += firsts
    opens, closes, main, turn = np.repeat(each, counts, axis=0).T
    starts, away = laid.starts[rows], np.arange(len(rows)) - turn
    np.concatenate([page.quoted[one.index] for one in passages], out=out[0])
    out[1] = (starts >= opens) & (starts < closes)
    out[2] = np.maximum(looked - np.repeat(np.maximum.reduceat(looked, firsts), counts), -10) / 10
    out[3], out[4], out[5] = away == 0, away < 0, np.minimum(np.maximum(away, -FAR), FAR) / FAR
    out[6], out[7] = (away > 0) & (away <= NEAR), (away > NEAR) & (away <= 8)
    for one, at in zip(passages, firsts.tolist(), strict=True):
        sentence = page.sentences[one.index]
        for mention, (first, last) in zip(sentence.mentions, sentence.runs, strict=True):
            out[_part(mention.parties, one), at + first : at + last] = 1
            if mention.via == "pronoun":
                out[11, at + first : at + last] = 1
    out[12], out[13] = laid.capital[rows], main
    return out.T


def _part(parties: frozenset[str], told: Told) -> int:
    if not parties.isdisjoint(told.sources):
        return SOURCE
    return OTHER if parties.isdisjoint(told.targets) else TARGET


def names_a_party(sentence: Sentence, told: Told, first: int, last: int) -> bool:
    """Whether the pieces of a run hold no more than a party's name, but for what talks are on ("talks on Syria"), or
    begin with whoever acts ("Norway rejects")."""
    for mention, (start, end) in zip(sentence.mentions, sentence.runs, strict=True):
        if start - 1 <= first < end:
            part = _part(mention.parties, told)
            if last <= end and (part != OTHER or told.type != CONSULT):
                return True
            if part == SOURCE and not mention.adjective and first <= start and end < last and _apart(sentence, end):
                return True
    return False


def _apart(sentence: Sentence, piece: int) -> bool:
    """Whether a blank stands before a piece."""
    return sentence.offsets[piece][0] > sentence.offsets[piece - 1][1]


def _likeliest(page: ScoredPage, told: Sequence[Told], scores: Array, at: Array, text: str) -> str | None:
    """The words of the run that scores best; of the next where those are none that stand alone."""
    ends = np.cumsum([len(page.sentences[one.index].ids) for one in told]).tolist()
    for _ in range(TRIES if len(at) else 0):
        row, length = divmod(int(scores.argmax()), LONGEST)
        if not scores[row, length] > LEAST:
            break
        number = bisect_right(ends, int(at[row]))
        one = told[number]
        sentence = page.sentences[one.index]
        first = int(at[row]) - ends[number] + len(sentence.ids)
        start, end = sentence.offsets[first][0], sentence.offsets[first + length][1]
        words = text[start : end + pointed(text, start, end)]
        if _may_stand(words, one) and not names_a_party(sentence, one, first, first + length + 1):
            return words
        scores[row, length] = -np.inf
    return None


def _may_stand(words: str, told: Told) -> bool:
    """Whether words can be the matter by themselves; one name by itself is only what talks are on."""
    return stands_alone(words) and (told.type == CONSULT or not (words[0].isupper() and words.isalpha()))
