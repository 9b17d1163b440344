"""A Report is an Event as linking sees it: one page's word for one act, with who and when made comparable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from communique.article import Article
from communique.event import Event
from communique.linking import days, sources
from communique.linking.parties import both_sides
from communique.linking.words import name_tokens, vector


@dataclass(frozen=True, slots=True)
class Report:
    """One event of one page, ready for comparing.

    ``key`` names the event in the ledger, ``page`` the page; ``answers`` is the key of the event on
    the same page that it answers. ``since`` and ``until`` are days (ordinals, None where open),
    ``published`` the day of publication. ``origin`` is the key of the source that the report rests
    on (``sources.origin``), ``via`` its chain in words. ``words`` are the weighted words of the matter.
    """

    key: str
    page: str
    order: int
    type: str
    mode: str | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    about: str | None
    date: str | None
    since: int | None
    until: int | None
    published: int | None
    status: str
    place: str | None
    outlet: str | None
    origin: str
    via: tuple[str, ...]
    words: dict[str, float]
    quote: str
    terms: tuple[tuple[str, str | None, str], ...] = ()
    answers: str | None = None
    answers_type: str | None = None
    confidence: float = 1.0

    @property
    def when(self) -> days.When:
        """The days between which the act took place."""
        return days.When(self.since, self.until)

    @property
    def parties(self) -> tuple[str, ...]:
        """Sources and targets, without repeats, in order."""
        return both_sides(self.actors, self.targets)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, for keeping."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Report:
        """The report that ``to_dict`` gave."""
        for name in ("actors", "targets", "via"):
            values[name] = tuple(values[name])
        values["terms"] = tuple(tuple(term) for term in values["terms"])
        return cls(**values)


def sort_key(report: Report) -> tuple[int, str, int]:
    """Reports in order of publication, then by page and place in the page: the same in every ledger."""
    return (report.published or 9_999_999, report.page, report.order)


def reports_of(page: str, address: str, article: Article, events: Iterable[Event]) -> list[Report]:
    """The Reports of one page: ``page`` is its key, ``address`` what to call its outlet when it names none."""
    listed = list(events)
    by_id = {event.id: event for event in listed}
    own_keys = {event.id: f"{page}-{event.id}" for event in listed}
    return [_report(page, address, article, event, n, by_id, own_keys) for n, event in enumerate(listed)]


def _report(
    page: str, address: str, article: Article, event: Event, order: int, by_id: dict[str, Event], keys: dict[str, str]
) -> Report:
    span = days.when(event.date, article.published, event.status)
    answered = by_id.get(event.answers or "")
    if answered is not None and _before(span, days.when(answered.date, article.published, answered.status)):
        answered = None  # nothing answers what came after it
    issued = days.bounds(article.published)
    return Report(
        key=keys[event.id],
        page=page,
        order=order,
        type=event.type,
        mode=event.mode,
        actors=tuple(dict.fromkeys(a.id for a in event.sources)),
        targets=tuple(dict.fromkeys(a.id for a in event.targets)),
        about=event.about,
        date=event.date,
        since=span.since,
        until=span.until,
        published=issued[1] if issued else None,
        status=event.status,
        place=event.place,
        outlet=article.outlet,
        origin=sources.origin(article.outlet or address, article.credit, event.according_to),
        via=event.according_to,
        words=matter_words(event, answered),
        quote=event.evidence.quote,
        terms=tuple((t.role, t.actor, t.evidence.quote) for t in event.terms),
        answers=keys[answered.id] if answered else None,
        answers_type=answered.type if answered else None,
        confidence=event.confidence,
    )


def _before(one: days.When, other: days.When) -> bool:
    """Whether an interval ends before another begins, by more than a day."""
    return one.until is not None and other.since is not None and one.until + 1 < other.since


def matter_words(event: Event, answered: Event | None) -> dict[str, float]:
    """What an event is about: its own words, its terms', and those of what it answers ("the offer")."""
    own = [term.evidence.quote for term in event.terms]
    if answered is not None:
        own += [answered.about or "", answered.evidence.quote, *(t.evidence.quote for t in answered.terms)]
    names = frozenset(w for actor in (*event.sources, *event.targets) for w in name_tokens(actor.name))
    return vector(event.about, event.evidence.quote, own, names)
