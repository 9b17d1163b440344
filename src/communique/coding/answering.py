"""Which event of a page answers which: a refusal its offer, a denial its charge."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from communique.coding import heads
from communique.coding.drafts import Draft
from communique.coding.features import pair_features

ANSWER = 0.4
ANSWERED_BY = {
    "ACCEPT": {"PROPOSE", "REQUEST", "THREATEN", "AGREE"},
    "REJECT": {"PROPOSE", "REQUEST", "CONSULT", "AGREE", "THREATEN"},
    "DENY": {"ACCUSE", "ACCEPT", "ASSAULT", "PROPOSE", "AGREE", "CONSULT", "MOBILIZE", "AID", "BREACH", "REQUEST"},
    "PROPOSE": {"PROPOSE", "REQUEST"},
    "AGREE": {"PROPOSE", "REQUEST"},
    "SUPPORT": {"PROPOSE"},
    "CONCEDE": {"REQUEST"},
    "REQUEST": {"PROPOSE"},
}


def answers(groups: Sequence[Sequence[Draft]], threshold: float = ANSWER) -> list[int | None]:
    """For each act (its drafts) the position of the act it answers, or None.

    Only ACCEPT, REJECT and DENY look below ``threshold``: the codebook has them answer
    something wherever the page tells it.
    """
    return [_answered(i, groups, threshold) for i in range(len(groups))]


def _answered(i: int, groups: Sequence[Sequence[Draft]], threshold: float) -> int | None:
    me = groups[i][0]
    others = [j for j, g in enumerate(groups) if j != i and g[0].type in ANSWERED_BY.get(me.type, ())]
    if not others:
        return None
    second = np.stack([groups[j][0].vector for j in others])
    first = np.broadcast_to(me.vector, second.shape)
    rows = np.array([pair_features(me.row(), groups[j][0].row()) for j in others], np.float32)
    chances = heads.pairs("answer", first, second, rows)
    best = int(chances.argmax())
    floor = threshold * (0.6 if me.type in ("ACCEPT", "REJECT", "DENY") else 1.5)
    return others[best] if chances[best] >= floor else None
