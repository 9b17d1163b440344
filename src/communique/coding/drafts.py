"""Drafts are acts as one sentence tells them: a type, who did it, toward whom, and how likely that is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from communique.actor import Actor, Mention
from communique.coding import heads
from communique.coding.features import role_features, within_reach
from communique.coding.labels import SYMMETRIC, TYPE_INDEX, TYPES
from communique.coding.nominals import Nominal, calls_it_unacceptable, nominals
from communique.coding.scoring import ScoredPage

TYPE_FLOOR = 0.55
SOURCE_FLOOR, SOURCE_MORE = 0.15, 0.5
TARGET_FLOOR, TARGET_MORE = 0.3, 0.5
RECIPROCAL = 0.8
NOMINAL_CHANCE = 0.9
"""How often the answering rule is right on the training pages: 50 of 55."""


@dataclass(slots=True)
class Draft:
    """One act in one sentence. ``chance`` is that of the type; ``source_chance`` and ``target_chance`` of the roles.

    ``mode`` and ``partner``, the draft that this one answers, are set where the words say so outright.
    """

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
    mode: str | None = None
    partner: Draft | None = None

    def row(self) -> dict:
        """The draft as ``features.pair_features`` wants it."""
        return {
            "sentence": self.sentence,
            "type": self.type,
            "sources": parties_of(self.sources),
            "targets": parties_of(self.targets),
            "words": self.words,
        }


@dataclass(slots=True)
class _Cell:
    """One type in one sentence, with the parties that may play a part in it, and their features [M, F]."""

    index: int
    type: int
    chance: float
    vector: np.ndarray
    trigger: tuple[int, int]
    mentions: list[Mention]
    cast: heads.Cast
    features: np.ndarray


def drafts(page: ScoredPage, text: str, floor: float = TYPE_FLOOR) -> list[Draft]:
    """All acts that the sentences of a page tell with at least the chance ``floor``."""
    out: list[Draft] = []
    for index, chances in sorted(page.types.items()):
        for t in np.flatnonzero(chances >= floor):
            out += _cell(page, index, int(t), float(chances[t]))
    for index in sorted(page.types):
        _apply_nominals(page, text, index, out)
    for draft in list(out):
        _refuse(page, text, draft, out)
    for draft in out:
        one = page.sentences[draft.sentence]
        draft.words = set(re.findall(r"\w+", text[one.start : one.end].lower()))
    return out


def _apply_nominals(page: ScoredPage, text: str, index: int, out: list[Draft]) -> None:
    """Let "A rejected B's offer" say who refused and who had offered: the rule is surer of it than the scorer."""
    one = page.sentences[index]
    for found in nominals(text, one.start, one.end, one.mentions):
        if not found.answer or not found.answer_trigger:
            continue
        if found.sources:
            told = _Told(found.type, found.mode, found.trigger, found.sources, found.answerers)
            before = _assert(page, out, index, told)
        else:
            before = _antecedent(out, index, found)
        whose = tuple(before.sources) if before else found.sources
        answer = _assert(
            page, out, index, _Told(found.answer, found.answer_mode, found.answer_trigger, found.answerers, whose)
        )
        if answer:
            answer.partner = before


def _refuse(page: ScoredPage, text: str, draft: Draft, out: list[Draft]) -> None:
    """By the codebook, who calls a proposal "unacceptable" refuses it; the model takes it for blame."""
    one = page.sentences[draft.sentence]
    if draft.type != "ACCUSE" or not calls_it_unacceptable(text, one.start, one.end):
        return
    doers = parties_of(draft.sources)
    refusals = [d for d in out if d.sentence == draft.sentence and d.type == "REJECT"]
    if any(parties_of(d.sources) & doers for d in refusals):
        out[:] = [d for d in out if d is not draft]
        return
    draft.type, draft.mode = "REJECT", "refuse"
    draft.vector = page.vector(draft.sentence, TYPE_INDEX["REJECT"])


def _antecedent(out: list[Draft], index: int, found: Nominal) -> Draft | None:
    """What "the offer" is: the latest act of that type told before by somebody else."""
    others = parties_of(found.answerers)
    before = [d for d in out if d.type == found.type and d.sentence < index and not parties_of(d.sources) & others]
    return max(before, key=lambda d: d.sentence, default=None)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the words of a sentence say outright of one act."""

    type: str
    mode: str | None
    trigger: tuple[int, int]
    sources: tuple[Mention, ...]
    targets: tuple[Mention, ...]


