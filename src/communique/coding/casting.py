"""Casts the parts of an act: who of the parties near it did it, and toward whom, as the model's scorers have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice
from operator import itemgetter

import numpy as np

from communique.actor import Mention
from communique.coding.draft import Draft, parties_of
from communique.coding.features import CROWD, PLACED, beside, crowd, elsewhere, within_reach
from communique.coding.labels import SYMMETRIC, TYPES
from communique.coding.lists import lists
from communique.coding.networks import Floors, Network
from communique.coding.scoring import PartyCast, ScoredPage

NAMELESS = frozenset({"ASSAULT"})
"""Types that news often tells without a doer: "two guards were killed in a bombing"."""

Ranked = list[tuple[Mention, float]]
_Part = tuple[Mention, float, Ranked, Ranked]
"""A doer with the chance of it, whom its act was toward, and all whom it may have been toward."""


@dataclass(slots=True)
class _Near:
    """The parties that may play a part in the acts of one sentence: their rows in the window's cast, the range of
    those that stand in the sentence itself, and the features [M, F], where only the place of these is left open."""

    rows: np.ndarray
    mentions: list[Mention]
    parties: list[frozenset[str]]
    own: slice
    features: np.ndarray
    lists: list[list[Mention]]


@dataclass(slots=True)
class _Cell:
    """One type in one sentence, with the parties that may play a part in it: M of them, with features [M, F]."""

    index: int
    type: int
    chance: float
    vector: np.ndarray
    trigger: tuple[int, int]
    near: _Near
    window: PartyCast
    features: np.ndarray

    @property
    def mentions(self) -> list[Mention]:
        """The parties, as mentioned."""
        return self.near.mentions


def _near(page: ScoredPage, index: int) -> _Near:
    window = page.cast(index)
    reached = [place for place in window.rows if within_reach(page.sentences, index, place)]
    rows = [i for place in reached for i in window.rows[place]]
    mentions, parties = [window.mentions[i] for i in rows], [window.parties[i] for i in rows]
    features, own, at = window.features[rows], slice(0), 0
    for place in reached:
        here = slice(at, at := at + len(window.rows[place]))
        if place == index:
            own = here
            features[own, CROWD] = crowd(page.sentences[index].mentions)
        elif here.start < at:
            features[here, :PLACED] = _elsewhere(index - place, page.sentences[place].title)
    return _Near(np.array(rows), mentions, parties, own, features, lists(page.sentences[index]))


@cache
def _elsewhere(back: int, title: bool) -> np.ndarray:
    return np.array(elsewhere(back, title), np.float32)


def _open_cell(page: ScoredPage, index: int, t: int, near: _Near) -> _Cell | None:
    if not near.mentions:
        return None
    trigger, features = page.trigger(index, t), near.features.copy()
    siblings, own = page.sentences[index].mentions, near.mentions[near.own]
    if own:
        starts = [m.start for m in siblings]
        features[near.own, :PLACED] = [beside(siblings, starts, trigger[0], m) for m in own]
    chance, vector = float(page.types[index][t]), page.vector(index, t)
    return _Cell(index, t, chance, vector, trigger, near, page.cast(index), features)


def cast(page: ScoredPage, told: Sequence[tuple[int, int]]) -> list[list[Draft]]:
    """The drafts of each (sentence, type): one for each group of sources with the same targets.

    The scorers are asked about all of them at once: many small calls would cost more than the answers.
    """
    network, floors = page.network, page.network.floors
    near = {index: _near(page, index) for index in {index for index, _ in told}}
    opened = [_open_cell(page, index, t, near[index]) for index, t in told]
    cells = [cell for cell in opened if cell is not None]
    doers = [_doers(cell, ranked, floors) for cell, ranked in zip(cells, _ranked_sources(cells, network), strict=True)]
    asked = [(cell, who) for cell, found in zip(cells, doers, strict=True) for who, _ in found]
    ranked = iter(_ranked_targets(asked, network))
    made = iter([_made(cell, found, ranked, floors) for cell, found in zip(cells, doers, strict=True)])
    return [[] if cell is None else next(made) for cell in opened]


def _doers(cell: _Cell, ranked: Ranked, floors: Floors) -> Ranked:
    """Those who did an act; somebody whom the page does not name where nobody near is likely to have, if the type
    allows it."""
    if TYPES[cell.type] in NAMELESS and ranked[0][1] < floors.nameless:
        return [(Mention(*cell.trigger, "unknown", "unknown", "unknown", "description"), 1.0 - ranked[0][1])]
    return _chosen(ranked, floors.source, floors.more_sources)


def _made(cell: _Cell, doers: Ranked, ranked: Iterator[Ranked], floors: Floors) -> list[Draft]:
    """The drafts of one cell from its doers and, for each of them, the parties it may have acted toward."""
    groups: dict[tuple[str, ...], list[_Part]] = {}
    symmetric = TYPES[cell.type] in SYMMETRIC
    together = set() if symmetric else parties_of(m for m, _ in doers)
    for (who, likely), toward in zip(doers, ranked, strict=False):
        chosen = _toward(toward, who, together, floors)
        groups.setdefault(tuple(sorted(m.id for m, _ in chosen)), []).append((who, likely, chosen, toward))
    made = [_draft(cell, group) for group in groups.values()]
    taken = parties_of(m for draft in made for m in (*draft.sources, *draft.targets))
    for draft in made:
        draft.sources += _peers(draft.sources, cell.near.lists, taken)
        draft.targets += _peers(draft.targets, cell.near.lists, taken)
    return [_joined(made)] if symmetric and made else made


def _peers(chosen: Sequence[Mention], runs: Sequence[Sequence[Mention]], taken: set[str]) -> list[Mention]:
    """The parties named side by side with those chosen that play no part in the act so far: they play the same."""
    beside = [m for run in runs if any(m is one for m in run for one in chosen) for m in run]
    return list({m.id: m for m in beside if m.parties.isdisjoint(taken)}.values())


def _ranked_sources(cells: Sequence[_Cell], network: Network) -> list[Ranked]:
    """For each cell its parties, the likeliest doer first."""
    if not cells:
        return []
    features, vectors = np.concatenate([c.features for c in cells]), np.array([c.vector for c in cells])
    return _cut(network.heads.sources(vectors, _owners(cells), *_parties(cells), features), cells)


def _ranked_targets(asked: Sequence[tuple[_Cell, Mention]], network: Network) -> list[Ranked]:
    """For each act and doer the parties of the cell, the likeliest to be acted toward first."""
    if not asked:
        return []
    cells = [c for c, _ in asked]
    agents = np.array([_agent(c, who) for c, who in asked])
    own = [not party.isdisjoint(doer) for c, who in asked for doer in (who.parties,) for party in c.near.parties]
    features = np.column_stack([np.concatenate([c.features for c in cells]), np.array(own, np.float32)])
    acts = np.array([c.vector for c in cells])
    return _cut(network.heads.targets(acts, agents, _owners(cells), *_parties(cells), features), cells)


def _agent(cell: _Cell, who: Mention) -> np.ndarray:
    """The vector [H] of the very mention that did the act; zeros for somebody unknown."""
    place = next((i for i, m in enumerate(cell.mentions) if m is who), None)
    return np.zeros_like(cell.vector) if place is None else np.asarray(cell.window.vectors[cell.near.rows[place]])


def _parties(cells: Sequence[_Cell]) -> tuple[np.ndarray, np.ndarray]:
    """The vectors [M, H] of all parties of the cells' windows, and the number [N] of that of each party of a cell."""
    windows = list({id(c.window): c.window for c in cells}.values())
    first = dict(zip(map(id, windows), accumulate((len(w.mentions) for w in windows), initial=0), strict=False))
    which = np.concatenate([c.near.rows + first[id(c.window)] for c in cells])
    return np.concatenate([w.vectors for w in windows]), which


