"""The fields of an act beside type and parties: its words, mode, status, date, place and who says so."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from communique.actor import Actor
from communique.coding.attribution_features import Act
from communique.coding.dating.chooser import Asked, event_dates
from communique.coding.draft import Draft, parties_of, told_by_nouns
from communique.coding.labels import STATUSES, TYPE_INDEX
from communique.coding.linear import Linear, load
from communique.coding.matter import matters
from communique.coding.merging import parties
from communique.coding.modes import WEIGHTS, mode_of, turning_word
from communique.coding.naming import Names
from communique.coding.networks import Floors, Network
from communique.coding.places import towns
from communique.coding.quoting import quote
from communique.coding.scoring import ScoredPage
from communique.coding.status import hearsay, statuses
from communique.coding.surroundings import Surroundings, act_of
from communique.coding.telling import tellers
from communique.coding.terms import terms
from communique.coding.whereabouts import Done, Grounds, Passage, event_place
from communique.event import Event
from communique.evidence import Evidence
from communique.knowledge import load_knowledge
from communique.knowledge.kinds import kind_of

Span = tuple[int, int]


ALLEGED = 0.3
AT_PLACES = frozenset(["ASSAULT", "COERCE"])
NEGATIVE = frozenset(["not", "no", "never", "neither", "nor", "without", "yet"])
FAILING = ("fail", "stop", "refrain")
_WORD, _NOT = re.compile(r"\w+"), re.compile(r"n['’]t\b")


def negated(sentence: str) -> bool:
    """Whether any word of a sentence may say that an act did not happen."""
    low = sentence.lower()
    words = _WORD.findall(low)
    return (
        not NEGATIVE.isdisjoint(words)
        or (any(stem in low for stem in FAILING) and any(word.startswith(FAILING) for word in words))
        or ("t" in words and bool(_NOT.search(low)))
    )


@dataclass(frozen=True, slots=True)
class Why:
    """What each field of an event rests on, in words, for ``communique explain``."""

    mode: Callable[[], str]
    status: str
    according_to: str
    date: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What the model's heads say of one act: the chance of each status and of each mode."""

    status: np.ndarray
    mode: np.ndarray

    @classmethod
    def of(cls, groups: Sequence[Sequence[Draft]], network: Network) -> list[Judged]:
        """Each act judged by its surest draft, as the network sees it."""
        if not groups:
            return []
        vectors = np.array([g[0].vector for g in groups])
        return list(map(cls, *(network.heads.attributes(name, vectors) for name in ("status", "mode"))))


def describe(
    page: ScoredPage,
    around: Surroundings,
    groups: Sequence[Sequence[Draft]],
    judged: Sequence[Judged],
) -> list[tuple[Event, Why]]:
    """The drafts of each act as an Event, not yet numbered, and what its fields rest on.

    ``page`` is as choosers see it, and the acts are ``judged`` by the heads of its network. Each chooser is asked about
    all acts at once, which is far quicker.
    """
    floors, folder = page.network.floors, page.network.folder
    models = load(folder / WEIGHTS)
    doers = [frozenset(parties_of(parties(g, "sources"))) for g in groups]
    passages = [[act_of(page, around, draft, ids) for draft in g] for g, ids in zip(groups, doers, strict=True)]
    acts = [told[0] for told in passages]
    denying = {(a, b): negated(around.text[a:b]) for a, b in {act.sentence for act in acts}}
    denied = [denying[act.sentence] for act in acts]
    pairs = [pair for told, g in zip(passages, groups, strict=True) for pair in zip(told, g, strict=True)]
    around.weigh({act: _vector(page, draft) for act, draft in pairs})
    told = [tellers(around, group, each, floors.teller) for group, each in zip(groups, passages, strict=True)]
    chains = [chain for chain, _ in told]
    states = _states(around, acts, [g[0].trigger for g in groups], denied, judged, chains)
    nouns = told_by_nouns(draft for group in groups for draft in group)
    asked = [_asked(page, each, g, s, nouns) for each, g, (s, _) in zip(passages, groups, states, strict=True)]
    dates = event_dates(around.dated, asked, page.words, folder)
    grounds = Grounds(around.text, around.spans, around.mentions)
    where = [_place(grounds, group, each) for group, each in zip(groups, passages, strict=True)]
    names, said = Names(around.mentions), matters(page, around.text, groups)
    sure = [confidence(group, floors) for group in groups]
    each = zip(groups, sure, acts, judged, told, states, dates, where, said, strict=True)
    return [_described(page, around, names, models, *one) for one in each]


def _place(grounds: Grounds, group: Sequence[Draft], passages: Sequence[Act]) -> str | None:
    """Where an act took place, by all the passages that tell it."""
    told = [Passage(a.quote, d.sentence, d.trigger) for a, d in zip(passages, group, strict=True)]
    others = parties_of(parties(group, "targets"))
    return event_place(grounds, Done(group[0].type, told, passages[0].sources, others))


