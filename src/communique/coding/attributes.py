"""The fields of an act beside type and parties: its words, mode, status, date, place and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from communique.actor import Mention
from communique.article import Article
from communique.coding import heads
from communique.coding.about import about
from communique.coding.attribution import Attribution, attributions
from communique.coding.attribution_chain import chain_of, weighed
from communique.coding.attribution_features import Act
from communique.coding.dating.candidates import DatedPage
from communique.coding.dating.chooser import event_date
from communique.coding.drafts import Draft, actors, parties_of
from communique.coding.labels import DATE_CLASSES, MODES
from communique.coding.merging import parties
from communique.coding.places import event_place
from communique.coding.quoting import quote
from communique.coding.scoring import ScoredPage
from communique.coding.status import status
from communique.coding.terms import terms
from communique.event import Event
from communique.evidence import Evidence

Span = tuple[int, int]


@dataclass(slots=True)
class Surroundings:
    """A page's text, sentences, mentions, dates and attributions: what the fields of its acts are read off."""

    text: str
    spans: list[Span]
    mentions: list[Mention]
    dated: DatedPage
    said: list[Attribution]

    @classmethod
    def of(cls, text: str, spans: list[Span], mentions: list[Mention], article: Article) -> Surroundings:
        """Find the dates and attributions of an article."""
        dated = DatedPage.of(text, spans, article.published)
        return cls(text, spans, mentions, dated, attributions(text, spans, mentions))


@dataclass(frozen=True, slots=True)
class Why:
    """What each field of an event rests on, in words, for ``communique explain``."""

    status: str
    according_to: str
    date: str


def mode_of(kind: str, vector: np.ndarray) -> str | None:
    """The likeliest mode of the type, or None where the type has none."""
    chances = heads.attributes("mode", vector)
    own = [(float(chances[i]), name) for i, (owner, name) in enumerate(MODES) if owner == kind]
    return max(own)[1] if own else None


def describe(page: ScoredPage, around: Surroundings, group: Sequence[Draft]) -> tuple[Event, Why]:
    """The drafts of one act as an Event, not yet numbered, and what its fields rest on."""
    best = group[0]
    evidence = quote(page, around.text, best.sentence, best.trigger)
    sources, targets = parties(group, "sources"), parties(group, "targets")
    told = page.sentences[best.sentence]
    span, sentence = (evidence.start, evidence.end), (told.start, told.end)
    ids = parties_of(sources)
    act = Act(best.type, span, sentence, frozenset(ids))
    layers = weighed(act, around.said, around.text, around.mentions)
    chain, chained = chain_of(layers, act)
    state, stated = status(best.type, span, sentence, ids, around.said, around.text, around.mentions, layers)
    classes = dict(zip(DATE_CLASSES, heads.attributes("date", best.vector).tolist(), strict=True))
    date, dated = event_date(around.dated, span, best.type, state, classes)
    mode = best.mode or mode_of(best.type, best.vector)
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


def _others(page: ScoredPage, text: str, group: Sequence[Draft], main: Evidence) -> list[Evidence]:
    """The further passages that tell the act."""
    found = [quote(page, text, d.sentence, d.trigger) for d in group[1:]]
    return [e for e in dict.fromkeys(found) if not e.overlaps(main)]


def confidence(group: Sequence[Draft]) -> float:
    """The chance that a careful coder would record the act, before calibration."""
    best = max(d.chance * d.source_chance for d in group)
    return float(best)