def _owners(cells: Sequence[_Cell]) -> np.ndarray:
    """For each party in a row of cells the number of its cell."""
    return np.repeat(np.arange(len(cells)), [len(c.mentions) for c in cells])


def _cut(chances: np.ndarray, cells: Sequence[_Cell]) -> list[Ranked]:
    """The chances in a row, shared out over the cells' parties and ranked."""
    flat = iter(chances.tolist())
    return [_best(c.mentions, list(islice(flat, len(c.mentions)))) for c in cells]


def _toward(ranked: Ranked, who: Mention, together: set[str], floors: Floors) -> Ranked:
    """The parties that an act by ``who`` was toward: those who act ``together`` only where that is very likely."""
    mine = together | who.parties
    others = [(m, p) for m, p in ranked if p > floors.reciprocal or m.parties.isdisjoint(mine)]
    return _chosen(others, floors.target, floors.more_targets)


def _best(mentions: list[Mention], scores: list[float]) -> Ranked:
    """Each party once, by its likeliest mention, likeliest first."""
    best: dict[str, tuple[Mention, float]] = {}
    for pair in zip(mentions, scores, strict=True):
        known = best.get(pair[0].id)
        if known is None or pair[1] > known[1]:
            best[pair[0].id] = pair
    return sorted(best.values(), key=itemgetter(1), reverse=True)


def _chosen(ranked: Ranked, floor: float, more: float) -> Ranked:
    """The likeliest party if it reaches ``floor``, and every other that reaches ``more``."""
    return [(m, p) for i, (m, p) in enumerate(ranked) if p >= (floor if i == 0 else more)]


def _draft(cell: _Cell, group: list[_Part]) -> Draft:
    targets = group[0][2]
    return Draft(
        cell.index,
        TYPES[cell.type],
        [who for who, *_ in group],
        [m for m, _ in targets],
        cell.chance,
        max(p for _, p, *_ in group),
        max((p for _, p in targets), default=0.0),
        cell.vector,
        cell.trigger,
        toward=max(group, key=itemgetter(1))[3],
    )


def _joined(made: list[Draft]) -> Draft:
    """For symmetric acts: one draft, the first named party as source, all the others as targets."""
    parties: dict[str, Mention] = {}
    for draft in made:
        for mention in draft.sources:
            parties.setdefault(mention.id, mention)
    first = next(iter(sorted(parties.values(), key=lambda m: m.start)))
    for draft in made:
        for mention in draft.targets:
            parties.setdefault(mention.id, mention)
    best = max(made, key=lambda d: d.source_chance)
    best.sources = [first]
    best.targets = [m for m in parties.values() if m.id != first.id]
    best.target_chance = max(d.target_chance for d in made)
    return best
