"""Drafts are acts as one sentence tells them: a type, who did it, toward whom, and how likely that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from communique.actor import Actor, Mention
from communique.coding import heads
from communique.coding.features import candidates, role_features
from communique.coding.labels import SYMMETRIC, TYPES
from communique.coding.scoring import ScoredPage
from communique.coding.windows import piece_range

TYPE_FLOOR = 0.35
SOURCE_FLOOR, SOURCE_MORE = 0.15, 0.5
TARGET_FLOOR, TARGET_MORE = 0.3, 0.5


@dataclass(slots=True)
class Draft:
    """One act in one sentence. ``chance`` is that of the type; ``parties`` the chance of each party's role."""

    sentence: int
    type: str
    sources: list[Mention]
    targets: list[Mention]
    chance: float
    source_chance: float
    target_chance: float
    vector: np.ndarray
    trigger: tuple[int, int]
    words: set[str] = field(default_factory=set)

    def row(self) -> dict:
        """The draft as ``features.pair_features`` wants it."""
        return {
            "sentence": self.sentence,
            "type": self.type,
            "sources": {m.id for m in self.sources},
            "targets": {m.id for m in self.targets},
            "words": self.words,
        }


@dataclass(slots=True)
class _Cast:
    """The candidate parties of one act with their vectors [M, H] and features [M, F]."""

    mentions: list[Mention]
    vectors: np.ndarray
    features: np.ndarray


def drafts(page: ScoredPage, text: str, floor: float = TYPE_FLOOR) -> list[Draft]:
    """All acts that the sentences of a page tell with at least the chance ``floor``."""
    out: list[Draft] = []
    for index, chances in sorted(page.types.items()):
        for t in np.flatnonzero(chances >= floor):
            out += _cell(page, index, int(t), float(chances[t]))
    for draft in out:
        one = page.sentences[draft.sentence]
        draft.words = set(re.findall(r"\w+", text[one.start : one.end].lower()))
    return out


def _cast(page: ScoredPage, index: int, trigger: int) -> _Cast | None:
    window, _ = page.window[index]
    mentions, vectors, features = [], [], []
    for place, mention in candidates(page.sentences, index, set(window.starts)):
        first, last = piece_range(page.sentences[place], mention.start, mention.end)
        if last > first:
            mentions.append(mention)
            vectors.append(page.pieces(place, index)[first:last].mean(0))
            features.append(role_features(page.sentences, index, trigger, place, mention, page.frequency))
    if not mentions:
        return None
    return _Cast(mentions, np.stack(vectors), np.array(features, np.float32))


def _cell(page: ScoredPage, index: int, t: int, chance: float) -> list[Draft]:
    """The drafts of one type in one sentence: one for each group of sources with the same targets."""
    trigger = page.trigger(index, t)
    cast = _cast(page, index, trigger[0])
    if cast is None:
        return []
    vector = page.vector(index, t)
    by_source = _best(cast.mentions, heads.sources(vector, cast.vectors, cast.features))
    chosen = _chosen(by_source, SOURCE_FLOOR, SOURCE_MORE)
    groups: dict[tuple[str, ...], list[tuple[Mention, float, list[tuple[Mention, float]]]]] = {}
    for who, likely in chosen:
        toward = _toward(cast, vector, who)
        key = tuple(sorted(m.id for m, _ in toward))
        groups.setdefault(key, []).append((who, likely, toward))
    made = [_draft(index, t, chance, vector, trigger, group) for group in groups.values()]
    return [_joined(made)] if TYPES[t] in SYMMETRIC and made else made


def _toward(cast: _Cast, vector: np.ndarray, who: Mention) -> list[tuple[Mention, float]]:
    mine = [i for i, m in enumerate(cast.mentions) if m is who]
    flag = np.array([[float(m.id == who.id)] for m in cast.mentions], np.float32)
    features = np.concatenate([cast.features, flag], -1)
    scores = heads.targets(vector, cast.vectors, cast.vectors[mine].mean(0), features)
    best = [(m, p) for m, p in _best(cast.mentions, scores) if m.id != who.id or p > 0.8]
    return _chosen(best, TARGET_FLOOR, TARGET_MORE)


def _best(mentions: list[Mention], scores: np.ndarray) -> list[tuple[Mention, float]]:
    """Each party once, by its likeliest mention, likeliest first."""
    best: dict[str, tuple[Mention, float]] = {}
    for mention, score in zip(mentions, scores.tolist(), strict=True):
        if mention.id not in best or score > best[mention.id][1]:
            best[mention.id] = (mention, score)
    return sorted(best.values(), key=lambda pair: -pair[1])


def _chosen(ranked: list[tuple[Mention, float]], floor: float, more: float) -> list[tuple[Mention, float]]:
    """The likeliest party if it reaches ``floor``, and every other that reaches ``more``."""
    return [(m, p) for i, (m, p) in enumerate(ranked) if p >= (floor if i == 0 else more)]


def _draft(index: int, t: int, chance: float, vector: np.ndarray, trigger: tuple[int, int], group: list) -> Draft:
    targets = group[0][2]
    return Draft(
        index,
        TYPES[t],
        [who for who, _, _ in group],
        [m for m, _ in targets],
        chance,
        max(p for _, p, _ in group),
        max((p for _, p in targets), default=0.0),
        vector,
        trigger,
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


def actors(mentions: list[Mention]) -> tuple[Actor, ...]:
    """Mentions as Actors, each party once."""
    return tuple({m.id: Actor(m.person or m.name, m.id) for m in mentions}.values())
