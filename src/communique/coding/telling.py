"""Who tells of an act: the chain of sources over all passages that tell it, nearest to the fact first."""

from __future__ import annotations

from collections.abc import Sequence

from communique.coding.attribution_chain import chain_of
from communique.coding.attribution_features import Act
from communique.coding.draft import Draft
from communique.coding.surroundings import Surroundings

RETELLING = frozenset({"before", "after", "according"})
UNNAMED = frozenset({"news", "news report", "news reports", "report", "reports", "media", "media reports"})
"""Words for a source that say nothing where another name is given."""
RESTING = 0.1
"""What a layer must reach whose source has a name, where the act is known to rest on "new reports"."""


def tellers(around: Surroundings, group: Sequence[Draft], passages: Sequence[Act]) -> tuple[list[str], str]:
    """Who the page says tells of the act, over all passages that tell it, and how that was found.

    ``passages`` are the act as each draft of the group tells it, already weighed. The first that names somebody
    decides; words that name nobody ("new reports") only where none does.
    """
    told: tuple[list[str], str] = ([], "none")
    for act in passages:
        chain = chain_of(around.layers[act])
        named = not all(map(unnamed, chain[0]))
        told = chain if named or not told[0] else told
        if named:
            break
    names, how = told
    if names and all(map(unnamed, names)):
        for act in passages:
            resting, frames = chain_of(around.layers[act], RESTING)
            if not all(map(unnamed, resting)):
                return [name for name in resting if not unnamed(name)], frames
        later = _named_later(around, group)
        return ([later] if later else sorted(names, key=len)[-1:]), f"{how}+named later" if later else how
    return _once([name for name in names if not unnamed(name)]) or sorted(names, key=len)[-1:], how


def _once(names: list[str]) -> list[str]:
    """Each source once: "interview with the Post" beside "Post" tells nothing more."""
    return [name for name in names if not any(other != name and other in name for other in names)]


def unnamed(source: str) -> bool:
    """Whether words for a source name nobody ("new reports")."""
    return source.lower().removeprefix("new ") in UNNAMED


def _named_later(around: Surroundings, group: Sequence[Draft]) -> str | None:
    """Whose "news report" it was: leads leave the name of an outlet to one of the two sentences after."""
    for draft in group:
        for layer in around.told.said:
            near = 1 <= around.number(layer.cue_span[0]) - draft.sentence <= 2
            if (
                near
                and layer.kind == "outlet"
                and layer.frame in RETELLING
                and layer.source
                and not unnamed(layer.source)
            ):
                return layer.source
    return None