def _vector(page: ScoredPage, draft: Draft) -> np.ndarray:
    """The act of a draft as the page shows it to choosers, which need not be how the heads saw it that found it."""
    return page.vector(draft.sentence, TYPE_INDEX[draft.type])


def _asked(page: ScoredPage, passages: Sequence[Act], group: Sequence[Draft], status: str, nouns: Set[int]) -> Asked:
    """An act to be dated, by all the passages that tell it: the day beside a noun may be that of the answer."""
    pairs = sorted(zip(passages, group, strict=True), key=lambda pair: id(pair[1]) in nouns)
    (first, draft), *others = pairs
    more = tuple(Asked(a.quote, a.type, status, _vector(page, d), trigger=d.trigger) for a, d in others)
    return Asked(first.quote, first.type, status, _vector(page, draft), more, draft.trigger)


def _described(
    page: ScoredPage,
    around: Surroundings,
    names: Names,
    models: Mapping[str, Linear],
    group: Sequence[Draft],
    sure: float,
    act: Act,
    judged: Judged,
    told: tuple[list[str], str],
    stated: tuple[str, str],
    dated: tuple[str | None, str],
    place: str | None,
    matter: str | None,
) -> tuple[Event, Why]:
    best, span, sentence = group[0], act.quote, act.sentence
    evidence = quote(page, around.text, best.sentence, best.trigger)
    sources, targets = parties(group, "sources"), parties(group, "targets")
    mode, how = _mode(around.text, best, act, judged.mode, models)
    doers, others = names.actors(sources), names.actors(targets)
    others = others or townspeople(best.type, doers, place)
    event = Event(
        id="",
        type=best.type,
        mode=mode,
        sources=doers,
        targets=others,
        evidence=evidence,
        about=matter,
        date=dated[0],
        place=place,
        status=stated[0],
        according_to=tuple(told[0]),
        terms=tuple(
            terms(
                best.type,
                span,
                sentence,
                around.text,
                [a.id for a in doers],
                [a.id for a in others],
                around.mentions,
                mode,
                best.trigger,
            )
        ),
        mentions=tuple(_others(page, around.text, group, evidence)),
        confidence=sure,
    )
    return event, Why(how, stated[1], told[1], dated[1])


def _mode(
    text: str, best: Draft, act: Act, chances: np.ndarray, models: Mapping[str, Linear]
) -> tuple[str | None, Callable[[], str]]:
    """The mode of an act and what it rests on: the words where they say it outright, else what is likeliest."""
    if best.mode:
        return best.mode, lambda: "the words say it outright"
    return mode_of(best.type, chances, text[slice(*act.quote)], turning_word(text, best.trigger, act.sentence), models)


def townspeople(kind: str, doers: Sequence[Actor], place: str | None) -> tuple[Actor, ...]:
    """Whom a state attacks in a town where nobody is named: a place that is hit stands for its people (codebook)."""
    country = towns().get(place or "")
    if kind not in AT_PLACES or country is None or not any(kind_of(a.id) == "state" for a in doers):
        return ()
    return (Actor(place or "", load_knowledge().side(country, "civilians", None)),)


def _states(
    around: Surroundings,
    acts: Sequence[Act],
    triggers: Sequence[Span],
    denied: Sequence[bool],
    judged: Sequence[Judged],
    chains: Sequence[Sequence[str]],
) -> list[tuple[str, str]]:
    """The status of each act, and what it rests on: negated or hearsay where the words say so, else the likeliest.

    What rests on somebody is alleged already where the model half thinks so.
    """
    doubtful = [(act, around.layers[act]) for act, no in zip(acts, denied, strict=True) if no]
    read = iter(statuses(doubtful, around.text, around.mentions, around.told.named))
    out = []
    for act, trigger, no, one, chain in zip(acts, triggers, denied, judged, chains, strict=True):
        said = next(read) if no else None
        heard = hearsay(around.text, act.sentence, trigger)
        if said and said[0] == "negated":
            out.append(said)
        elif heard:
            out.append(("alleged", f"the page says {heard!r}"))
        elif chain and one.status[STATUSES.index("alleged")] >= ALLEGED:
            out.append(("alleged", f"rests on {chain[0]}"))
        else:
            out.append((STATUSES[int(one.status.argmax())], f"the model's chance is {one.status.max():.2f}"))
    return out


def _others(page: ScoredPage, text: str, group: Sequence[Draft], main: Evidence) -> list[Evidence]:
    """The further passages that tell the act."""
    found = [quote(page, text, d.sentence, d.trigger) for d in group[1:]]
    return [e for e in dict.fromkeys(found) if not e.overlaps(main)]


def confidence(group: Sequence[Draft], floors: Floors) -> float:
    """The chance that a careful coder would record the act as it stands, calibrated on pages left out of training."""
    likely = min(max(max(d.chance * d.source_chance for d in group), 0.001), 0.999)
    slope, shift = floors.calibration
    # Rounded, so that what the number of threads changes in the last bits of a product is not kept.
    return round(1 / (1 + math.exp(-(slope * math.log(likely / (1 - likely)) + shift))), 6)
