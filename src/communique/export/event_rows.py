"""Events as rows of the tables: one pass gives all tables that hang on events.

Columns stand in the order of ``tables.yaml``; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from communique.export.codes import Codes, codes_of
from communique.export.codes.maps import cameo, plover
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
        article = page.key
        for (key, number, _, type_, mode, about, date, place, status, answers, quote, start, end, confidence, coder,
             coder_version, codebook_version, move, thread, _, _, judgement, *_) in events:  # fmt: skip
            rows.append((
                key, article, number, type_, mode, about, date, *days(date), place, status,
                f"{article}-{answers}" if answers else None, quote, start, end, confidence, judgement, move, thread,
                coder, coder_version, codebook_version,
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
    rows: Rows = []
    for page, events in zip(part.pages, part.standing, strict=True):
        article = page.key
        about_page = (article, page.outlet, page.title, page.url, page.published, days(page.published).precision)
        for (key, _, _, type_, mode, about, date, place, status, answers, quote, _, _, confidence, coder, coder_version,
             codebook_version, move, thread, matter, outcome, judgement, according_to, terms, mentions, sources,
             targets) in events:  # fmt: skip
            rows.append((
                key, *about_page, type_, mode, *roll_up(type_, mode), status, date, *days(date), place, about,
                *_side(sources), *_side(targets), LIST_MARK.join(according_to) if according_to else None,
                *(_terms(terms) if terms else _NO_TERMS), f"{article}-{answers}" if answers else None, quote,
                len(mentions), confidence, judgement, move, thread, matter, outcome, coder, coder_version,
                codebook_version,
            ))  # fmt: skip
    return rows


def _side(parties: Sequence[tuple[str, str]]) -> tuple[str | None, ...]:
    """Ids, names, and the codes of states, each list in one cell."""
    if not parties:
        return None, None, None, None, None
    if len(parties) == 1:
        id_, name = parties[0]
        return (id_, name, *state_codes(id_))
    codes = [state_codes(id_) for id_, _ in parties]
    ids, names = (LIST_MARK.join(column) for column in zip(*parties, strict=True))
    return (ids, names, *(LIST_MARK.join(filter(None, column)) or None for column in zip(*codes, strict=True)))


@cache
def state_codes(id_: str) -> tuple[str | None, str | None, str | None]:
    """ISO 3166 alpha-3, Correlates of War and Gleditsch-Ward codes of a party, as text; None each where it has none."""
    codes: Codes = codes_of(id_)
    return codes.iso3, _text(codes.cow), _text(codes.gw)


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


_ROLES = ("gives", "asks", "condition")
_NO_TERMS = (None, None, None)


def _terms(terms: Sequence[Sequence[Any]]) -> tuple[str | None, ...]:
    """The words of the terms of each role, each list in one cell."""
    return tuple(LIST_MARK.join(term[4] for term in terms if term[0] == role) or None for role in _ROLES)


@cache
def roll_up(type_: str, mode: str | None) -> tuple[str | None, str | None]:
    """The PLOVER event and CAMEO code of an event type and mode; None for a type that the codebook has not."""
    to_plover, to_cameo = plover(type_, mode), cameo(type_, mode)
    return to_plover and to_plover.event, to_cameo and to_cameo.code
