"""On whose word one act rests: the chain of sources of an event, nearest to the fact first.

The codebook: a chain is empty where the page says the act in its own voice, and where the source's
saying it *is* the act ("X demanded ..."). Which layers count is chosen by boosted trees over
``attribution_features``, trained on coded pages by ``training/attribution.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from communique.actor import Mention
from communique.coding.attribution import Attribution
from communique.coding.attribution_features import Act, candidates, ids_by_name, ids_of, layer_features
from communique.coding.trees import load

Span = tuple[int, int]

MODEL = "attribution_chain.json"
LIKELY = 0.3
"""A layer with at least this chance belongs to the chain; in five folds F1 and attributed together are best there."""

OUTER = ("medium", "carried")


def weighed(
    act: Act, attributions: Sequence[Attribution], text: str, mentions: Sequence[Mention] = ()
) -> list[tuple[float, Attribution]]:
    """Every layer that may carry the act, with its chance of belonging to the chain, likeliest first."""
    near = candidates(act, attributions)
    named = ids_by_name(mentions)
    inside = [m for m in mentions if act.quote[0] <= m.start < act.quote[1]]
    model = load(MODEL)
    found = []
    for layer in near:
        row = layer_features(act, layer, near, text, ids_of(layer, mentions, named), inside)
        found.append((model.chances(row)["yes"], layer))
    return sorted(found, key=lambda pair: -pair[0])


def according_to(
    event_type: str,
    quote_span: Span,
    sentence_span: Span,
    source_ids: Collection[str],
    attributions: Sequence[Attribution],
    text: str,
    mentions: Sequence[Mention] = (),
) -> tuple[list[str], str]:
    """The chain of one act, nearest to the fact first, and how it was found ("none" where it is empty).

    ``source_ids`` are the parties that did the act; ``attributions`` those of the whole page.
    """
    act = Act(event_type, quote_span, sentence_span, frozenset(source_ids))
    return chain_of(weighed(act, attributions, text, mentions), act)


def chain_of(layers: Sequence[tuple[float, Attribution]], act: Act) -> tuple[list[str], str]:
    """The layers likely enough, in order; ``how`` names the frame of each."""
    kept = [layer for chance, layer in layers if chance >= LIKELY]
    kept.sort(key=lambda layer: (layer.kind == "outlet" or layer.frame in OUTER, _width(layer)))
    names = list(dict.fromkeys(layer.source for layer in kept if layer.source))
    return names, "+".join(dict.fromkeys(layer.frame for layer in kept)) or "none"


def _width(layer: Attribution) -> int:
    return sum(b - a for a, b in layer.content_spans)
