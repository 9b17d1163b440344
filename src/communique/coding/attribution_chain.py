"""On whose word one act rests: the chain of sources of an event, nearest to the fact first.

The codebook: a chain is empty where the page says the act in its own voice, and where the source's
saying it *is* the act ("X demanded ..."). Which layers count is chosen by ``weigher``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from communique.actor import Mention
from communique.coding import weigher
from communique.coding.attribution import Attribution
from communique.coding.attribution_features import (
    FEATURES,
    Act,
    Near,
    Traits,
    beginning_in,
    candidates,
    pair_row,
    table,
    traits_of,
)
from communique.coding.say import say
from communique.coding.scoring import ScoredPage

LIKELY = 0.25
"""A layer with at least this chance belongs to the chain; F1 on the dev pages and on those left out is best near it."""

OUTER = ("medium", "carried")


Weighed = list[tuple[float, Attribution]]
"""Every layer that may carry an act, with its chance of belonging to the chain, likeliest first."""


@dataclass(frozen=True, slots=True)
class Told:
    """A page as its chains are read off it: ``named`` is ``ids_by_name`` of the mentions.

    ``seen`` keeps the traits of layers by their identity (they live as long as ``said``): each is asked about for many
    acts.
    """

    text: str
    scored: ScoredPage
    mentions: Sequence[Mention]
    named: Mapping[str, set[str]]
    said: Sequence[Attribution]
    seen: dict[int, Traits] = field(default_factory=dict, compare=False, repr=False)

    def traits(self, layer: Attribution) -> Traits:
        """What of one of the page's layers is the same for all acts."""
        if id(layer) not in self.seen:
            self.seen[id(layer)] = traits_of(layer, self.text, self.mentions, self.named)
        return self.seen[id(layer)]


def weighed(page: Told, acts: Sequence[Act], vectors: Sequence[np.ndarray]) -> list[Weighed]:
    """The layers of each act, weighed all at once. ``vectors`` [A] x [H] are the encoder's for the acts."""
    near = [candidates(act, page.said) for act in acts]
    flat = [layer for layers in near for layer in layers]
    if not flat:
        return [[] for _ in acts]
    distinct = list({id(layer): layer for layer in flat}.values())
    sources, cues = (np.array(part) for part in zip(*(vectors_of(page.scored, one) for one in distinct), strict=True))
    rows, owner, layer = _table(page, acts, near, distinct)
    folder = page.scored.network.folder
    chances = iter(weigher.chances(folder, rows, np.array(vectors), owner, sources, cues, layer).tolist())
    found = [[(next(chances), layer) for layer in layers] for layers in near]
    return [sorted(pairs, key=lambda pair: -pair[0]) for pairs in found]


def _table(
    page: Told, acts: Sequence[Act], near: Sequence[Sequence[Attribution]], distinct: Sequence[Attribution]
) -> tuple[np.ndarray, list[int], list[int]]:
    """The features [N, F] of each layer near each act, and the numbers [N] of the act and of the distinct layer."""
    number = {id(layer): i for i, layer in enumerate(distinct)}
    traits = [page.traits(layer) for layer in distinct]
    asked: list[Near] = []
    pairs: list[tuple[float, ...]] = []
    layer = [[number[id(one)] for one in layers] for layers in near]
    for act, layers, numbers in zip(acts, near, layer, strict=True):
        own, (start, end) = [traits[i] for i in numbers], act.quote
        asked.append(Near.of(act, layers, own, page.text, beginning_in(page.mentions, start, end)))
        pairs += [pair_row(asked[-1], i, one, page.text) for i, one in enumerate(own)]
    owner = [i for i, layers in enumerate(near) for _ in layers]
    which = [i for numbers in layer for i in numbers]
    return table([one.row for one in asked], owner, [one.row for one in traits], which, pairs), owner, which


def rows_of(page: Told, act: Act, layers: Sequence[Attribution]) -> np.ndarray:
    """The features [L, F] of an act's layers."""
    return _table(page, [act], [layers], layers)[0] if layers else np.zeros((0, FEATURES), np.float32)


def vectors_of(scored: ScoredPage, layer: Attribution) -> tuple[np.ndarray, np.ndarray]:
    """The encoder's vectors of the words for a layer's source and of its cue."""
    source = layer.source_span
    cue = scored.words(*layer.cue_span)
    return scored.words(*source) if source else np.zeros_like(cue), cue


def pooled(passages: Sequence[Weighed]) -> Weighed:
    """The layers of all passages that tell an act, one a source, by what each passage has to ``say``.

    What one passage of many rests on somebody, the page says itself in the others.
    """
    found: dict[str, tuple[float, Attribution]] = {}
    for part, layers in zip(say(len(passages)), passages, strict=True):
        for source, (chance, layer) in _likeliest(layers).items():
            before, kept = found.get(source, (0.0, layer))
            found[source] = (before + part * chance, kept)
    return sorted(found.values(), key=lambda pair: -pair[0])


def strongest(passages: Sequence[Weighed]) -> Weighed:
    """The layers of all passages that tell an act, each source where it is likeliest."""
    every = sorted([pair for layers in passages for pair in layers], key=lambda pair: -pair[0])
    return list(_likeliest(every).values())


def _likeliest(layers: Weighed) -> dict[str, tuple[float, Attribution]]:
    """The likeliest layer of each source; they come likeliest first."""
    return {layer.source or "": (chance, layer) for chance, layer in reversed(layers)}


def chain_of(layers: Weighed, floor: float = LIKELY) -> tuple[list[str], str]:
    """The layers of at least the chance ``floor``, in order; ``how`` names the frame of each."""
    kept = [layer for chance, layer in layers if chance >= floor]
    kept.sort(key=lambda layer: (layer.kind == "outlet" or layer.frame in OUTER, _width(layer)))
    names = list(dict.fromkeys(layer.source for layer in kept if layer.source))
    return names, "+".join(dict.fromkeys(layer.frame for layer in kept)) or "none"


def _width(layer: Attribution) -> int:
    return sum(b - a for a, b in layer.content_spans)
