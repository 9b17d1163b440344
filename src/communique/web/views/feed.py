"""Changes: the threads that pages or people touched last, for a reader of feeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, or_, select

from communique.ledger import schema
from communique.ledger.packing import unpack_thread
from communique.ledger.sets import rows_in
from communique.thread import Thread
from communique.web.room import Room
from communique.web.wording import plural

MOST = 50  # threads in a feed
PAGES = 500  # latest pages, and decisions, whose threads are looked at
Row = dict[str, Any]


def changes(room: Room) -> list[Row]:
    """The threads that changed last, the latest change first.

    ``published`` is when the first page that tells a thread was added, ``updated`` when the last was, or when a person
    last decided on one of its events; both ISO 8601 in UTC. Coding or linking anew is no news.
    """
    updated = touched(room)
    newest = sorted(updated, key=lambda thread: (updated[thread], thread), reverse=True)[:MOST]
    table = schema.thread
    rows = rows_in(room.connection, select(table.c.id, table.c.body), table.c.id, newest)
    bodies = {row.id: unpack_thread(row.body) for row in rows}
    first = _first(room, newest)
    return [
        entry(room, bodies[n], min(first.get(n, updated[n]), updated[n]), updated[n]) for n in newest if n in bodies
    ]


def touched(room: Room) -> dict[int, str]:
    """By thread (row) the moment of its last change, of threads that the latest pages and decisions touch."""
    found: dict[int, str] = {}
    for thread, moment in [*_by_pages(room), *_by_decisions(room)]:
        found[thread] = max(found.get(thread, ""), moment)
    return found


def _by_pages(room: Room) -> Iterable[tuple[int, str]]:
    page, report, move = schema.page, schema.report, schema.move
    late = select(page.c.id, page.c.added).order_by(page.c.id.desc()).limit(PAGES).subquery()
    query = select(move.c.thread_id, func.max(late.c.added)).select_from(late)
    query = query.join(report, report.c.page_id == late.c.id).join(move, move.c.id == report.c.move_id)
    rows = room.connection.execute(query.where(move.c.thread_id.is_not(None)).group_by(move.c.thread_id))
    return [(row[0], moment(row[1])) for row in rows]


def _by_decisions(room: Room) -> Iterable[tuple[int, str]]:
    decision, event, report, move = schema.decision, schema.event, schema.report, schema.move
    when = func.coalesce(decision.c.withdrawn, decision.c.decided)
    late = select(decision.c.target, decision.c.other, when.label("moment"))
    late_ones: Select[Any] = late.order_by(when.desc(), decision.c.id.desc()).limit(PAGES)
    found = late_ones.subquery()
    query = select(move.c.thread_id, found.c.moment).select_from(found)
    query = query.join(event, or_(event.c.key == found.c.target, event.c.key == found.c.other))
    query = query.join(report, report.c.event_id == event.c.id).join(move, move.c.id == report.c.move_id)
    rows = room.connection.execute(query.where(move.c.thread_id.is_not(None)))
    return [(row[0], moment(row[1])) for row in rows]


def _first(room: Room, threads: list[int]) -> dict[int, str]:
    """When the first page that tells each thread was added."""
    page, report, move = schema.page, schema.report, schema.move
    query = select(move.c.thread_id, func.min(page.c.added)).join(report, report.c.move_id == move.c.id)
    query = query.join(page, page.c.id == report.c.page_id).group_by(move.c.thread_id)
    return {row[0]: moment(row[1]) for row in rows_in(room.connection, query, move.c.thread_id, threads)}


def moment(text: str) -> str:
    """A moment as RFC 3339 has it, in UTC; a day is its first second."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        found = dt.datetime(1970, 1, 1)
    at = found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def entry(room: Room, thread: Thread, published: str, updated: str) -> Row:
    """One thread: what it is about, what became of it, and who tells it, as plain words."""
    parties = ", ".join(party["name"] for party in room.named(thread.actors[:8]))
    reached = f" on {thread.outcome_date}" if thread.outcome_date else ""
    told = f"{plural(len(thread.moves), 'move')}, told by {plural(len(thread.sources), 'independent source')}"
    return {
        "id": thread.id,
        "title": thread.matter or "no matter named",
        "words": f"{parties}: {thread.outcome}{reached}. {told}: {', '.join(thread.said_by[:8])}.",
        "outcome": thread.outcome,
        "published": published,
        "updated": updated,
    }