def _assert(page: ScoredPage, out: list[Draft], index: int, told: _Told) -> Draft | None:
    """Set the parties of the draft of a type in a sentence, making the draft where there is none."""
    mine = [d for d in out if d.sentence == index and d.type == told.type]
    if not mine:
        t = TYPE_INDEX[told.type]
        mine = _cell(page, index, t, float(page.types[index][t]))[:1]
        out += mine
    if not mine:
        return None
    doers = parties_of(told.sources)
    keep = max(mine, key=lambda d: (len(parties_of(d.sources) & doers), d.source_chance))
    out[:] = [d for d in out if d is keep or all(d is not other for other in mine)]
    keep.sources, keep.mode, keep.trigger = list(told.sources), told.mode, told.trigger
    keep.targets = list(told.targets) or [m for m in keep.targets if not m.parties & doers]
    keep.chance, keep.source_chance = max(keep.chance, NOMINAL_CHANCE), max(keep.source_chance, NOMINAL_CHANCE)
    return keep


def _open_cell(page: ScoredPage, index: int, t: int, chance: float) -> _Cell | None:
    parties, trigger = page.cast(index), page.trigger(index, t)
    rows = [i for i, (place, _) in enumerate(parties.mentions) if within_reach(page.sentences, index, place)]
    if not rows or parties.cast is None:
        return None
    found = [parties.mentions[i] for i in rows]
    features = [role_features(page.sentences, index, trigger[0], place, m, page.frequency) for place, m in found]
    cast = heads.Cast(parties.cast.source[rows], parties.cast.target[rows], parties.cast.agent[rows])
    mentions = [m for _, m in found]
    vector = page.vector(index, t)
    return _Cell(index, t, chance, vector, trigger, mentions, cast, np.array(features, np.float32))


def _cell(page: ScoredPage, index: int, t: int, chance: float) -> list[Draft]:
    """The drafts of one type in one sentence: one for each group of sources with the same targets."""
    cell = _open_cell(page, index, t, chance)
    if cell is None:
        return []
    by_source = _best(cell.mentions, heads.sources(cell.vector, cell.cast.source, cell.features))
    groups: dict[tuple[str, ...], list[tuple[Mention, float, list[tuple[Mention, float]]]]] = {}
    doers = _chosen(by_source, SOURCE_FLOOR, SOURCE_MORE)
    together = set() if TYPES[t] in SYMMETRIC else parties_of(m for m, _ in doers)
    for who, likely in doers:
        toward = _toward(cell, who, together)
        key = tuple(sorted(m.id for m, _ in toward))
        groups.setdefault(key, []).append((who, likely, toward))
    made = [_draft(cell, group) for group in groups.values()]
    return [_joined(made)] if TYPES[t] in SYMMETRIC and made else made


def _toward(cell: _Cell, who: Mention, together: set[str]) -> list[tuple[Mention, float]]:
    """The parties that an act by ``who`` was toward: those who act ``together`` only where that is very likely."""
    agent = next(i for i, m in enumerate(cell.mentions) if m is who)
    flag = np.array([[float(bool(m.parties & who.parties))] for m in cell.mentions], np.float32)
    features = np.concatenate([cell.features, flag], -1)
    scores = heads.targets(cell.vector, cell.cast.target, cell.cast.agent[agent], features)
    best = [
        (m, p) for m, p in _best(cell.mentions, scores) if not m.parties & (together | who.parties) or p > RECIPROCAL
    ]
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


def _draft(cell: _Cell, group: list[tuple[Mention, float, list[tuple[Mention, float]]]]) -> Draft:
    targets = group[0][2]
    return Draft(
        cell.index,
        TYPES[cell.type],
        [who for who, _, _ in group],
        [m for m, _ in targets],
        cell.chance,
        max(p for _, p, _ in group),
        max((p for _, p in targets), default=0.0),
        cell.vector,
        cell.trigger,
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


def parties_of(mentions: Iterable[Mention]) -> set[str]:
    """The ids of all parties that some mentions stand for."""
    return {party for m in mentions for party in m.parties}


def actors(mentions: Iterable[Mention]) -> tuple[Actor, ...]:
    """Mentions as Actors, each party once."""
    return tuple({party: Actor(m.person or m.name, party) for m in mentions for party in (m.id, *m.also)}.values())
