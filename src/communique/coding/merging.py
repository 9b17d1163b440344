"""One act told in several sentences is one event: drafts of a page are joined where they tell the same act."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from communique.actor import Mention
from communique.coding.draft import Draft, parties_of, told_by_nouns
from communique.coding.features import pair_features
from communique.coding.labels import SYMMETRIC
from communique.coding.networks import Network

Days = Callable[[Draft], str | None]
"""Gives the day that the words of a draft's sentence name, where they name one."""


def unknown(_draft: Draft) -> None:
    """No draft's day is known."""


def merge(
    drafts: Sequence[Draft],
    network: Network,
    threshold: float | None = None,
    title: int | None = None,
    days: Days = unknown,
) -> list[list[Draft]]:
    """Groups of drafts that tell one act, each with the surest draft first, in the order of the page.

    Two groups are joined, the likeliest pair first, while the mean chance between their
    drafts that they are the same act is at least ``threshold`` (the network's own floor unless given). What the
    sentence ``title`` tells goes to an act of the body: a headline has an act of its own only on a page whose body has
    none. What is said to be of different ``days`` is not one act.
    """
    body = [d for d in drafts if d.sentence != title]
    threshold = network.floors.same if threshold is None else threshold
    groups = _clusters(body or drafts, network, threshold, days)
    for headline in drafts if body else ():
        if headline.sentence == title:
            same = [g for g in groups if g[0].type == headline.type and _may_be_one(g[0], headline)]
            if same:
                max(same, key=lambda g: len(headline.words & g[0].words)).append(headline)
    _join_partners(groups)
    for group in groups:
        group.sort(key=lambda d: (d.sentence == title, d.mode is None, -d.chance * d.source_chance, d.sentence))
    return sorted(groups, key=lambda g: (min(d.sentence for d in g), g[0].trigger))


def _join_partners(groups: list[list[Draft]]) -> None:
    """What one answer answers in several passages is one act too."""
    for group in list(groups):
        partners = [d.partner for d in group if d.partner is not None]
        homes = [h for h in groups if any(p is d for p in partners for d in h)] if partners else []
        first = homes[0] if homes else []
        for other in homes[1:]:
            if _overlap(first, other):
                first += other
                groups[:] = [h for h in groups if h is not other]


def _overlap(a: Sequence[Draft], b: Sequence[Draft]) -> bool:
    return bool(parties_of(m for d in a for m in d.sources) & parties_of(m for d in b for m in d.sources))


def _clusters(drafts: Sequence[Draft], network: Network, threshold: float, days: Days) -> list[list[Draft]]:
    groups = [[d] for d in drafts]
    total, size = _chances(drafts, network), np.ones(len(drafts))
    nouns = told_by_nouns(drafts)
    named = [None if id(draft) in nouns else days(draft) for draft in drafts]
    for i, j in np.argwhere(total):
        if _apart(named[i], named[j]):
            total[i, j] = -(len(drafts) ** 2)  # outweighs whatever else two groups have in common
    pairs = np.triu(np.ones_like(total), 1)
    while total.any():
        mean = total * pairs / (size[:, None] * size)
        i, j = divmod(int(mean.argmax()), len(groups))
        if mean[i, j] < threshold or not mean[i, j]:
            break
        groups[i] += groups[j]
        total[i] += total[j]
        total[:, i] += total[:, j]
        size[i] += size[j]
        groups[j], pairs[j], pairs[:, j] = [], 0, 0
    return [group for group in groups if group]


def _apart(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one not in other and other not in one


def _chances(drafts: Sequence[Draft], network: Network) -> np.ndarray:
    """The chance [N, N] that two drafts tell one act; 0 where type or parties forbid it."""
    out = np.zeros((len(drafts), len(drafts)))
    parts = [(d, parties_of(d.sources), parties_of(d.targets)) for d in drafts]
    pairs: list[tuple[int, int]] = []
    earlier: dict[str, list[int]] = {}
    for j, draft in enumerate(drafts):
        alike = earlier.setdefault(draft.type, [])
        pairs += [(i, j) for i in alike if _one(*parts[i], *parts[j])]
        alike.append(j)
    if pairs:
        rows = [d.row() for d in drafts]
        features = np.array([pair_features(rows[i], rows[j]) for i, j in pairs], np.float32)
        first, second = np.array(pairs).T
        out[first, second] = network.heads.same(np.array([d.vector for d in drafts]), first, second, features)
    return out + out.T


def _may_be_one(a: Draft, b: Draft) -> bool:
    return _one(a, parties_of(a.sources), parties_of(a.targets), b, parties_of(b.sources), parties_of(b.targets))


def _one(a: Draft, doers: set[str], met: set[str], b: Draft, others: set[str], met_too: set[str]) -> bool:
    """Whether type, place and parties (those of the sources and of the targets of each) let two drafts be one act."""
    if a.type != b.type or a.sentence == b.sentence:
        return False
    if a.type in SYMMETRIC:
        x, y = doers | met, others | met_too
        return len(x & y) >= min(2, len(x), len(y))
    return not doers.isdisjoint(others)


def parties(group: Sequence[Draft], role: str) -> list[Mention]:
    """The parties of a role over the drafts of one act: the surest draft's, or the first that any names at all.

    Where another passage names more besides, theirs: of targets always, of sources only where the words say outright
    who acted (see ``nominals``).
    """
    best: list[Mention] = []
    for draft in group:
        found = list(getattr(draft, role))
        fuller = parties_of(best) < parties_of(found) and (role == "targets" or draft.mode is not None)
        if not best or fuller:
            best = found
    return best
