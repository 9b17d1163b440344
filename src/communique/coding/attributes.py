"""The fields of an act beside type and parties: its words, mode, status, date, place and who says so."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from communique.actor import Mention
from communique.article import Article
from communique.coding import heads
from communique.coding.about import about
from communique.coding.attribution import Attribution, attributions
from communique.coding.attribution_chain import Weighed, chain_of, weighed
from communique.coding.attribution_features import Act, ids_by_name
from communique.coding.dating.candidates import DatedPage
from communique.coding.dating.chooser import event_date
from communique.coding.draft import Draft, actors, parties_of
from communique.coding.labels import MODES, STATUSES
from communique.coding.merging import parties
from communique.coding.places import event_place
from communique.coding.quoting import quote
from communique.coding.scoring import ScoredPage
from communique.coding.status import status
from communique.coding.terms import terms
from communique.event import Event
from communique.evidence import Evidence

Span = tuple[int, int]


OWN_VOICE = 0.15
"""Below this chance of being attributed, an act is told in the page's own voice."""
ALLEGED = 0.3
CALIBRATION = (0.84, -0.94)
"""Slope and shift on the log odds of type and source together, by logistic regression on the dev pages."""
SURELY, FAINT = 0.35, 0.1
"""An act that surely hangs on somebody is hung on a layer that is only faintly likely."""
NEGATION = re.compile(
    r"\b(?:not|no|never|neither|nor|without|yet|fail\w*|stopp?\w*|refrain\w*)\b|n['’]t\b", re.IGNORECASE
)
RETELLING = frozenset({"before", "after", "according"})
UNNAMED = frozenset({"news", "news report", "news reports", "report", "reports", "media", "media reports"})
"""Words for a source that say nothing where another name is given."""


@dataclass(slots=True)
class Surroundings:
    """A page's text, sentences, mentions, dates and attributions: what the fields of its acts are read off."""

    text: str
    spans: list[Span]
    mentions: list[Mention]
    dated: DatedPage
    said: list[Attribution]
    named: dict[str, set[str]]
    layers: dict[Act, Weighed] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, spans: list[Span], mentions: list[Mention], article: Article) -> Surroundings:
        """Find the dates and attributions of an article."""
        dated = DatedPage.of(text, spans, article.published)
        return cls(text, spans, mentions, dated, attributions(text, spans, mentions), ids_by_name(mentions))

    def weigh(self, acts: Sequence[Act]) -> None:
        """Weigh the layers of some acts, all at once."""
        new = [act for act in acts if act not in self.layers]
        self.layers |= zip(new, weighed(new, self.said, self.text, self.mentions, self.named), strict=True)

    def weighed(self, act: Act) -> Weighed:
        """The layers that may carry an act, with their chances; found once an act."""
        self.weigh([act])
        return self.layers[act]

    def number(self, position: int) -> int:
        """The number of the sentence that holds a position."""
        return max(0, bisect_right(self.spans, (position, len(self.text))) - 1)


@dataclass(frozen=True, slots=True)
class Why:
    """What each field of an event rests on, in words, for ``communique explain``."""

    status: str
    according_to: str
    date: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What the model's heads say of one act: the chance that it hangs on somebody, of each status and of each mode."""

    hung: float
    status: np.ndarray
    mode: np.ndarray

    @classmethod
    def of(cls, groups: Sequence[Sequence[Draft]]) -> list[Judged]:
        """Each act judged by its surest draft."""
        if not groups:
            return []
        vectors = np.stack([g[0].vector for g in groups])
        hung, status, mode = (heads.attributes(name, vectors) for name in ("attributed", "status", "mode"))
        return [cls(float(h), s, m) for h, s, m in zip(hung, status, mode, strict=True)]


def mode_of(kind: str, chances: np.ndarray) -> str | None:
    """The likeliest mode of the type, or None where the type has none."""
    own = [(float(chances[i]), name) for i, (owner, name) in enumerate(MODES) if owner == kind]
    return max(own)[1] if own else None


def describe(page: ScoredPage, around: Surroundings, groups: Sequence[Sequence[Draft]]) -> list[tuple[Event, Why]]:
    """The drafts of each act as an Event, not yet numbered, and what its fields rest on.

    What may carry the acts is weighed for all of them at once, which is far quicker.
    """
    judged = Judged.of(groups)
    acts = [next(_acts(page, around, g, parties_of(parties(g, "sources")))) for g in groups]
    around.weigh([a for a, j in zip(acts, judged, strict=True) if j.hung >= OWN_VOICE or _denies(around, a)])
    return [_described(page, around, *one) for one in zip(groups, acts, judged, strict=True)]


