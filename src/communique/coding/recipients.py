"""Whom an act was toward: of the parties that the scorer thinks likely those that its passages, taken together, tell.

The scorer judges each party by itself, and takes one even for an act that is toward nobody ("France deployed two
ships"). A logistic model over readable clues weighs its chances together with how each party stands to the act
(``standing``), what the page tells of it besides, and what the other passages of the act have.
``training/recipients.py`` fits it, and ``model/recipients.json`` holds the weights.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from communique.actor import Mention
from communique.coding.draft import Draft, parties_of
from communique.coding.labels import SYMMETRIC
from communique.coding.lists import lists
from communique.coding.merging import parties
from communique.coding.scoring import ScoredPage
from communique.coding.standing import Scene, scene
from communique.coding.weighing import UNASKED, Option, act_clues, chance, chosen, compare, weights
from communique.knowledge import load_knowledge

WEIGHTS = "recipients.json"
ALONE = SYMMETRIC | {"PROPOSE", "REQUEST"}
"""Types whose acts are left as they are: of offers and requests the scorer and the table of addressees know as much."""
NOBODY = frozenset({"CONCEDE", "DENY", "MOBILIZE"})
"""Types of act that are as often toward nobody as toward somebody."""
FIRST, MORE = 0.15, 0.55
"""An act was toward the likeliest party, if it is of a type of ``NOBODY`` where that one's chance reaches the first;
and toward each other whose chance reaches the second. On pages that the encoder never saw few acts are then lost for
want of a target, and most have the right ones."""
LONG = 3
"""Parties of a list that are too many to be there by chance: what one of them meets with, all do."""
LEAST, MOST = 0.05, 3
"""The scorer's chance below which no party is asked about that it did not take, and how many are asked about."""


@dataclass(slots=True)
class Toward(Option):
    """A party that an act may have been toward, in the passage where the scorer is surest of it; ``passages`` counts
    those that it was taken for."""

    draft: Draft = field(kw_only=True)
    passages: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """An act of a page, told by a group of drafts: who did it, and whom it was toward so far, with their ids."""

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

    def clues(self, number: int, option: Toward) -> set[str]:
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


def options(
    page: ScoredPage, text: str, groups: Iterable[Sequence[Draft]], every: bool = True
) -> Iterator[tuple[Told, list[Toward]]]:
    """For each act that is not left alone the parties that it may have been toward, the likeliest first.

    Unless ``every`` one is wanted with its clues, a party that is taken in any case has none.
    """
    acts = [Told.of(group) for group in groups]
    parts, often = _Parts(acts), max(page.frequency.values(), default=0)
    for number, act in enumerate(acts):
        if act.group[0].type in ALONE or not (found := _offered(act)):
            continue
        if not every and len(found) == 1 and act.group[0].type not in NOBODY:
            yield act, found
            continue
        shown = {id(draft): draft for draft in (act.group[0], *(option.draft for option in found))}
        scenes = {key: scene(page, text, draft) for key, draft in shown.items()}
        common = _act_clues(act, scenes[id(act.group[0])])
        for option in found:
            place = bisect_right(page.starts, option.party.start) - 1
            option.clues = [*common, *scenes[id(option.draft)].clues(place, option.party), *_clues(act, option)]
            option.clues += parts.clues(number, option)
            if page.frequency[option.party.id] == often:
                option.clues.append("the page's own")
            if len(act.group) > 1:
                option.figures["share"] = option.passages / len(act.group)
        compare(found, page.network.floors.more_targets)
        found[0].clues.append(f"likeliest {common[0]}")
        yield act, found


def _offered(act: Told) -> list[Toward]:
    """The parties to be asked about: those taken, and the likeliest of those that did not do the act."""
    found: dict[str, Toward] = {}
    for draft in act.group:
        told = {m.id for m in draft.targets}
        known = {m.id for m, _ in draft.toward}
        for party, likely in [*draft.toward, *((m, UNASKED) for m in draft.targets if m.id not in known)]:
            name = party.id
            if likely < LEAST and name not in told:
                continue
            if name not in act.toward and not party.parties.isdisjoint(act.doers):
                continue
            option = found.get(name)
            if option is None:
                option = found[name] = Toward(party, likely, name in act.toward, draft=draft)
            elif likely > option.chance:
                option.party, option.chance, option.draft = party, likely, draft
            option.passages += name in told
    ranked = sorted(found.values(), key=lambda o: -o.chance)
    return [o for rank, o in enumerate(ranked) if o.taken or rank < MOST]


def _act_clues(act: Told, scene: Scene) -> list[str]:
    """What tells whether an act is toward anybody at all."""
    out = [*act_clues(scene), f"of {min(len(act.targets), 3)} taken"]
    if len(act.group) > 1:
        out.append("told often")
    return out + [f"doer {kind}" for kind in dict.fromkeys(m.kind for m in act.sources)]


def _clues(act: Told, option: Toward) -> Iterator[str]:
    if option.draft is not act.group[0]:
        yield "another passage"
    if not option.party.parties.isdisjoint(act.doers):
        yield "did it too"
    yield from _kin(option.party.id, act.doers)


def _kin(party: str, doers: Iterable[str]) -> Iterator[str]:
    """Whether a party is a side of a doer's own country, or the state of a doer's."""
    adjectives = load_knowledge().adjectives
    own = adjectives.get(party)
    for doer in doers:
        if (adjective := adjectives.get(doer)) and party.startswith(f"{adjective}-"):
            yield "of the doer's country"
        if own and doer.startswith(f"{own}-"):
            yield "the doer's state"


def floors(kind: str) -> tuple[float, float]:
    """The chances that the likeliest party needs, and each other, for an act of a type to have been toward it."""
    return (FIRST if kind in NOBODY else 0.0), MORE


def _listed_with(kept: Sequence[Mention], act: Told, page: ScoredPage) -> list[Mention]:
    """Those that the act was toward so far, are not kept, and stand in one long list with a party that is: of two
    parties joined by "and" the second often begins a clause of its own."""
    left = [m for m in act.targets if m.id not in {one.id for one in kept}]
    if not left or not kept:
        return []
    runs = [{m.id for m in run} for n in sorted(act.sentences) for run in lists(page.sentences[n]) if len(run) >= LONG]
    names = {m.id for m in kept}
    return [m for m in left if any(m.id in run and not run.isdisjoint(names) for run in runs)]


def settle(page: ScoredPage, text: str, groups: Iterable[Sequence[Draft]]) -> None:
    """Let each act be toward those whom all its passages, taken together, make likely."""
    table = weights(page.network.folder / WEIGHTS)
    for act, found in options(page, text, groups, every=False):
        kind = act.group[0].type
        kept = [found[i].party for i in chosen([chance(kind, option, table) for option in found], *floors(kind))]
        kept += _listed_with(kept, act, page)
        ids = parties_of(kept)
        act.group[0].targets = kept
        for draft in act.group[1:]:
            draft.targets = [m for m in draft.targets if m.parties <= ids]
