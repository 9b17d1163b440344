"""What the role and pair scorers are told beside the encoder's vectors: where a party stands, and what it is."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from math import log1p

import numpy as np

from communique.actor import Mention
from communique.coding.windows import KINDS, VIAS, Sentence

BEFORE, AFTER = 3, 1
"""How many sentences before and after the act's own a party is looked for (the title besides)."""


def within_reach(sentences: Sequence[Sentence], index: int, place: int) -> bool:
    """Whether a party of sentence ``place`` may play a part in an act told in sentence ``index``."""
    return index - BEFORE <= place <= index + AFTER or (place == 0 and sentences[0].title)


def candidates(sentences: Sequence[Sentence], index: int, inside: Collection[int]) -> list[tuple[int, Mention]]:
    """The mentions that may play a part in an act told in sentence ``index``: (sentence, mention), in text order.

    ``inside`` holds the sentences that the window has vectors for.
    """
    return [(i, m) for i in sorted(inside) if within_reach(sentences, index, i) for m in sentences[i].mentions]


def counts(sentences: Sequence[Sentence]) -> Counter[str]:
    """How often each party is mentioned on the page."""
    return Counter(m.id for s in sentences for m in s.mentions)


def role_features(
    sentences: Sequence[Sentence], index: int, trigger: int, place: int, mention: Mention, frequency: Counter[str]
) -> list[float]:
    """Where ``mention`` of sentence ``place`` stands from the act at character ``trigger`` of sentence ``index``.

    The first ``PLACED`` tell of the place, the rest of the mention (see ``traits``); ``CROWD`` is set in the act's own
    sentence alone.
    """
    siblings = sentences[index].mentions
    if place != index:
        return elsewhere(index - place, sentences[place].title) + traits(mention, frequency)
    row = beside(siblings, [m.start for m in siblings], trigger, mention) + traits(mention, frequency)
    row[CROWD] = crowd(siblings)
    return row


def elsewhere(back: int, title: bool) -> list[float]:
    """Where the mentions of a sentence, perhaps the title, stand from an act told ``back`` sentences after it."""
    return [
        0.0,
        float(title),
        float(back == 1),
        float(back == 2),
        float(back > 2 and not title),
        float(back < 0),
        *_NOT_BESIDE,
    ]


def beside(siblings: Sequence[Mention], starts: Sequence[int], trigger: int, mention: Mention) -> list[float]:
    """Where one of the mentions of a sentence, in text order, stands from an act at character ``trigger`` of it.

    ``starts`` are the mentions' first characters.
    """
    distance = mention.start - trigger
    low, high = min(mention.end, trigger), max(mention.start, trigger)
    between = bisect_left(starts, high) - bisect_left(starts, low)
    return [
        *_SAME,
        distance < 0,
        distance >= 0,
        distance < 0 and not between,
        distance >= 0 and not between,
        min(between, 4) / 4.0,
        min(abs(distance), 200) / 200.0,
        siblings[0] is mention,
    ]


def traits(mention: Mention, frequency: Counter[str]) -> list[float]:
    """What is the same of a mention for whichever act is asked about."""
    often = min(frequency[mention.id], 20) / 20.0
    return [float(mention.adjective), often, 0.0, *_KIND[mention.kind], *_VIA[mention.via]]


def told_of(mentions: Sequence[Mention], frequency: Counter[str]) -> np.ndarray:
    """The features [M, F] of mentions as ``role_features`` has them, where the place from the act is left open.

    What depends on the sort of mention alone is looked up: there are few sorts.
    """
    told = np.zeros((len(mentions), ROLE_FEATURES), np.float32)
    if mentions:
        np.concatenate([_sort(m.adjective, m.kind, m.via) for m in mentions], out=told.reshape(-1))
        told[:, PLACED + 1] = [min(frequency[m.id], 20) / 20.0 for m in mentions]
    return told


@cache
def _sort(adjective: bool, kind: str, via: str) -> np.ndarray:
    """The row [F] of a sort of mention: nothing of its place, nor of how often its party is named."""
    return np.array([*[0.0] * PLACED, float(adjective), 0.0, 0.0, *_KIND[kind], *_VIA[via]], np.float32)


def crowd(siblings: Sequence[Mention]) -> float:
    """How many parties the act's own sentence names."""
    return log1p(len(siblings)) / 3.0


PLACED = 13
CROWD = PLACED + 2
_NOT_BESIDE = (0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0)
_SAME = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def _one_hot(names: Sequence[str]) -> defaultdict[str, list[float]]:
    table = {name: [float(name == other) for other in names] for name in names}
    return defaultdict(lambda: [0.0] * len(names), table)


_KIND, _VIA = _one_hot(KINDS), _one_hot(VIAS)

ROLE_FEATURES = 16 + len(KINDS) + len(VIAS)


def pair_features(first: dict, second: dict) -> list[float]:
    """How alike two drafts of acts are, beside their vectors, for "one act told twice".

    A draft here is a mapping with ``sentence`` (index), ``sources`` and ``targets`` (sets of ids),
    ``words`` (a set of lower-case words) and ``type``.
    """
    a, b = first["sources"], second["sources"]
    c, d = first["targets"], second["targets"]
    gap = abs(first["sentence"] - second["sentence"])
    words = first["words"] | second["words"]
    return [
        float(gap == 0),
        float(gap == 1),
        min(gap, 20) / 20.0,
        float(bool(a & b)),
        float(a == b),
        float(bool(c & d)),
        float(c == d),
        float(not c or not d),
        float(bool(a & d)),
        float(bool(c & b)),
        len(first["words"] & second["words"]) / max(1, len(words)),
        float(first["sentence"] < second["sentence"]),
        float(first["type"] == second["type"]),
    ]


PAIR_FEATURES = 13
