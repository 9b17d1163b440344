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
from communique.coding.attribution_features import Act, Near, Traits, candidates, layer_features, traits_of
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
    rows = [row for act, layers in zip(acts, near, strict=True) for row in rows_of(page, act, layers)]
    owner = [i for i, layers in enumerate(near) for _ in layers]
    distinct = list({id(layer): layer for layer in flat}.values())
    number = {id(layer): i for i, layer in enumerate(distinct)}
    sources, cues = (np.stack(part) for part in zip(*(vectors_of(page.scored, one) for one in distinct), strict=True))
    layer = [number[id(one)] for one in flat]
    chances = iter(weigher.chances(rows, np.stack(vectors), owner, sources, cues, layer).tolist())
    found = [[(next(chances), layer) for layer in layers] for layers in near]
    return [sorted(pairs, key=lambda pair: -pair[0]) for pairs in found]


def rows_of(page: Told, act: Act, layers: Sequence[Attribution]) -> list[list[float]]:
    """The features of an act's layers."""
    start, end = act.quote
    traits = [page.traits(layer) for layer in layers]
    inside = [m for m in page.mentions if start <= m.start < end]
    near = Near.of(act, layers, traits, page.text, inside)
    return [layer_features(near, i, one, page.text) for i, one in enumerate(traits)]


def vectors_of(scored: ScoredPage, layer: Attribution) -> tuple[np.ndarray, np.ndarray]:
    """The encoder's vectors of the words for a layer's source and of its cue."""
    source = layer.source_span
    cue = scored.words(*layer.cue_span)
    return scored.words(*source) if source else np.zeros_like(cue), cue


def chain_of(layers: Weighed, floor: float = LIKELY) -> tuple[list[str], str]:
    """The layers of at least the chance ``floor``, in order; ``how`` names the frame of each."""
    kept = [layer for chance, layer in layers if chance >= floor]
    kept.sort(key=lambda layer: (layer.kind == "outlet" or layer.frame in OUTER, _width(layer)))
    names = list(dict.fromkeys(layer.source for layer in kept if layer.source))
    return names, "+".join(dict.fromkeys(layer.frame for layer in kept)) or "none"


def _width(layer: Attribution) -> int:
    return sum(b - a for a, b in layer.content_spans)
