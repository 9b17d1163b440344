"""Who tells of an act: the chain of sources over all passages that tell it, nearest to the fact first."""

from __future__ import annotations

from collections.abc import Sequence

from communique.coding.attribution_chain import chain_of, pooled, strongest
from communique.coding.attribution_features import Act
from communique.coding.draft import Draft
from communique.coding.surroundings import Surroundings

RETELLING = frozenset({"before", "after", "according"})
UNNAMED = frozenset({"news", "news report", "news reports", "report", "reports", "media", "media reports"})
"""Words for a source that say nothing where another name is given."""
NAMELESS = 0.25
"""What such words must reach in one passage, where no source does in all."""
RESTING = 0.1
"""What a layer must reach whose source has a name, where the act is known to rest on "new reports"."""


def tellers(
    around: Surroundings, group: Sequence[Draft], passages: Sequence[Act], floor: float
) -> tuple[list[str], str]:
    """Who the page says tells of the act, over all passages that tell it, and how that was found.

    ``passages`` are the act as each draft of the group tells it, already weighed; a source needs the chance ``floor``
    over all of them. Words that name nobody ("new reports") need not be said again, and count where nobody is named.
    """
    layers = [around.layers[act] for act in passages]
    names, how = chain_of(pooled(layers), floor)
    if not names:
        names, how = next(filter(_names_nobody, (chain_of(each, NAMELESS) for each in layers)), (names, how))
    if not _names_nobody((names, how)):
        return _once([name for name in names if not unnamed(name)]), how
    resting, frames = chain_of(strongest(layers), RESTING)
    if not all(map(unnamed, resting)):
        return _once([name for name in resting if not unnamed(name)]), frames
    later = _named_later(around, group)
    return ([later], f"{how}+named later") if later else (sorted(names, key=len)[-1:], how)


def _names_nobody(chain: tuple[list[str], str]) -> bool:
    """Whether a chain has sources, and none of them a name."""
    return bool(chain[0]) and all(map(unnamed, chain[0]))


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
