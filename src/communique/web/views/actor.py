"""One actor: who it is, with whom it deals, where it stood, and what became of its offers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
from communique.ledger.sets import rows_in
from communique.web import naming
from communique.web.asking import Unclear, short
from communique.web.pictures.network import network
from communique.web.room import Room
from communique.web.views.actors import RING, pairs_among
from communique.web.wording import OUTCOMES

LATEST = 5000  # acts of the actor that are counted
KINDS = {"PROPOSE": "offers", "REQUEST": "demands", "ACCEPT": "yes", "AGREE": "yes", "REJECT": "no"}
COUNTED = ("offers", "demands", "yes", "no", "other")
COLUMNS = ("all", *(f"{kind}_{way}" for kind in COUNTED for way in ("to", "from")))
Row = dict[str, Any]


def look(room: Room, request: Request) -> Row:
    """The actor of that id. Raises NotFound, and Unclear for an unknown sort."""
    actor = request.path_params["name"]
    sort = short(request.query_params, "sort") or "all"
    if sort not in ("name", *COLUMNS):
        raise Unclear(f"sort is one of name, {', '.join(COLUMNS)}")
    found = room.recall(("actor", actor), lambda: gathered(room, actor))
    partners = sorted(found["partners"], key=lambda p: p["name"] if sort == "name" else (-p[sort], p["name"]))
    return {**found, "partners": partners, "sort": sort, "columns": COLUMNS, "latest": LATEST}


def gathered(room: Room, actor: str) -> Row:
    """All that the actor's page shows, whatever its order. Raises NotFound."""
    acts = latest_acts(room, actor)
    if not acts:
        raise NotFound(f"nobody here has the id {actor}")
    sides = _sides(room, acts)
    partners = partners_of(room, actor, acts, sides)
    ring = [p["id"] for p in partners if p["id"] != "unknown"][: RING - 1]
    pairs = pairs_among({actor, *ring}, sides)
    return {
        "actor": {"id": actor, "name": room.name(actor)},
        "aliases": list(naming.aliases(actor)),
        "called": _called(room, actor),
        "offices": [asdict(office) for office in naming.offices(actor)],
        "acts": len(acts),
        "partners": partners[:60],
        "ring": room.named([actor, *ring]),
        "pairs": [{"a": a, "b": b, "acts": n} for (a, b), n in pairs.items()],
        "record": {kind: _record(room, actor, acts, sides, kind) for kind in ("PROPOSE", "REQUEST")},
        "positions": _positions(room, actor),
        "moves": [
            {"id": act["key"], "type": act["type"], "about": act["about"], "date": act["date"]} for act in acts[:20]
        ],
    }


def latest_acts(room: Room, actor: str) -> list[Row]:
    """The latest acts of or toward an actor."""
    table, move = schema.move_actor, schema.move
    ids = (
        select(table.c.move_id)
        .where(table.c.actor == actor)
        .order_by(table.c.until.desc().nulls_last(), table.c.move_id.desc())
    )
    inside = ids.limit(LATEST).subquery()
    columns = (move.c[name] for name in ("id", "key", "type", "about", "date", "until", "thread_id"))
    query = select(*columns).where(move.c.id.in_(select(inside.c.move_id)))
    query = query.order_by(move.c.until.desc().nulls_last(), move.c.id.desc())
    return [dict(row) for row in room.connection.execute(query).mappings()]


def _sides(room: Room, acts: Iterable[Mapping[str, Any]]) -> list[tuple[int, str, str]]:
    table = schema.move_actor
    query = select(table.c.move_id, table.c.side, table.c.actor)
    return [tuple(row) for row in rows_in(room.connection, query, table.c.move_id, [act["id"] for act in acts])]


def partners_of(room: Room, actor: str, acts: Sequence[Row], sides: Iterable[tuple[int, str, str]]) -> list[Row]:
    """Each party that the actor acts toward or that acts toward it, with counts by kind and way, the busiest first."""
    kinds = {act["id"]: KINDS.get(act["type"], "other") for act in acts}
    by_side: dict[int, dict[str, set[str]]] = defaultdict(lambda: {"source": set(), "target": set()})
    for move, side, party in sides:
        by_side[move][side].add(party)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for move, inside in by_side.items():
        for mine, theirs, way in (("source", "target", "to"), ("target", "source", "from")):
            if actor in inside[mine]:
                for party in inside[theirs] - {actor}:
                    counts[party].update((f"{kinds[move]}_{way}", "all"))
    rows = [
        {"id": party, "name": room.name(party), **{c: count[c] for c in COLUMNS}} for party, count in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row["all"], row["id"]))


def _called(room: Room, actor: str) -> list[Row]:
    """How pages call the actor, the commonest first."""
    table = schema.event_actor
    some = select(table.c.name).where(table.c.actor == actor).limit(2000).subquery()
    query = select(some.c.name, func.count().label("times")).group_by(some.c.name)
    return [
        dict(row)
        for row in room.connection.execute(query.order_by(func.count().desc(), some.c.name).limit(15)).mappings()
    ]


def _record(room: Room, actor: str, acts: Sequence[Row], sides: Iterable[tuple[int, str, str]], kind: str) -> Row:
    """What became of the offers (or demands) that the actor made: threads that one of them opened, by outcome."""
    made = {move for move, side, party in sides if side == "source" and party == actor}
    opened = {act["key"].removeprefix("m-"): act for act in acts if act["type"] == kind and act["id"] in made}
    table = schema.thread
    query = select(table.c.key, table.c.matter, table.c.outcome, table.c.outcome_date)
    threads = rows_in(room.connection, query, table.c.key, [f"t-{key}" for key in opened])
    counts = Counter(row.outcome for row in threads)
    ordered = sorted(threads, key=lambda row: -(opened[row.key.removeprefix("t-")]["until"] or 0))
    latest = [dict(row._mapping) | {"date": opened[row.key.removeprefix("t-")]["date"]} for row in ordered[:15]]
    return {"made": len(threads), "outcomes": {name: counts[name] for name in OUTCOMES}, "latest": latest}


def _positions(room: Room, actor: str) -> list[Row]:
    """Where the actor stood, matter by matter, the latest thread first."""
    found = positions(room.connection, Filters(actor=actor), 25)
    return [
        {"thread": thread, "matter": listed[0].matter, "stances": [position.to_dict() for position in listed]}
        for thread, group in groupby(found, key=lambda position: position.thread)
        if (listed := list(group))
    ]


def draw(values: Row) -> dict[str, Markup]:
    """The network round the actor."""
    edges = [(pair["a"], pair["b"], pair["acts"]) for pair in values["pairs"]]
    return {"picture": network(values["ring"], edges, values["actor"]["id"])}
