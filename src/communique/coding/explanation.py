"""What an event rests on, in words: the passages, the model's chances and the rules behind each field."""

from __future__ import annotations

from collections.abc import Sequence

from communique.cleaning import clean
from communique.coding.attributes import Why
from communique.coding.coder import Reading, described, events, read
from communique.coding.draft import Draft
from communique.coding.floors import types_told
from communique.coding.labels import TYPES
from communique.coding.networks import Network
from communique.event import Event
from communique.page import Page

SHOWN = 5
"""How many types of act are listed for a sentence."""


def explain_event(page: Page, event_id: str, network: Network | None = None) -> list[str]:
    """Lines that tell what each field of an event rests on. Raises LookupError where the page has no such event."""
    reading = read(page, clean(page), network)
    coded = {event.id: event for event in events(page, reading)}
    if event_id not in coded:
        raise LookupError(f"no event {event_id!r}; the page has {', '.join(coded) or 'none'}")
    event = coded[event_id]
    for group, (made, why) in zip(reading.groups, described(reading), strict=True):
        if made.evidence == event.evidence and made.type == event.type and made.sources == event.sources:
            return _told(event, why, group, reading)
    raise LookupError(f"event {event_id!r} cannot be traced to its sentences")


def _told(event: Event, why: Why, group: Sequence[Draft], reading: Reading) -> list[str]:
    best = group[0]
    rule = " (the words say it outright)" if best.mode else ""
    return [
        f"{event.id} {event.type}{'/' + event.mode if event.mode else ''}, confidence {event.confidence:.2f}",
        f"words: {event.evidence.quote}",
        f"type: chance {best.chance:.2f}{rule}; it turns on {_trigger(best, reading)!r}",
        f"mode: {event.mode or 'none'}; {why.mode()}",
        f"sources: {_parties(best, 'sources')}; chance {best.source_chance:.2f}",
        f"targets: {_parties(best, 'targets') or 'none'}; chance {best.target_chance:.2f}",
        f"status: {event.status}; {why.status}",
        f"date: {event.date or 'none'}; {why.date}",
        f"according to: {', '.join(event.according_to) or 'the page itself'}; {why.according_to}",
        f"answers: {event.answers or 'nothing'}",
        f"told in {len(group)} passage{'s' if len(group) > 1 else ''}",
        *(f"  also: {other.quote}" for other in event.mentions),
    ]


def _trigger(draft: Draft, reading: Reading) -> str:
    return reading.surroundings.text[slice(*draft.trigger)]


def _parties(draft: Draft, role: str) -> str:
    return ", ".join(f"{m.name} = {m.id} (by {m.via})" for m in getattr(draft, role))


def explain_sentence(page: Page, words: str, network: Network | None = None) -> list[str]:
    """Lines that tell how the sentence holding ``words`` was scored. Raises LookupError where none holds them."""
    reading = read(page, clean(page), network)
    for index, one in enumerate(reading.scored.sentences):
        text = page.text[one.start : one.end]
        if words in text:
            return [f"sentence: {text}", _seen(reading, index), *_scores(reading, index, page.text)]
    raise LookupError(f"no sentence of the article holds {words!r}")


def _seen(reading: Reading, index: int) -> str:
    parties = [f"{m.name} = {m.id}" for m in reading.scored.sentences[index].mentions]
    return f"parties: {', '.join(parties) or 'none'}"


def _scores(reading: Reading, index: int, text: str) -> list[str]:
    page, floor = reading.judged, reading.judged.network.floors.type
    if index not in page.types:
        return ["not scored: no party in it or in the two sentences before"]
    chances = page.types[index].tolist()
    ranked = sorted(zip(chances, TYPES, strict=True), reverse=True)[:SHOWN]
    listed = [f"{kind} {chance:.2f}" for chance, kind in ranked]
    less = [TYPES[t] for t in types_told(page, text, index) if chances[t] < floor]
    besides = f"; its words, or an answer beside, let less do for {', '.join(less)}" if less else ""
    return [f"likeliest types: {', '.join(listed)}; an event needs {floor} and a party that did it{besides}"]
