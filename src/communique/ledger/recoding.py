"""Bringing stored pages up to the installed coder, without touching people's decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from communique.event import Event
from communique.ledger import schema
from communique.ledger.adding import Coding
from communique.ledger.coder import PEOPLE, Coded, Coder
from communique.ledger.decisions import meant, standing
from communique.ledger.rows import page_key
from communique.ledger.store import Ledger, events_of
from communique.page import Page

if TYPE_CHECKING:
    from communique.commands.workers import Left


@dataclass(slots=True)
class Recoded:
    """What changed: pages coded anew, events kept, changed, new and gone, and decisions whose event is gone."""

    pages: int = 0
    events: Counter[str] = field(default_factory=Counter)
    lost_decisions: list[int] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)


def recode(ledger: Ledger, coder: Coder, code: Coding, step: Callable[[Recoded], None]) -> Recoded:
    """Code anew every page that another coder or version coded, one transaction a page; reports what changed."""
    from communique.commands.workers import Left

    report = Recoded()
    for page_id, result in _results(ledger, coder, code):
        if isinstance(result, Left):
            report.failures.append((result.path, result.reason))
        else:
            with ledger.reading() as connection:
                before = events_of(connection, page_id)
            ledger.recode(page_id, result, coder)
            report.pages += 1
            report.events.update(compare(before, result.events))
            report.lost_decisions += _lost(ledger, page_key(result.page), result)
        step(report)
    return report


def outdated(ledger: Ledger, coder: Coder) -> list[int]:
    """The ids of pages that another coder, version or codebook coded; not of those that people coded."""
    table = schema.article
    differs = or_(*(table.c[name] != value for name, value in coder.stamp.items()))
    with ledger.reading() as connection:
        by_program = table.c.coder.not_like(f"{PEOPLE}%")
        query = select(table.c.page_id).where(differs, by_program).order_by(table.c.page_id)
        return list(connection.execute(query).scalars())


def _results(ledger: Ledger, coder: Coder, code: Coding) -> Iterator[tuple[int, Coded | Left]]:
    ids = outdated(ledger, coder)
    pages: Iterator[Page] = (ledger.page(page_id) for page_id in ids)
    yield from zip(ids, code(pages), strict=True)


def compare(before: list[Event], after: tuple[Event, ...]) -> Counter[str]:
    """How many events are kept as they were, changed, new and gone; an event is known by its type and words."""
    counts: Counter[str] = Counter()
    left = list(before)
    for event in after:
        known = next((e for e in left if e.type == event.type and e.evidence.overlaps(event.evidence)), None)
        if known is None:
            counts["new"] += 1
        else:
            left.remove(known)
            same = known.to_dict() | {"id": "", "answers": ""} == event.to_dict() | {"id": "", "answers": ""}
            counts["kept" if same else "changed"] += 1
    counts["gone"] += len(left)
    return counts


def _lost(ledger: Ledger, key: str, coded: Coded) -> list[int]:
    """Decisions that stand on events which the new coding does not have: kept, and named for a person to look at."""
    with ledger.reading() as connection:
        decisions = standing(connection, [key])
    events = list(coded.events)
    on_events = [(d, anchor) for d, anchor in decisions if d.subject == "event" and d.id is not None]
    return [d.id for d, anchor in on_events if d.id and meant(d.target.rpartition("-")[2], anchor, events) is None]
