"""People's decisions: rows that are added and withdrawn, never edited; linking and showing follow them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, insert, or_, select, update

from communique.actor import Actor
from communique.decision import Decision
from communique.event import Event
from communique.ledger import schema
from communique.ledger.prepared import Prepared
from communique.ledger.rows import now
from communique.ledger.sets import chunks
from communique.linking.grouping import DIFFERENT, SAME

PLAIN_FIELDS = ("type", "mode", "about", "date", "place", "status", "answers")


_STANDING = select(schema.decision).where(schema.decision.c.withdrawn.is_(None)).order_by(schema.decision.c.id)
_OF_PAIRS = Prepared(_STANDING.where(schema.decision.c.subject == "link"))
_ITS: BindParameter[str] = bindparam("its")
_ON_PAGE = Prepared(_STANDING.where(or_(schema.decision.c.target.like(_ITS), schema.decision.c.other.like(_ITS))))


def record(connection: Connection, decision: Decision, anchor: Mapping[str, Any] | None = None) -> int:
    """Add a decision; ``anchor`` says what the event was when it was judged (type, start, end, quote)."""
    row = {
        "who": decision.who,
        "subject": decision.subject,
        "target": decision.target,
        "other": decision.other,
        "judgement": decision.judgement,
        "field": decision.field,
        "value": json.dumps(decision.value, ensure_ascii=False),
        "note": decision.note,
        "decided": decision.decided or now(),
        "withdrawn": decision.withdrawn,
        "anchor": json.dumps(anchor or {}, ensure_ascii=False),
    }
    return int(connection.execute(insert(schema.decision).values(row)).inserted_primary_key[0])


def withdraw(connection: Connection, decision_id: int) -> None:
    """Take a decision back: it stays in the record, with the moment it was withdrawn."""
    table = schema.decision
    connection.execute(update(table).where(table.c.id == decision_id).values(withdrawn=now()))


def standing(connection: Connection, pages: Collection[str]) -> list[tuple[Decision, dict[str, Any]]]:
    """The decisions that stand on events of some pages (by page key), oldest first, with their anchors."""
    table, rows = schema.decision, {}
    if len(pages) == 1:  # as for every page that is added
        rows = {row.id: row for page in pages for row in _ON_PAGE.rows(connection, its=f"{page}-%")}
    for part in chunks(pages, 50) if len(pages) > 1 else ():
        here = [column.like(f"{page}-%") for page in part for column in (table.c.target, table.c.other)]
        rows.update({row.id: row for row in connection.execute(_STANDING.where(or_(*here)))})
    return [(decision_of(rows[i]._mapping), json.loads(rows[i].anchor)) for i in sorted(rows)]


def decided_edges(connection: Connection, event_ids: Collection[int] | None = None) -> dict[tuple[int, int], float]:
    """Pairs of events (by row) that people judged the same or different acts, as scores of edges; the last word holds.

    Only pairs that hold one of ``event_ids``, where given.
    """
    found: dict[tuple[int, int], float] = {}
    for row in _OF_PAIRS.rows(connection):
        anchor = json.loads(row.anchor)
        a = current(connection, row.target, anchor)
        b = current(connection, row.other, anchor.get("other", {}))
        if a is not None and b is not None and (event_ids is None or {a, b} & set(event_ids)):
            found[(min(a, b), max(a, b))] = SAME if row.judgement == "same" else DIFFERENT
    return found


def current(connection: Connection, key: str, anchor: Mapping[str, Any]) -> int | None:
    """The row of the event that a decision means by a key, in the page's present coding."""
    page, event = schema.page, schema.event
    query = select(event.c.id, event.c.name, event.c.type, event.c.start, event.c.end).join(page)
    rows = connection.execute(query.where(page.c.key == key.rpartition("-")[0])).all()
    same = [
        r for r in rows if anchor and r.type == anchor["type"] and r.start < anchor["end"] and anchor["start"] < r.end
    ]
    named = [row for row in (same or ([] if anchor else rows)) if row.name == key.rpartition("-")[2]]
    return next((row.id for row in [*named, *same]), None)


def decision_of(row: Mapping[Any, Any]) -> Decision:
    """The decision that a row holds."""
    fields = ("who", "subject", "target", "judgement", "decided", "field", "other", "note", "withdrawn", "id")
    return Decision(**{name: row[name] for name in fields}, value=json.loads(row["value"] or "null"))


def anchor_of(event: Event) -> dict[str, Any]:
    """What an event is known by when a later coding numbers it otherwise."""
    return {"type": event.type, "start": event.evidence.start, "end": event.evidence.end, "quote": event.evidence.quote}


def judged(page: str, events: Sequence[Event], decisions: Iterable[tuple[Decision, dict[str, Any]]]) -> list[Event]:
    """A page's events as people judged them: rejected ones left out, corrected fields as corrected."""
    kept = {event.id: event for event in events}
    for decision, anchor in decisions:
        if decision.subject != "event" or not decision.target.startswith(f"{page}-"):
            continue
        event = meant(decision.target.rpartition("-")[2], anchor, list(kept.values()))
        if event is None:
            continue
        if decision.judgement == "reject":
            del kept[event.id]
        elif decision.judgement == "correct" and decision.field:
            kept[event.id] = corrected(event, decision.field, decision.value)
    return list(kept.values())


def meant(name: str, anchor: Mapping[str, Any], events: Sequence[Event]) -> Event | None:
    """The event that a decision is about: the one of its type on its words, whatever its number is now."""
    if not anchor:
        return next((event for event in events if event.id == name), None)
    on_words = [e for e in events if e.evidence.start < anchor["end"] and anchor["start"] < e.evidence.end]
    same = [event for event in on_words if event.type == anchor["type"]]
    return next((e for e in same if e.id == name), same[0] if same else None)


def corrected(event: Event, field: str, value: Any) -> Event:
    """The event with one field as a person set it."""
    if field in ("sources", "targets"):
        parties: Any = {field: tuple(Actor(a["name"], a["id"]) for a in value)}
        return replace(event, **parties)
    if field == "according_to":
        return replace(event, according_to=tuple(value))
    return replace(event, **{field: value}) if field in PLAIN_FIELDS else event
