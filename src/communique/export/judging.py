"""What people decided on events, applied to rows. Few events are judged, so all decisions are held at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from communique.decision import Decision
from communique.event import Event
from communique.export.record import EventRow, PageRow, Part, told_of
from communique.ledger import schema
from communique.ledger.decisions import decision_of, judged, meant

Judged = list[tuple[Decision, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions on events that stand, by page, oldest first, each with its anchor."""

    by_page: Mapping[str, Judged]

    @classmethod
    def of(cls, connection: Connection) -> Decided:
        """The decisions of a ledger."""
        table = schema.decision
        query = select(table).where(table.c.subject == "event", table.c.withdrawn.is_(None)).order_by(table.c.id)
        by_page: dict[str, Judged] = defaultdict(list)
        for row in connection.execute(query).mappings():
            page = row["target"].rpartition("-")[0]
            by_page[page].append((decision_of(row), json.loads(row["anchor"])))
        return cls(by_page)

    def judge(self, pages: list[PageRow], events: list[list[EventRow]]) -> Part:
        """The part that these rows are: as coded, with the last judgement, and as they stand."""
        if not self.by_page:
            return Part(pages, events, events)
        both = [self._page(page, rows) for page, rows in zip(pages, events, strict=True)]
        return Part(pages, [coded for coded, _ in both], [stands for _, stands in both])

    def _page(self, page: PageRow, rows: list[EventRow]) -> tuple[list[EventRow], list[EventRow]]:
        decisions = self.by_page.get(page.key)
        if not decisions:
            return rows, rows
        events = [told_of(page, row).event for row in rows]
        said = _last_words(events, decisions)
        coded = [row._replace(judgement=said.get(row.name)) for row in rows]
        by_name = {row.name: row for row in coded}
        return coded, [_as_judged(by_name[event.id], event) for event in judged(page.key, events, decisions)]


def _last_words(events: Sequence[Event], decisions: Judged) -> dict[str, str]:
    """The last judgement on each event, by its name in the page."""
    found: dict[str, str] = {}
    for decision, anchor in decisions:
        event = meant(decision.target.rpartition("-")[2], anchor, events)
        if event is not None:
            found[event.id] = decision.judgement
    return found


def _as_judged(row: EventRow, event: Event) -> EventRow:
    """The row with what a correction can change taken from the event."""
    return row._replace(
        type=event.type,
        mode=event.mode,
        about=event.about,
        date=event.date,
        place=event.place,
        status=event.status,
        answers=event.answers,
        according_to=list(event.according_to),
        sources=[(actor.id, actor.name) for actor in event.sources],
        targets=[(actor.id, actor.name) for actor in event.targets],
    )
