"""Whom an act was toward: of the parties that the scorer thinks likely those that its passages, taken together, tell.

The scorer judges each party by itself, and takes one even for an act that is toward nobody ("France deployed two
ships"). A logistic model over readable clues weighs its chances together with how each party stands to the act
(``standing``), what the page tells of it besides, and what the other passages of the act have.
``training/recipients.py`` fits it, and ``model/recipients.json`` holds the weights. Symmetric acts are left as they are.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import exp, log

from communique.actor import Mention
from communique.coding.casting import TARGET_MORE
from communique.coding.draft import Draft, parties_of
from communique.coding.labels import SYMMETRIC
from communique.coding.merging import parties
from communique.coding.pieces import MODEL
from communique.coding.scoring import ScoredPage
from communique.coding.standing import Scene
from communique.knowledge import load_knowledge

FIRST, MORE = 0.07, 0.6
"""The likeliest party is one that an act was toward where its chance reaches the first, each other where it reaches the
second: on pages that the encoder never saw most acts are then right, and few are lost for want of a target."""
LEAST, MOST = 0.05, 3
"""The scorer's chance below which no party is asked about that it did not take, and how many are asked about."""
UNASKED = 0.5
"""The chance of a party that grammar named and the scorer was not asked about."""
Weights = Mapping[str, Mapping[str, float]]
"""The weight of each clue for each type of act."""


@dataclass(slots=True)
class Option:
    """A party that an act may have been toward, in the passage where the scorer is surest of it.

    ``passages`` counts those that it was taken for, ``taken`` tells whether for the act as a whole; ``clues`` speak for
    it or against, and so do the ``figures``, as far as they go.
    """

    party: Mention
    chance: float
    draft: Draft
    passages: int
    taken: bool
    clues: list[str] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """An act of a page, told by a group of drafts: the ids of those who did it, and the parties it was toward so far."""

    group: Sequence[Draft]
    sources: Sequence[Mention]
    targets: Sequence[Mention]
    doers: frozenset[str]
    toward: frozenset[str]
    sentences: frozenset[int]

    @classmethod
    def of(cls, group: Sequence[Draft]) -> Told:
        """The act that a group of drafts tells."""
        sources, targets = parties(group, "sources"), parties(group, "targets")
        told = frozenset(draft.sentence for draft in group)
        return cls(group, sources, targets, frozenset(parties_of(sources)), frozenset(parties_of(targets)), told)


@dataclass(slots=True)
class _Parts:
    """What parts the parties of a page play in its acts: by party the numbers of those it did, and was a target of."""

    acts: Sequence[Told]
    did: dict[str, list[int]] = field(default_factory=dict)
    met: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, act in enumerate(self.acts):
            for known, who in ((self.did, act.doers), (self.met, act.toward)):
                for party in who:
                    known.setdefault(party, []).append(number)

    def clues(self, number: int, option: Option) -> set[str]:
        """What parts the party of an option plays in the other acts."""
        act, told, out = self.acts[number], option.draft.sentence, set()
        for party in option.party.parties:
            for other in self.did.get(party, ()):
                if other != number:
                    here = " here" if told in self.acts[other].sentences else ""
                    out.add(f"does another act{here}")
                    if not self.acts[other].toward.isdisjoint(act.doers):
                        out.add(f"acts toward the doer{here}")
            for other in self.met.get(party, ()):
                if other != number:
                    here = " here" if told in self.acts[other].sentences else ""
                    if self.acts[other].doers.isdisjoint(act.doers):
                        out.add(f"others act toward it{here}")
                    else:
                        alike = self.acts[other].group[0].type == act.group[0].type
                        out.update((f"met besides{here}", f"met alike{here}") if alike else (f"met besides{here}",))
        return out


def options(page: ScoredPage, text: str, groups: Iterable[Sequence[Draft]]) -> Iterator[tuple[Told, list[Option]]]:
    """For each act that is not symmetric the parties that it may have been toward, the likeliest first."""
    acts = [Told.of(group) for group in groups]
    parts, often = _Parts(acts), max(page.frequency.values(), default=0)
    for number, act in enumerate(acts):
        if act.group[0].type in SYMMETRIC or not (found := _offered(act)):
            continue
        scenes = {id(draft): _scene(page, text, draft) for draft in act.group}
        common = _act_clues(act, scenes[id(act.group[0])])
        for option in found:
            scene = scenes[id(option.draft)]
            place = bisect_right(page.starts, option.party.start) - 1
            option.clues = [*common, *scene.clues(place, option.party), *_clues(act, option, scene)]
            option.clues += parts.clues(number, option)
            if page.frequency[option.party.id] == often:
                option.clues.append("the page's own")
        _compare(act, found, common)
        yield act, found


def _scene(page: ScoredPage, text: str, draft: Draft) -> Scene:
    start, end = draft.trigger
    low, high = page.sentences[draft.sentence].start, page.sentences[draft.sentence].end
    while start > low and text[start - 1].isalnum():
        start -= 1
    while end < high and text[end].isalnum():
        end += 1
    return Scene(text, page.sentences, draft.sentence, start, text[start:end].lower())


