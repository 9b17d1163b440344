"""Actors: the parties of the record, and who deals with whom."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from sqlalchemy import Integer, Select, bindparam, func, or_, select
from starlette.requests import Request

from communique.ledger import schema
from communique.ledger.prepared import KEPT, Prepared
from communique.ledger.queries import busy
from communique.web.asking import asked
from communique.web.naming import tabled
from communique.web.pictures.network import network
from communique.web.room import Room
from communique.web.views.counting import count, paging

RING = 12
Pairs = list[dict[str, Any]]


def look(room: Room, request: Request) -> dict[str, Any]:
    """The busiest parties first, and how often the first of them dealt with one another."""
    wanted = asked(request.query_params)
    total = count(room, ("actors", wanted.words), lambda: _found(wanted.words), None)
    rows = _part(wanted.words).rows(room.connection, most=wanted.size, start=wanted.offset)
    names = room.named(row.id for row in rows)
    ring = room.recall("ring", lambda: _ring(room))
    return {
        "actors": [
            {**name, "moves": row.made + row.received, "made": row.made, "received": row.received}
            for name, row in zip(names, rows, strict=True)
        ],
        "asked": wanted.values,
        "paging": paging(wanted, total, len(rows), exact=True),
        "ring": ring,
        "pairs": room.recall("pairs", lambda: pairs_among(room, [party["id"] for party in ring])),
    }


@lru_cache(KEPT)
def _part(words: str) -> Prepared:
    """The query for a part of the list, kept for the words that were asked for lately."""
    return Prepared(_found(words).limit(bindparam("most", type_=Integer)).offset(bindparam("start", type_=Integer)))


def _found(words: str) -> Select[Any]:
    """Parties, those with most acts first; with words, those that a table or a page calls so."""
    if not words:
        return busy(None)
    name, table = schema.actor_name, schema.actor
    in_tables = [actor for actor, known in tabled().items() if words.lower() in known.lower()]
    called = select(name.c.actor).where(name.c.name.icontains(words, autoescape=True))
    its_own = table.c.id.icontains(words, autoescape=True)
    return busy(None).where(or_(table.c.id.in_(in_tables), table.c.id.in_(called), its_own))


def _ring(room: Room) -> list[dict[str, Any]]:
    busiest = room.connection.execute(busy(RING + 1)).all()
    return room.named([row.id for row in busiest if row.id != "unknown"][:RING])


def pairs_among(room: Room, wanted: Collection[str]) -> Pairs:
    """How many acts each two of some parties share, one acting and the other being acted toward."""
    table = schema.dealing
    query = select(table.c.source, table.c.target, func.sum(table.c.acts)).group_by(table.c.source, table.c.target)
    query = query.where(table.c.source.in_(wanted), table.c.target.in_(wanted))
    shared: dict[tuple[str, str], int] = {}
    for one, other, acts in room.connection.execute(query):
        pair = (min(one, other), max(one, other))
        shared[pair] = shared.get(pair, 0) + int(acts)
    ordered = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
    return [{"a": a, "b": b, "acts": acts} for (a, b), acts in ordered if acts]


def draw(values: dict[str, Any]) -> dict[str, Markup]:
    """The network of the busiest."""
    edges = [(pair["a"], pair["b"], pair["acts"]) for pair in values["pairs"]]
    return {"picture": network(values["ring"], edges)}
