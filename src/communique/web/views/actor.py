"""One actor: who it is, with whom it deals, where it stood, and what became of its offers."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict
from itertools import groupby
from typing import Any

from markupsafe import Markup
from sqlalchemy import func, select
from starlette.requests import Request

from communique.ledger import schema
from communique.ledger.errors import NotFound
from communique.ledger.filters import Filters
from communique.ledger.queries import positions
from communique.web import naming
from communique.web.asking import Unclear, short
from communique.web.pictures.network import network
from communique.web.room import Room
from communique.web.views.actors import RING, pairs_among
from communique.web.wording import OUTCOMES

COUNTED_ACTS = 1000  # latest offers, and demands, of which the outcome is counted
PARTNERS, ACTS, SHOWN = 60, 20, 15  # parties, acts, and threads of each kind that are listed
MATTERS = 15  # threads in which the positions are shown
KINDS = {"PROPOSE": "offers", "REQUEST": "demands", "ACCEPT": "yes", "AGREE": "yes", "REJECT": "no"}
KIND_NAMES = ("offers", "demands", "yes", "no", "other")
COLUMNS = ("all", *(f"{kind}_{way}" for kind in KIND_NAMES for way in ("to", "from")))
Row = dict[str, Any]


def look(room: Room, request: Request) -> Row:
    """The actor of that id. Raises NotFound, and Unclear for an unknown sort."""
    actor = request.path_params["name"]
    sort = short(request.query_params, "sort") or "all"
    if sort not in ("name", *COLUMNS):
        raise Unclear(f"sort is one of name, {', '.join(COLUMNS)}")
    found = room.recall(("actor", actor), lambda: gathered(room, actor))
    partners = sorted(found["partners"], key=lambda p: p["name"] if sort == "name" else (-p[sort], p["name"]))
    return {**found, "partners": partners, "sort": sort, "columns": COLUMNS, "latest": COUNTED_ACTS}


def gathered(room: Room, actor: str) -> Row:
    """All that the actor's page shows, whatever its order. Raises NotFound."""
    table = schema.actor
    acts = room.connection.execute(select(table.c.made + table.c.received).where(table.c.id == actor)).scalar()
    if not acts:
        raise NotFound(f"nobody here has the id {actor}")
    partners = partners_of(room, actor)
    ring = [p["id"] for p in partners if p["id"] != "unknown"][: RING - 1]
    return {
        "actor": {"id": actor, "name": room.name(actor)},
        "aliases": list(naming.aliases(actor)),
        "called": _called(room, actor),
        "offices": [asdict(office) for office in naming.offices(actor)],
        "acts": acts,
        "partners": partners,
        "ring": room.named([actor, *ring]),
        "pairs": pairs_among(room, [actor, *ring]),
        "record": {kind: _record(room, actor, kind) for kind in ("PROPOSE", "REQUEST")},
        "positions": _positions(room, actor),
        "moves": _latest_acts(room, actor),
    }


def partners_of(room: Room, actor: str) -> list[Row]:
    """The parties that the actor deals with most, with counts by kind of act and by who acts, the busiest first."""
    table = schema.dealing
    ways = (("to", table.c.source, table.c.target), ("from", table.c.target, table.c.source))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for way, mine, theirs in ways:
        query = select(theirs, table.c.type, table.c.acts).where(mine == actor, table.c.acts > 0)
        for party, kind, acts in room.connection.execute(query):
            counts[party].update({f"{KINDS.get(kind, 'other')}_{way}": acts, "all": acts})
    busiest = sorted(counts, key=lambda party: (-counts[party]["all"], party))[:PARTNERS]
    return [{**named, **{c: counts[named["id"]][c] for c in COLUMNS}} for named in room.named(busiest)]


def _latest_acts(room: Room, actor: str) -> list[Row]:
    """The latest acts of or toward an actor."""
    party, move = schema.move_actor, schema.move
    order = (party.c.until.desc().nulls_last(), party.c.move_id.desc())
    its = select(party.c.move_id).where(party.c.actor == actor).order_by(*order).limit(2 * ACTS)
    ids = room.connection.execute(its)
    shown = list(dict.fromkeys(ids.scalars()))[:ACTS]
    query = select(move.c.key.label("id"), move.c.type, move.c.about, move.c.date).where(move.c.id.in_(shown))
    query = query.order_by(move.c.until.desc().nulls_last(), move.c.id.desc())
    return [dict(row) for row in room.connection.execute(query).mappings()]


def _called(room: Room, actor: str) -> list[Row]:
    """How pages call the actor, the commonest first."""
    table = schema.actor_name
    query = select(table.c.name, table.c.events.label("times")).where(table.c.actor == actor, table.c.events > 0)
    rows = room.connection.execute(query.order_by(table.c.events.desc(), table.c.name).limit(15))
    return [dict(row) for row in rows.mappings()]


def _record(room: Room, actor: str, kind: str) -> Row:
    """What became of the actor's latest offers (or demands): threads that one of them opened, by outcome."""
    party, move, thread = schema.move_actor, schema.move, schema.thread
    made = select(party.c.move_id).where(party.c.actor == actor, party.c.side == "source", party.c.type == kind)
    made = made.order_by(party.c.until.desc().nulls_last(), party.c.move_id.desc()).limit(COUNTED_ACTS)
    query = select(thread.c.key, thread.c.matter, thread.c.outcome, thread.c.outcome_date, move.c.date)
    query = query.join(move, move.c.thread_id == thread.c.id).where(move.c.id.in_(made.subquery().select()))
    query = query.where(func.substr(thread.c.key, 2) == func.substr(move.c.key, 2))
    rows = room.connection.execute(query.order_by(move.c.until.desc().nulls_last(), move.c.id.desc())).mappings().all()
    counts = Counter(row["outcome"] for row in rows)
    latest = [dict(row) for row in rows[:SHOWN]]
    return {"made": len(rows), "outcomes": {name: counts[name] for name in OUTCOMES}, "latest": latest}


def _positions(room: Room, actor: str) -> list[Row]:
    """Where the actor stood, matter by matter, the latest thread first."""
    found = positions(room.connection, Filters(actor=actor), MATTERS)
    return [
        {"thread": thread, "matter": listed[0].matter, "stances": [position.to_dict() for position in listed]}
        for thread, group in groupby(found, key=lambda position: position.thread)
        if (listed := list(group))
    ]


def draw(values: Row) -> dict[str, Markup]:
    """The network round the actor."""
    edges = [(pair["a"], pair["b"], pair["acts"]) for pair in values["pairs"]]
    return {"picture": network(values["ring"], edges, values["actor"]["id"])}