def _offered(act: Told) -> list[Option]:
    """The parties to be asked about: those taken, and the likeliest of those that did not do the act."""
    found: dict[str, Option] = {}
    for draft in act.group:
        told = {m.id for m in draft.targets}
        known = {m.id for m, _ in draft.toward}
        for party, chance in [*draft.toward, *((m, UNASKED) for m in draft.targets if m.id not in known)]:
            name = party.id
            if (chance < LEAST and name not in told) or (
                name not in act.toward and not party.parties.isdisjoint(act.doers)
            ):
                continue
            option = found.get(name)
            if option is None:
                option = found[name] = Option(party, chance, draft, 0, name in act.toward)
            elif chance > option.chance:
                option.party, option.chance, option.draft = party, chance, draft
            option.passages += name in told
    ranked = sorted(found.values(), key=lambda o: -o.chance)
    return [o for rank, o in enumerate(ranked) if o.taken or rank < MOST]


def _act_clues(act: Told, scene: Scene) -> list[str]:
    """What tells whether an act is toward anybody at all."""
    follows = scene.follows()
    out = [f"by {scene.turning}", f"act then {follows}", f"{scene.turning} then {follows}"]
    out.append(f"of {min(len(act.targets), 3)} taken")
    if len(act.group) > 1:
        out.append("told often")
    return out + [f"doer {kind}" for kind in dict.fromkeys(m.kind for m in act.sources)]


def _clues(act: Told, option: Option, scene: Scene) -> Iterator[str]:
    yield "taken" if option.taken else "left"
    if option.chance == UNASKED:
        yield "by grammar"
    if option.draft is not act.group[0]:
        yield "another passage"
    if not option.party.parties.isdisjoint(act.doers):
        yield "did it too"
    yield from _kin(option.party.id, act.doers)


def _compare(act: Told, found: Sequence[Option], common: Sequence[str]) -> None:
    """Tell each of the parties asked about how likely the scorer thinks it beside the others."""
    odds = [_odds(option.chance) for option in found]
    for rank, (option, own) in enumerate(zip(found, odds, strict=True)):
        option.clues.append("behind" if rank else "likeliest")
        if option.taken and rank and option.chance < TARGET_MORE:
            option.clues.append("taken though behind")
        option.figures["chance"] = own
        if rank:
            option.figures["lag"] = odds[0] - own
        elif len(found) > 1:
            option.figures["lead"] = own - odds[1]
        if len(act.group) > 1:
            option.figures["share"] = option.passages / len(act.group)
    found[0].clues.append(f"likeliest {common[0]}")


def _odds(chance: float) -> float:
    chance = min(max(chance, 0.003), 0.997)
    return log(chance / (1 - chance))


def _kin(party: str, doers: Iterable[str]) -> Iterator[str]:
    """Whether a party is a side of a doer's own country, or the state of a doer's."""
    adjectives = load_knowledge().adjectives
    own = adjectives.get(party)
    for doer in doers:
        if (adjective := adjectives.get(doer)) and party.startswith(f"{adjective}-"):
            yield "of the doer's country"
        if own and doer.startswith(f"{own}-"):
            yield "the doer's state"


@cache
def weights() -> Weights:
    """For each type of act the weight of each clue: what it says of an act of any type, and of one of this."""
    raw = json.loads((MODEL / "recipients.json").read_text(encoding="utf-8"))
    return joined(raw)


def joined(stored: Weights) -> Weights:
    """The weights by type, of those that hold for ``any`` and those that hold for each type besides."""
    shared = stored["any"]
    return {
        kind: {clue: shared.get(clue, 0.0) + own.get(clue, 0.0) for clue in shared | own}
        for kind, own in stored.items()
        if kind != "any"
    }


def chance(kind: str, option: Option, table: Weights) -> float:
    """The chance that an act of a type was toward the party of an option."""
    known = table[kind]
    total = known["bias"] + sum([known.get(clue, 0.0) for clue in option.clues])
    for figure, value in option.figures.items():
        total += known.get(figure, 0.0) * value
    return 1 / (1 + exp(-total))


def chosen(chances: Sequence[float], first: float = FIRST, more: float = MORE) -> list[int]:
    """The numbers of the parties that an act was toward, by their chances."""
    ranked = sorted(range(len(chances)), key=lambda i: -chances[i])
    return [i for rank, i in enumerate(ranked) if chances[i] >= (more if rank else first)]


def settle(page: ScoredPage, text: str, groups: Iterable[Sequence[Draft]]) -> None:
    """Let each act be toward those whom all its passages, taken together, make likely."""
    table = weights()
    for act, found in options(page, text, groups):
        kept = [found[i].party for i in chosen([chance(act.group[0].type, option, table) for option in found])]
        ids = parties_of(kept)
        act.group[0].targets = kept
        for draft in act.group[1:]:
            draft.targets = [m for m in draft.targets if m.parties <= ids]
