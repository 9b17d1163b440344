"""Actors: the parties of the record, and who deals with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from starlette.requests import Request

from communique.ledger import schema
from communique.ledger.filters import Filters
from communique.ledger.queries import actors
from communique.web.asking import asked
from communique.web.pictures.network import network
from communique.web.room import Room
from communique.web.views.counting import paging

LATEST = 20_000  # acts from which the network is drawn
RING = 12
Pairs = Counter[tuple[str, str]]


def look(room: Room, request: Request) -> dict[str, Any]:
    """The busiest parties first, and how often the first of them dealt with one another."""
    wanted = asked(request.query_params)
    rows = room.recall("actors", lambda: actors(room.connection, Filters(), 5000))
    found = [row for row in rows if _meant(room, row, wanted.words)]
    shown = found[wanted.offset : wanted.offset + wanted.size]
    ring = room.named(row["id"] for row in rows[:RING] if row["id"] != "unknown")
    pairs = room.recall("pairs", lambda: pairs_among({actor["id"] for actor in ring}, latest_sides(room)))
    return {
        "actors": [{**row, "name": room.name(row["id"])} for row in shown],
        "asked": wanted.values,
        "paging": paging(wanted, len(found)),
        "ring": ring,
        "pairs": [{"a": a, "b": b, "acts": n} for (a, b), n in pairs.most_common()],
        "latest": LATEST,
    }


def _meant(room: Room, row: dict[str, Any], words: str) -> bool:
    name = f"{room.name(row['id'])} {row['id']} {row['name']}" if words else ""
    return words.lower() in name.lower()


def latest_sides(room: Room) -> Iterable[tuple[int, str, str]]:
    """Act, side and party of the latest acts."""
    move, table = schema.move, schema.move_actor
    latest = select(move.c.id).order_by(move.c.until.desc(), move.c.id.desc()).limit(LATEST).subquery()
    query = select(table.c.move_id, table.c.side, table.c.actor).join(latest, latest.c.id == table.c.move_id)
    return ((row[0], row[1], row[2]) for row in room.connection.execute(query))


def pairs_among(wanted: set[str], sides: Iterable[tuple[int, str, str]]) -> Pairs:
    """How many acts each two of ``wanted`` share, one acting and the other being acted toward."""
    acting: dict[int, dict[str, set[str]]] = {}
    for move, side, actor in sides:
        if actor in wanted:
            acting.setdefault(move, {"source": set(), "target": set()})[side].add(actor)
    return Counter(
        (min(a, b), max(a, b)) for act in acting.values() for a in act["source"] for b in act["target"] if a != b
    )


def draw(values: dict[str, Any]) -> dict[str, Markup]:
    """The network of the busiest."""
    edges = [(pair["a"], pair["b"], pair["acts"]) for pair in values["pairs"]]
    return {"picture": network(values["ring"], edges)}