def _described(
    page: ScoredPage, around: Surroundings, group: Sequence[Draft], act: Act, judged: Judged
) -> tuple[Event, Why]:
    best, span, sentence = group[0], act.quote, act.sentence
    evidence = quote(page, around.text, best.sentence, best.trigger)
    sources, targets = parties(group, "sources"), parties(group, "targets")
    chain, chained = _chain(page, around, group, act.sources, judged.hung)
    state, stated = _status(around, act, judged.status, chain)
    date, dated = event_date(around.dated, span, best.type, state)
    mode = best.mode or mode_of(best.type, judged.mode)
    doers, others = actors(sources), actors(targets)
    event = Event(
        id="",
        type=best.type,
        mode=mode,
        sources=doers,
        targets=others,
        evidence=evidence,
        about=about(best.type, span, sentence, around.text),
        date=date,
        place=event_place(around.text, span, sentence, best.type),
        status=state,
        according_to=tuple(chain),
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
            )
        ),
        mentions=tuple(_others(page, around.text, group, evidence)),
        confidence=confidence(group),
    )
    return event, Why(stated, chained, dated)


def _chain(
    page: ScoredPage, around: Surroundings, group: Sequence[Draft], ids: frozenset[str], hung: float
) -> tuple[list[str], str]:
    """Who the page says tells of the act, over all passages that tell it, nearest to the fact first."""
    if hung < OWN_VOICE:
        return [], "the page's own voice"
    seen: Weighed = []
    told: tuple[list[str], str] = ([], "none")
    for act in _acts(page, around, group, ids):
        layers = around.weighed(act)
        seen += layers
        told = chain_of(layers)
        if told[0]:
            break
    names, how = told if told[0] else _likeliest(seen, hung)
    names = [name for name in names if not unnamed(name)] or names
    outlet = _retold(around, group) if names else None
    if outlet and not any(outlet in name or name in outlet for name in names):
        return [*names, outlet], f"{how}+retold"
    return names, how


def _acts(page: ScoredPage, around: Surroundings, group: Sequence[Draft], ids: Collection[str]) -> Iterator[Act]:
    """The act as each of its passages tells it, for attribution."""
    for draft in group:
        told = page.sentences[draft.sentence]
        words = quote(page, around.text, draft.sentence, draft.trigger)
        yield Act(draft.type, (words.start, words.end), (told.start, told.end), frozenset(ids))


def _likeliest(layers: Weighed, hung: float) -> tuple[list[str], str]:
    """Where no layer is sure but the act surely hangs on somebody: the likeliest source that has a name."""
    named = [(c, a) for c, a in layers if c >= FAINT and a.source and not unnamed(a.source)]
    if hung < SURELY or not named:
        return [], "none"
    best = max(named, key=lambda pair: pair[0])[1]
    return [str(best.source)], best.frame


def unnamed(source: str) -> bool:
    """Whether words for a source name nobody ("new reports")."""
    return source.lower().removeprefix("new ") in UNNAMED


def _retold(around: Surroundings, group: Sequence[Draft]) -> str | None:
    """The outlet whose report a passage goes on retelling: the latest one named in the two sentences before it."""
    for draft in group:
        layers = [a for a in around.said if a.kind == "outlet" and a.source and a.frame in RETELLING]
        near = [a for a in layers if 0 <= draft.sentence - around.number(a.cue_span[0]) <= 2]
        named = [a for a in near if a.source and not unnamed(a.source)]
        if named:
            return named[-1].source
    return None


def _denies(around: Surroundings, act: Act) -> bool:
    """Whether the sentence holds a word that may negate the act."""
    return bool(NEGATION.search(around.text, *act.sentence))


def _status(around: Surroundings, act: Act, chances: np.ndarray, chain: Sequence[str]) -> tuple[str, str]:
    """The status of an act: negated where its words say so, else the likeliest.

    What rests on somebody is alleged already where the model half thinks so.
    """
    if _denies(around, act):
        said, how = status(act, around.weighed(act), around.text, around.mentions, around.named)
        if said == "negated":
            return said, how
    if chain and chances[STATUSES.index("alleged")] >= ALLEGED:
        return "alleged", f"rests on {chain[0]}"
    return STATUSES[int(chances.argmax())], f"the model's chance is {chances.max():.2f}"


def _others(page: ScoredPage, text: str, group: Sequence[Draft], main: Evidence) -> list[Evidence]:
    """The further passages that tell the act."""
    found = [quote(page, text, d.sentence, d.trigger) for d in group[1:]]
    return [e for e in dict.fromkeys(found) if not e.overlaps(main)]


def confidence(group: Sequence[Draft]) -> float:
    """The chance that a careful coder would record the act as it stands, calibrated on the dev pages."""
    likely = min(max(max(d.chance * d.source_chance for d in group), 0.001), 0.999)
    slope, shift = CALIBRATION
    return 1 / (1 + math.exp(-(slope * math.log(likely / (1 - likely)) + shift)))
