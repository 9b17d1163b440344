"""Who tells of an act: the chain of sources over all passages that tell it, nearest to the fact first."""

from __future__ import annotations

from collections.abc import Sequence

from communique.coding.attribution_chain import Weighed, chain_of
from communique.coding.draft import Draft
from communique.coding.scoring import ScoredPage
from communique.coding.surroundings import Surroundings, act_of

OWN_VOICE = 0.15
"""Below this chance of being attributed, an act is told in the page's own voice."""
SURELY, FAINT = 0.35, 0.1
"""An act that surely hangs on somebody is hung on a layer that is only faintly likely."""
RETELLING = frozenset({"before", "after", "according"})
UNNAMED = frozenset({"news", "news report", "news reports", "report", "reports", "media", "media reports"})
"""Words for a source that say nothing where another name is given."""


def tellers(
    page: ScoredPage, around: Surroundings, group: Sequence[Draft], ids: frozenset[str], hung: float
) -> tuple[list[str], str]:
    """Who the page says tells of the act, over all passages that tell it, nearest to the fact first."""
    if hung < OWN_VOICE:
        return [], "the page's own voice"
    seen: Weighed = []
    told: tuple[list[str], str] = ([], "none")
    for draft in group:
        layers = around.weighed(act_of(page, around, draft, ids), draft.vector)
        seen += layers
        chain = chain_of(layers)
        named = not all(map(unnamed, chain[0]))
        told = chain if named or not told[0] else told
        if named:
            break
    names, how = told if told[0] else _likeliest(seen, hung)
    outlet = _retold(around, group) if names else None
    if outlet and not any(outlet in name or name in outlet for name in names):
        names, how = [*names, outlet], f"{how}+retold"
    return [name for name in names if not unnamed(name)] or names, how


def _likeliest(layers: Weighed, hung: float) -> tuple[list[str], str]:
    """Where no layer is sure but the act surely hangs on somebody: the likeliest source that has a name."""
    named = [(c, a) for c, a in layers if c >= FAINT and a.source and not unnamed(a.source)]
    if hung < SURELY or not named:
        return [], "none"
    best = max(named, key=lambda pair: pair[0])[1]
    return [str(best.source)], best.frame


def unnamed(source: str) -> bool:
    """Whether words for a source name nobody ("new reports")."""
    return source.lower().removeprefix("new ") in UNNAMED


def _retold(around: Surroundings, group: Sequence[Draft]) -> str | None:
    """The outlet whose report a passage goes on retelling: the latest one named in the two sentences before it."""
    for draft in group:
        layers = [a for a in around.told.said if a.kind == "outlet" and a.source and a.frame in RETELLING]
        near = [a for a in layers if 0 <= draft.sentence - around.number(a.cue_span[0]) <= 2]
        named = [a for a in near if a.source and not unnamed(a.source)]
        if named:
            return named[-1].source
    return None
