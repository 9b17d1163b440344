"""Events as rows of the tables: one pass gives all tables that hang on events.

Columns stand in the order of ``tables.yaml``; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from communique import codebook
from communique.export.codes import Codes, codes_of
from communique.export.dates import days
from communique.export.record import EventRow, PageRow, Part
from communique.export.tables import LIST_MARK

Rows = list[tuple[Any, ...]]


def article_rows(pages: Sequence[PageRow]) -> Rows:
    """Rows of ``articles``."""
    return [(*page[:8], days(page.published).precision, *page[8:]) for page in pages]


def event_rows(part: Part) -> Rows:
    """Rows of ``events``: as coded."""
    rows: Rows = []
    for page, events in zip(part.pages, part.events, strict=True):
        for e in events:
            first, last, precision = days(e.date)
            rows.append((
                e.key, page.key, e.number, e.type, e.mode, e.about, e.date, first, last, precision, e.place, e.status,
                e.answers and f"{page.key}-{e.answers}", e.quote, e.start, e.end, e.confidence, e.judgement, e.move,
                e.thread, e.coder, e.coder_version, e.codebook_version,
            ))  # fmt: skip
    return rows


def party_rows(events: Sequence[EventRow]) -> Rows:
    """Rows of ``event_actors``."""
    rows: Rows = []
    for e in events:
        rows += [(e.key, "source", n, id_, name) for n, (id_, name) in enumerate(e.sources)]
        rows += [(e.key, "target", n, id_, name) for n, (id_, name) in enumerate(e.targets)]
    return rows


def term_rows(events: Sequence[EventRow]) -> Rows:
    """Rows of ``terms``."""
    return [(e.key, n, role, actor, quote, start, end)
            for e in events for n, (role, actor, start, end, quote) in enumerate(e.terms)]  # fmt: skip


def attribution_rows(events: Sequence[EventRow]) -> Rows:
    """Rows of ``attributions``."""
    return [(e.key, n, source) for e in events for n, source in enumerate(e.according_to)]


def evidence_rows(events: Sequence[EventRow]) -> Rows:
    """Rows of ``evidence``."""
    rows: Rows = []
    for e in events:
        rows.append((e.key, 0, e.quote, e.start, e.end))
        if e.mentions:
            rows += [(e.key, n, quote, start, end) for n, (start, end, quote) in enumerate(e.mentions, start=1)]
    return rows


def wide_rows(part: Part) -> Rows:
    """Rows of ``wide``: one for each event that stands."""
    return [_wide(page, e) for page, events in zip(part.pages, part.standing, strict=True) for e in events]


def _wide(page: PageRow, e: EventRow) -> tuple[Any, ...]:
    first, last, precision = days(e.date)
    plover, cameo = roll_up(e.type, e.mode)
    return (
        e.key, page.key, page.outlet, page.title, page.url, page.published, days(page.published).precision, e.type,
        e.mode, plover, cameo, e.status, e.date, first, last, precision, e.place, e.about, *_side(e.sources),
        *_side(e.targets), LIST_MARK.join(e.according_to) or None, *_terms(e.terms),
        e.answers and f"{page.key}-{e.answers}", e.quote, len(e.mentions), e.confidence, e.judgement, e.move, e.thread,
        e.matter, e.outcome, e.coder, e.coder_version, e.codebook_version,
    )  # fmt: skip


def _side(parties: Sequence[tuple[str, str]]) -> tuple[str | None, ...]:
    """Ids, names, and the codes of states, each list in one cell."""
    if not parties:
        return None, None, None, None, None
    if len(parties) == 1:
        id_, name = parties[0]
        return (id_, name, *_state(id_))
    codes = [_state(id_) for id_, _ in parties]
    ids, names = (LIST_MARK.join(column) for column in zip(*parties, strict=True))
    return (ids, names, *(LIST_MARK.join(filter(None, column)) or None for column in zip(*codes, strict=True)))


@cache
def _state(id_: str) -> tuple[str | None, str | None, str | None]:
    codes: Codes = codes_of(id_)
    return codes.iso3, _text(codes.cow), _text(codes.gw)


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


_ROLES = ("gives", "asks", "condition")


def _terms(terms: Sequence[Sequence[Any]]) -> tuple[str | None, ...]:
    """The words of the terms of each role, each list in one cell."""
    if not terms:
        return None, None, None
    return tuple(LIST_MARK.join(term[4] for term in terms if term[0] == role) or None for role in _ROLES)


@cache
def roll_up(type_: str, mode: str | None) -> tuple[str | None, str | None]:
    """The PLOVER type and CAMEO root code of an event type and mode; None for a type that the codebook has not."""
    try:
        kind = codebook.event_type(type_)
    except KeyError:
        return None, None
    named = next((m.plover for m in kind.modes if m.name == mode), kind.plover)
    return named, kind.cameo
