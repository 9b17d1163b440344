"""What the chain chooser looks at: one act, one layer that may carry it, as numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

import numpy as np

from communique.actor import Mention
from communique.coding.attribution import Attribution
from communique.coding.attribution_cues import CLAUSAL
from communique.coding.attribution_words import opening, performs, words_of
from communique.coding.labels import TYPES

Span = tuple[int, int]

SPOKEN = frozenset(["PROPOSE", "REQUEST", "ACCEPT", "REJECT", "SUPPORT", "ACCUSE", "DENY", "THREATEN"])
"""Types done in words: whoever does such an act by saying it is no source beside the act itself."""

FRAMES = (
    "before",
    "after",
    "inverted",
    "according",
    "noun",
    "participle",
    "shared",
    "passive",
    "medium",
    "cited",
    "carried",
)
VERBS = ("say", "claim", "report", "confirm", "show", "write", "think", "ask", "judge", "deny")
KINDS = ("person", "official", "anonymous", "outlet", "document", "post", "organisation", "pronoun")
REACH = 3

_OPENED = re.compile(r"\bthat\b|[\"“:]")


@dataclass(frozen=True, slots=True)
class Act:
    """One act to be attributed: its type, the range that shows it, its sentence, and the ids of its sources."""

    type: str
    quote: Span
    sentence: Span
    sources: frozenset[str]


_begins, _ends = attrgetter("start"), attrgetter("end")


def ids_of(layer: Attribution, mentions: Sequence[Mention], named: Mapping[str, set[str]]) -> set[str]:
    """The parties that a layer's source speaks for, as far as the mentions, which are in order, tell."""
    found = set(named.get(layer.source or "", ()))
    if layer.source_span is not None:
        start, end = layer.source_span
        first, last = bisect_right(mentions, start, key=_ends), bisect_left(mentions, end, key=_begins)
        found.update([m.id for m in mentions[first:last]])
    return found


