"""What the role and pair scorers are told beside the encoder's vectors: where a party stands, and what it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from math import log1p

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
    """Where ``mention`` of sentence ``place`` stands from the act at character ``trigger`` of sentence ``index``."""
    same, title = place == index, sentences[place].title
    distance = mention.start - trigger
    ahead, behind = same and distance < 0, same and distance >= 0
    siblings = sentences[index].mentions if same else ()
    low, high = min(mention.end, trigger), max(mention.start, trigger)
    between = [m for m in siblings if low <= m.start < high and m is not mention]
    row = [
        float(same),
        float(title and not same),
        float(place == index - 1),
        float(place == index - 2),
        float(place < index - 2 and not title),
        float(place > index),
        float(ahead),
        float(behind),
        float(ahead and not between),
        float(behind and not between),
        min(len(between), 4) / 4.0,
        min(abs(distance), 200) / 200.0 if same else 1.0,
        float(same and bool(siblings) and siblings[0] is mention),
        float(mention.adjective),
        min(frequency[mention.id], 20) / 20.0,
        log1p(len(siblings)) / 3.0,
    ]
    return row + _KIND[mention.kind] + _VIA[mention.via]


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
