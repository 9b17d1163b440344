"""Counts kept as pages come: how many moves each party made and received, and what pages call it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select, text

from communique.ledger import schema
from communique.ledger.prepared import Prepared, Statement, several
from communique.ledger.tallies import tally_all, tally_moves
from communique.move import Move

_COUNT = Statement(
    text(
        "INSERT INTO actor (id, made, received) VALUES (:id, :made, :received)"
        " ON CONFLICT (id) DO UPDATE SET made = actor.made + excluded.made,"
        " received = actor.received + excluded.received"
    )
)
_NAME = Statement(
    text(
        "INSERT INTO actor_name (actor, name, events) VALUES (:actor, :name, :events)"
        " ON CONFLICT (actor, name) DO UPDATE SET events = actor_name.events + excluded.events"
    )
)
_COUNT_ALL = text(
    "INSERT INTO actor (id, made, received) SELECT actor, sum(CASE side WHEN 'source' THEN 1 ELSE 0 END),"
    " sum(CASE side WHEN 'target' THEN 1 ELSE 0 END) FROM move_actor GROUP BY actor"
)

_NAMED = schema.actor_name.c
_NAMES = Prepared(select(_NAMED.actor, _NAMED.events, _NAMED.name).where(_NAMED.actor.in_(several())))


def count_moves(connection: Connection, now: Iterable[Move], before: Iterable[Move] = ()) -> None:
    """Bring the counts up to date where moves changed from ``before`` to ``now``."""
    now, before = list(now), list(before)
    made: Counter[str] = Counter()
    received: Counter[str] = Counter()
    for moves, sign in ((now, 1), (before, -1)):
        for move in moves:
            made.update(dict.fromkeys(move.actors, sign))
            received.update(dict.fromkeys(move.targets, sign))
    rows = [{"id": a, "made": made[a], "received": received[a]} for a in sorted({*made, *received})]
    _COUNT.run(connection, [row for row in rows if row["made"] or row["received"]])
    tally_moves(connection, now, before)


def count_all_moves(connection: Connection) -> None:
    """Count from scratch."""
    connection.execute(_COUNT_ALL)
    tally_all(connection)


def count_names(connection: Connection, rows: Iterable[dict[str, Any]], sign: int = 1) -> None:
    """Count the names in rows of ``event_actor``; with ``sign`` -1 take them off."""
    counts = Counter((row["actor"], row["name"]) for row in rows)
    _NAME.run(connection, [{"actor": a, "name": n, "events": sign * k} for (a, n), k in sorted(counts.items())])


def names_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """How pages call some parties: the name that most events use."""
    rows = _NAMES.rows_in(connection, list(ids))
    best: dict[str, tuple[int, str]] = {}
    for row in sorted(rows, key=lambda r: (r.events, r.name)):
        if row.events > 0:
            best[row.actor] = (row.events, row.name)
    return {actor: name for actor, (_, name) in best.items()}
