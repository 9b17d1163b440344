"""An act and its mirror image in one sentence: who accused whom is read once, whichever way round it was surer.

"Oslo's charge that Rome had lied" can look like Oslo accusing Rome and like Rome accusing Oslo. Where one sentence is
all that tells both, the less sure one is left out, unless its words say that both did it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import permutations

from communique.coding.draft import Draft
from communique.coding.objects import WordPattern
from communique.coding.recipients import Told
from communique.coding.scoring import ScoredPage
from communique.knowledge import tables

ONE_WAY = frozenset({"ACCUSE", "SUPPORT", "DENY", "CONCEDE"})
"""Types of which, on coded pages, hardly a sentence tells an act and its mirror image."""


def without_mirrors(page: ScoredPage, text: str, groups: Sequence[list[Draft]]) -> list[list[Draft]]:
    """The acts of a page, each a group of drafts, but for mirror images of surer ones."""
    answered = {id(draft.partner) for group in groups for draft in group if draft.partner is not None}
    gone = set()
    for sure, other in permutations(groups, 2):
        if id(sure) in gone or not _mirrors(other, sure) or any(id(draft) in answered for draft in other):
            continue
        told = page.sentences[other[0].sentence]
        if not _mutual().search(text[told.start : told.end]):
            gone.add(id(other))
    return [group for group in groups if id(group) not in gone]


@cache
def _mutual() -> WordPattern:
    return WordPattern.of("|".join(row["words"] for row in tables.records("acts", "mutual.csv")))


def _mirrors(group: Sequence[Draft], sure: Sequence[Draft]) -> bool:
    """Whether a group tells, less surely and in one sentence of the other's, that its target did to its doer what its
    doer did, or did to nobody."""
    first, other = group[0], sure[0]
    if first.type != other.type or first.type not in ONE_WAY or _sureness(first) >= _sureness(other):
        return False
    if any(draft.partner is not None for draft in group) or {d.sentence for d in group} - {d.sentence for d in sure}:
        return False
    image, act = Told.of(group), Told.of(sure)
    if image.doers.isdisjoint(act.toward) or not image.doers.isdisjoint(act.doers):
        return False
    return not image.toward or not image.toward.isdisjoint(act.doers)


def _sureness(draft: Draft) -> float:
    return draft.chance * draft.source_chance