def beginning_in(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """The mentions, which are in order, that begin in a range."""
    return mentions[bisect_left(mentions, start, key=_begins) : bisect_left(mentions, end, key=_begins)]


def ids_by_name(mentions: Iterable[Mention]) -> dict[str, set[str]]:
    """Ids of parties by the names of people and parties in the page."""
    table: dict[str, set[str]] = {}
    for mention in mentions:
        for name in (mention.person, mention.name):
            if name:
                table.setdefault(name, set()).add(mention.id)
    return table


def candidates(act: Act, attributions: Sequence[Attribution], sentences: Sequence[Span] = ()) -> list[Attribution]:
    """The layers near enough to carry the act, one a source: the one that covers most of it."""
    (start, end), (low, high) = act.quote, act.sentence
    best: dict[str, tuple[float, Attribution]] = {}
    for layer in attributions:
        source, (first, last) = layer.source, layer.cue_span
        if source is None or layer.verb in _NO_CARRIERS:
            continue
        inside = start <= first < end or low <= first < high
        gap = min(abs(first - end), abs(start - last))
        covers = layer.covers(start, end)
        if covers <= 0.2 and not inside and gap > _REACH:
            continue
        rank = covers + inside - gap / 1000
        if source not in best or rank > best[source][0]:
            best[source] = (rank, layer)
    return [layer for _, layer in best.values()]


_NO_CARRIERS = frozenset({"judge", "ask", "deny"})
_REACH = 350
"""Characters between an act and the cue of a layer that may carry it, where the layer says nothing of the act."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a layer is the same for whichever act is asked about.

    ``ids`` are the parties that its source speaks for, ``carries`` is true of a report that carries another's words;
    ``row`` is the part of the features that every act's rows of the layer have in common.
    """

    ids: set[str]
    carries: bool
    row: tuple[float, ...]


def traits_of(layer: Attribution, text: str, mentions: Sequence[Mention], named: Mapping[str, set[str]]) -> Traits:
    """The traits of a layer of a page; ``named`` is ``ids_by_name`` of its mentions."""
    ids = ids_of(layer, mentions, named)
    row = (
        not ids,
        layer.verb in CLAUSAL,
        sum([b - a for a, b in layer.content_spans]) / 300,
        text[layer.cue_span[0] : layer.cue_span[1]].lower() in ("told", "tells"),
        *_one_hot(layer.frame, FRAMES),
        *_one_hot(layer.verb, VERBS),
        *_one_hot(layer.kind, KINDS),
    )
    return Traits(ids, layer.frame in ("medium", "carried", "cited") or layer.kind == "outlet", row)


@dataclass(frozen=True, slots=True)
class Near:
    """An act with the layers that may carry it, and how much of the act each covers (see ``Attribution.inside``).

    ``outer`` are the sources outside each layer, ``mentions`` those inside the act's words; ``performs`` counts its
    words that do what they say; ``row`` is the part of the features that the rows of all its layers have in common.
    """

    act: Act
    layers: Sequence[Attribution]
    inside: Sequence[int]
    covers: Sequence[float]
    outer: Sequence[tuple[str, ...]]
    mentions: Sequence[Mention]
    performs: float
    row: tuple[float, ...]

    @classmethod
    def of(
        cls, act: Act, layers: Sequence[Attribution], traits: Sequence[Traits], text: str, mentions: Sequence[Mention]
    ) -> Near:
        """What the rows of an act have in common; ``mentions`` are those inside its words."""
        start, end = act.quote
        words = words_of(text[start:end])
        inside = [layer.inside(start, end) for layer in layers]
        row = (
            act.type in SPOKEN,
            act.sources == _UNKNOWN or not act.sources,
            len(layers),
            sum([one.carries for one in traits]),
            *words.tense,
            *words.verbs,
            *opening(text[max(0, start - 24) : start]),
            *words.shape,
            (end - start) / 200,
            len(act.sources),
            *_one_hot(act.type, TYPES),
        )
        covers = [min(1.0, count / max(1, end - start)) for count in inside]
        outer = [layer.chain[1:] for layer in layers]
        return cls(act, layers, inside, covers, outer, mentions, words.verbs[0], row)


_UNKNOWN = frozenset({"unknown"})


def pair_row(near: Near, number: int, traits: Traits, text: str) -> tuple[float, ...]:
    """What a layer, the ``number``-th of those near the act, and the act are to each other."""
    act, layer, cover, outer = near.act, near.layers[number], near.covers[number], near.outer[number]
    start, end = act.quote
    cue = layer.cue_span[0]
    told = [m for m in near.mentions if _told(m, layer)] if near.mentions else []
    actor = next((m for m in told if m.id in act.sources), None)
    return (
        cover,
        _rest_covered(layer, near.inside[number], start, end),
        not traits.ids.isdisjoint(act.sources),
        actor is not None,
        bool(told) and told[0] is actor,
        len(told),
        start <= cue < end,
        act.sentence[0] <= cue < act.sentence[1],
        cue < start,
        (cue - start) / 200,
        bool(layer.source_span and start <= layer.source_span[0] < end),
        sum([other > cover for other in near.covers]),
        sum([layer.source in others for others in near.outer]),
        sum([other.source in outer for other in near.layers]) if outer else 0,
        _performs_after(layer, text, near),
        *_clause(layer, text, start, end),
    )


@cache
def _one_hot(name: str, names: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(float(name == other) for other in names)


def _clause(layer: Attribution, text: str, start: int, end: int) -> tuple[float, ...]:
    """How the act stands in the content: as its main clause, or as a phrase or aside within it."""
    held = [(a, b) for a, b in layer.content_spans if a < end and start < b]
    first = min([a for a, _ in held]) if held else start
    last = max([b for _, b in held]) if held else end
    behind = layer.cue_span[1]
    return (
        bool(held),
        max(-3.0, min(3.0, (start - first) / 100)),
        max(-3.0, min(3.0, (last - end) / 100)),
        behind < first and bool(_OPENED.search(text, max(behind, first - 40), first)),
        min(3.0, (first - behind) / 50),
    )


def _order() -> np.ndarray:
    """Where each feature of the weights' order stands among those of the act, of the layer and of the pair."""
    act, layer, pair = iter(range(_ACT)), iter(range(_ACT, _ACT + _LAYER)), iter(range(_ACT + _LAYER, FEATURES))
    runs = (
        *((act, 1), (pair, 3), (layer, 1), (pair, 3), (act, 1), (pair, 5), (layer, 1), (act, 2), (pair, 3), (layer, 1)),
        *((act, 4), (pair, 1), (act, 2), (pair, 3), (act, 2), (pair, 1), (act, 5), (layer, 1), (pair, 1)),
        *((act, 2 + len(TYPES)), (layer, _LAYER - 4)),
    )
    return np.array([next(part) for part, count in runs for _ in range(count)])


_ACT, _LAYER, _PAIR = 17 + 2 + len(TYPES), 4 + len(FRAMES) + len(VERBS) + len(KINDS), 20
FEATURES = _ACT + _LAYER + _PAIR
_ORDER = _order()


def table(
    acts: Sequence[Sequence[float]],
    owner: Sequence[int],
    layers: Sequence[Sequence[float]],
    layer: Sequence[int],
    pairs: Sequence[Sequence[float]],
) -> np.ndarray:
    """The features [N, F] of N pairs of an act and a layer, in the order of the weights.

    ``acts`` and ``layers`` are the rows of each (``Near.row``, ``Traits.row``), ``owner`` and ``layer`` [N] the numbers
    of the pair's two, ``pairs`` [N] the rows that ``pair_row`` gives.
    """
    parts = (np.array(acts, np.float32)[owner], np.array(layers, np.float32)[layer], np.array(pairs, np.float32))
    return np.concatenate(parts, 1)[:, _ORDER]


def _told(mention: Mention, layer: Attribution) -> bool:
    """Whether a mention in the act's words lies in the layer's content, outside the words for its source."""
    if layer.inside(mention.start, mention.end) < 0.5 * (mention.end - mention.start):
        return False
    span = layer.source_span
    return span is None or not (span[0] <= mention.start < span[1])


def _performs_after(layer: Attribution, text: str, near: Near) -> bool:
    """Whether the words of the act that lie behind the cue, where the cue stands inside it, do what they say."""
    start, end = near.act.quote
    cut = layer.cue_span[1]
    return bool(performs(text[cut:end].lower()) if start < cut < end else near.performs)


def _rest_covered(layer: Attribution, inside: int, start: int, end: int) -> float:
    """The share of the act's words inside the layer's content, leaving its own source and cue out of account."""
    left = end - start
    for span in (layer.source_span, layer.cue_span):
        if span and span[0] < end and start < span[1]:
            left -= min(end, span[1]) - max(start, span[0])
    return min(1.0, inside / max(1, left))
