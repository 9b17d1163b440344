"""An act and its mirror image in one sentence: who accused whom is read once, whichever way round it was surer.

"Oslo's charge that Rome had lied" can look like Oslo accusing Rome and like Rome accusing Oslo. Where one sentence is
all that tells both, the less sure one is left out, unless its words say that both did it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations

from communique.coding.draft import Draft, parties_of
from communique.coding.scoring import ScoredPage

ONE_WAY = frozenset({"ACCUSE", "SUPPORT", "DENY", "CONCEDE"})
"""Types of which, on coded pages, hardly a sentence tells an act and its mirror image."""
_MUTUAL = re.compile(r"\b(?:each other|one another|mutual|mutually|reciprocal|both|traded|trade|exchanged|swapped)\b")


def without_mirrors(page: ScoredPage, text: str, groups: Sequence[list[Draft]]) -> list[list[Draft]]:
    """The acts of a page, each a group of drafts, but for mirror images of surer ones."""
    answered = {id(draft.partner) for group in groups for draft in group if draft.partner is not None}
    gone = set()
    for sure, other in permutations(groups, 2):
        if id(sure) in gone or not _mirrors(other, sure) or any(id(draft) in answered for draft in other):
            continue
        told = page.sentences[other[0].sentence]
        if not _MUTUAL.search(text[told.start : told.end].lower()):
            gone.add(id(other))
    return [group for group in groups if id(group) not in gone]


def _mirrors(group: Sequence[Draft], sure: Sequence[Draft]) -> bool:
    """Whether a group tells, less surely and in one sentence of the other's, that its target did to its doer what its
    doer did, or did to nobody."""
    first, other = group[0], sure[0]
    if first.type != other.type or first.type not in ONE_WAY or _sureness(first) >= _sureness(other):
        return False
    if any(draft.partner is not None for draft in group) or {d.sentence for d in group} - {d.sentence for d in sure}:
        return False
    doers, toward = _parties(group)
    their_doers, their_toward = _parties(sure)
    return bool(doers & their_toward) and not doers & their_doers and (not toward or bool(toward & their_doers))


def _parties(group: Sequence[Draft]) -> tuple[set[str], set[str]]:
    """Those who did an act, and those whom it was toward."""
    return parties_of(m for d in group for m in d.sources), parties_of(m for d in group for m in d.targets)


def _sureness(draft: Draft) -> float:
    return draft.chance * draft.source_chance
