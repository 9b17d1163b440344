"""What a report tells, read from a ledger: a thread with its acts, or an actor, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from communique.ledger import schema
from communique.ledger.errors import NotFound
from communique.ledger.queries import find_move, find_thread, moves_by_key
from communique.ledger.sets import rows_in
from communique.ledger.showing import reports_of
from communique.move import Move
from communique.thread import Thread
from communique.web.remembering import Memory
from communique.web.room import Room
from communique.web.views import actor as actor_view
from communique.web.views.moves import told
from communique.web.views.thread import tones_of

MOST_ACTS = 120  # acts of a thread in its report
MOST_REPORTS = 8  # reports of one act whose words are given
LATEST = 20  # latest acts of an actor
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells: ``thread`` or ``actor`` (the reading room's values for it), acts, and the pages behind."""

    acts: list[Row]
    pages: list[Row]
    thread: Thread | None = None
    actor: Row | None = None
    names: dict[str, str] = field(default_factory=dict)
    left_out: int = 0


def gather(connection: Connection, name: str) -> Told:
    """What the ledger holds of a thread (by its id, or that of an act or report in it) or of an actor.

    Raises NotFound.
    """
    room = Room.of(connection, Memory(""))
    if name.startswith("t-"):
        return _thread(room, find_thread(connection, name))
    if name.startswith("m-"):
        return _thread(room, _thread_of(connection, find_move(connection, name)))
    try:
        return _actor(room, name)
    except NotFound:
        if name.upper() != name:
            try:
                return _actor(room, name.upper())
            except NotFound:
                pass
        raise NotFound(f"no thread and no actor here has the id {name}") from None


def _thread_of(connection: Connection, move: Move) -> Thread:
    table = schema.move
    query = select(schema.thread.c.key).join(table, table.c.thread_id == schema.thread.c.id)
    key = connection.execute(query.where(table.c.key == move.id)).scalar()
    if key is None:
        raise NotFound(f"{move.id} is in no thread")
    return find_thread(connection, key)


def _thread(room: Room, thread: Thread) -> Told:
    shown = thread.moves[:MOST_ACTS]
    inside = moves_by_key(room.connection, shown)
    moves = [inside[key] for key in shown if key in inside]
    acts = _acts(room, moves)
    tones = tones_of(moves, thread.links)
    for act in acts:
        act["tone"] = tones[act["id"]]
        act["stands_to"] = [link.to_dict() for link in thread.links if link.move == act["id"]]
    names = {actor: room.name(actor) for actor in thread.actors}
    return Told(acts, _pages(room, acts), thread=thread, names=names, left_out=len(thread.moves) - len(acts))


def _actor(room: Room, name: str) -> Told:
    found = actor_view.gathered(room, name)
    offers = [
        t["key"].replace("t-", "m-", 1) for kind in ("PROPOSE", "REQUEST") for t in found["record"][kind]["latest"]
    ]
    keys = list(dict.fromkeys([*(move["id"] for move in found["moves"][:LATEST]), *offers]))
    inside = moves_by_key(room.connection, keys)
    acts = _acts(
        room, sorted((inside[k] for k in keys if k in inside), key=lambda m: (m.until is None, -(m.until or 0), m.id))
    )
    return Told(acts, _pages(room, acts), actor=found, left_out=max(0, found["acts"] - len(acts)))


def _acts(room: Room, moves: Sequence[Move]) -> list[Row]:
    """Moves as plain values, numbered, each with its first reports."""
    keys = tuple(key for move in moves for key in move.reports[:MOST_REPORTS])
    found = {report["id"]: report for report in reports_of(room.connection, keys)}
    acts = [told(room, move, [found[k] for k in move.reports[:MOST_REPORTS] if k in found]) for move in moves]
    for number, act in enumerate(acts, 1):
        act["number"] = number
    return acts


def _pages(room: Room, acts: Sequence[Row]) -> list[Row]:
    """The pages that tell of the acts, the earliest published first, with the acts that each tells and who coded it."""
    numbers: dict[str, list[int]] = {}
    for act in acts:
        for report in act["reports"]:
            listed = numbers.setdefault(report["page"], [])
            listed += [act["number"]] if act["number"] not in listed else []
    page, article = schema.page, schema.article
    columns = (page.c.key, page.c.digest, page.c.url, page.c.doc, article.c.outlet, article.c.title, article.c.byline,
               article.c.published, article.c.credit, article.c.coder, article.c.coder_version,
               article.c.codebook_version)  # fmt: skip
    query = select(*columns).join(article, article.c.page_id == page.c.id)
    rows = [dict(row._mapping) for row in rows_in(room.connection, query, page.c.key, list(numbers))]
    for row in rows:
        row["acts"] = numbers[row["key"]]
    return sorted(rows, key=lambda row: (row["published"] or "9999", row["key"]))
