"""On whose word one act rests: the chain of sources of an event, nearest to the fact first.

The codebook: a chain is empty where the page says the act in its own voice, and where the source's
saying it *is* the act ("X demanded ..."). Which layers count is chosen by boosted trees over
``attribution_features``, trained on coded pages by ``training/attribution.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from communique.actor import Mention
from communique.coding.attribution import Attribution
from communique.coding.attribution_features import Act, candidates, ids_of, layer_features, words_of
from communique.coding.trees import load

Span = tuple[int, int]

MODEL = "attribution_chain.json"
LIKELY = 0.3
"""A layer with at least this chance belongs to the chain; in five folds F1 and attributed together are best there."""

OUTER = ("medium", "carried")


Weighed = list[tuple[float, Attribution]]
"""Every layer that may carry an act, with its chance of belonging to the chain, likeliest first."""


def weighed(
    acts: Sequence[Act],
    attributions: Sequence[Attribution],
    text: str,
    mentions: Sequence[Mention],
    named: Mapping[str, set[str]],
) -> list[Weighed]:
    """The layers of each act, weighed all at once. ``named`` is ``ids_by_name`` of the mentions."""
    near = [candidates(act, attributions) for act in acts]
    rows = [row for act, layers in zip(acts, near, strict=True) for row in _rows(act, layers, text, mentions, named)]
    chances = iter(load(MODEL).chances(rows))
    found = [[(next(chances)["yes"], layer) for layer in layers] for layers in near]
    return [sorted(pairs, key=lambda pair: -pair[0]) for pairs in found]


def _rows(
    act: Act, near: list[Attribution], text: str, mentions: Sequence[Mention], named: Mapping[str, set[str]]
) -> list[list[float]]:
    inside = [m for m in mentions if act.quote[0] <= m.start < act.quote[1]]
    words = words_of(text[act.quote[0] : act.quote[1]])
    return [layer_features(act, layer, near, text, ids_of(layer, mentions, named), inside, words) for layer in near]


def chain_of(layers: Weighed) -> tuple[list[str], str]:
    """The layers likely enough, in order; ``how`` names the frame of each."""
    kept = [layer for chance, layer in layers if chance >= LIKELY]
    kept.sort(key=lambda layer: (layer.kind == "outlet" or layer.frame in OUTER, _width(layer)))
    names = list(dict.fromkeys(layer.source for layer in kept if layer.source))
    return names, "+".join(dict.fromkeys(layer.frame for layer in kept)) or "none"


def _width(layer: Attribution) -> int:
    return sum(b - a for a, b in layer.content_spans)
