"""Threads beside a thread: of the same parties, near in time, on a matter like its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from sqlalchemy import Connection, select

from communique.ledger import schema
from communique.ledger.queries import moves_by_key
from communique.linking.related import Related, related
from communique.move import Move
from communique.thread import Thread

NEAR = 100  # threads of two parties, before and after, that are looked through for related ones
MOST_PARTIES = 5  # of an act with more, the first few


def related_threads(connection: Connection, thread: Thread) -> list[Related]:
    """Threads of the same parties on a matter like this one's; of many, those nearest in time are compared."""
    root = moves_by_key(connection, [thread.root])[thread.root]
    near = [key for key in _near(connection, root, thread.until) if key != thread.id]
    roots = moves_by_key(connection, [_root_of(key) for key in near])
    return related(root, [(key, roots[_root_of(key)]) for key in near])


def _root_of(thread: str) -> str:
    """The id of the move that a thread is named after."""
    return "m" + thread[1:]


def _near(connection: Connection, root: Move, day: int | None) -> list[str]:
    """The ids of threads of any two of a move's parties."""
    parties = list(dict.fromkeys([*root.actors, *root.targets]))[:MOST_PARTIES]
    busy = _acts(connection, parties)
    pairs = combinations(sorted(parties, key=lambda party: (busy.get(party, 0), party)), 2)
    ids = {i for one, other in pairs for i in _of_both(connection, one, other, day)}
    table = schema.thread
    return list(connection.execute(select(table.c.key).where(table.c.id.in_(ids)).order_by(table.c.key)).scalars())


def _acts(connection: Connection, parties: Sequence[str]) -> dict[str, int]:
    table = schema.actor
    rows = connection.execute(select(table.c.id, table.c.made + table.c.received).where(table.c.id.in_(parties)))
    return {row[0]: row[1] for row in rows}


def _of_both(connection: Connection, seldom: str, busy: str, day: int | None) -> list[int]:
    """Threads of two parties, from a day back and on, and undated ones, found among those of the less busy."""
    one, other = schema.thread_actor, schema.thread_actor.alias()
    query = select(one.c.thread_id).join(other, other.c.thread_id == one.c.thread_id)
    query = query.where(one.c.actor == seldom, other.c.actor == busy).limit(NEAR)
    back = query.order_by(one.c.until.desc().nulls_last(), one.c.thread_id.desc())
    if day is None:
        return list(connection.execute(back).scalars())
    on = query.where(one.c.until > day).order_by(one.c.until, one.c.thread_id)
    parts = (back.where(one.c.until <= day), on, back.where(one.c.until.is_(None)))
    return [i for part in parts for i in connection.execute(part).scalars()]
