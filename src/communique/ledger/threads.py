"""Links and threads of what changed: what later moves now stand to, and the threads of all that hangs on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, bindparam, select, update

from communique.ledger import schema
from communique.ledger.packing import pack_thread, unpack_move, unpack_report
from communique.ledger.sets import (
    closure,
    delete_in,
    delete_rows,
    ids_by,
    insert_all,
    insert_returning,
    pairs_of,
    rows_by,
    rows_in,
)
from communique.linking.answers import EARLIER, LATER, best_links, own_keys, own_links, reach_keys, touched_keys
from communique.linking.whole import threads_of
from communique.move import Move
from communique.thread import Link, Thread


def relink_moves(
    connection: Connection, changed: Mapping[int, Move], removed: Mapping[int, Move], before: Mapping[int, Move]
) -> None:
    """Bring links and threads up to date after moves changed (their rows are written) or lost all their reports.

    ``before`` are those of the changed moves that were there already, as they were.
    """
    if not changed and not removed:
        return
    touched = set(changed) | set(removed)
    beside = {i for pair in pairs_of(connection, schema.link.c.move_id, schema.link.c.to_id, touched) for i in pair}
    later = beside | _touched(connection, {**changed, **removed}) | set(changed)
    file_keys(connection, changed, {**before, **removed})
    gone = ids_by(connection, schema.move.c.thread_id, schema.move.c.id, removed)
    remove_moves(connection, removed)
    loaded = load_moves(connection, (later | set(changed)) - set(removed))
    beside |= _write_links(connection, loaded)
    rethread(connection, (touched | beside | set(loaded)) - set(removed), gone)


def load_moves(connection: Connection, move_ids: Collection[int]) -> dict[int, Move]:
    """Moves by id."""
    table = schema.move
    rows = rows_by(connection, (table.c.id, table.c.body), table.c.id, move_ids)
    return {row[0]: unpack_move(row[1]) for row in rows}


def _touched(connection: Connection, moves: Mapping[int, Move]) -> set[int]:
    """Stored moves that come later than some of ``moves`` and could stand to them."""
    keys = {key for move in moves.values() for key in touched_keys(move)}
    table = schema.move_key
    return {row[0] for row in rows_by(connection, (table.c.move_id,), table.c.key, keys, table.c.later)}


def file_keys(connection: Connection, moves: Mapping[int, Move], before: Mapping[int, Move]) -> None:
    """Write the keys under which moves are looked up; ``before`` are moves as they were, whose keys go."""
    gone = ({"key": key, "move_id": i} for i, move in before.items() for key in own_keys(move))
    delete_rows(connection, schema.move_key, gone)
    insert_all(connection, schema.move_key, (row for i, move in moves.items() for row in move_key_rows(i, move)))


def move_key_rows(move_id: int, move: Move) -> Iterable[dict[str, object]]:
    """The rows of a move's keys."""
    flags = {"earlier": move.type in EARLIER, "later": move.type in LATER}
    return ({"key": key, "move_id": move_id, **flags} for key in own_keys(move))


def remove_moves(connection: Connection, moves: Collection[int]) -> None:
    """Delete moves that no report tells any more, with their links and parties."""
    for column in (schema.link.c.move_id, schema.link.c.to_id):
        delete_in(connection, schema.link, column, moves)
    delete_in(connection, schema.move_actor, schema.move_actor.c.move_id, moves)
    delete_in(connection, schema.move, schema.move.c.id, moves)


def _write_links(connection: Connection, moves: Mapping[int, Move]) -> set[int]:
    """Choose anew what some moves stand to; returns the moves at the other end of the links they had or have."""
    old = ids_by(connection, schema.link.c.to_id, schema.link.c.move_id, moves.keys())
    delete_in(connection, schema.link, schema.link.c.move_id, moves.keys())
    id_of = {move.id: i for i, move in moves.items()}
    links = _own(connection, moves, id_of)
    stated = {(k.move, k.kind) for k in links}
    reach = {i: reach_keys(move) for i, move in moves.items()}
    near = _near(connection, {key for keys in reach.values() for key in keys})
    known = {**load_moves(connection, {i for ids in near.values() for i in ids} - moves.keys()), **moves}
    id_of.update({move.id: i for i, move in known.items()})
    for i, move in moves.items():
        candidates = {c for key in reach[i] for c in near.get(key, ())}
        links += [
            k for k in best_links(move, (known[c] for c in candidates & known.keys())) if (k.move, k.kind) not in stated
        ]
    insert_all(connection, schema.link, (link_row(k, id_of) for k in links))
    return old | {id_of[k.to] for k in links}


def link_row(link: Link, id_of: Mapping[str, int]) -> dict[str, object]:
    """The row of a link."""
    return {"move_id": id_of[link.move], "to_id": id_of[link.to], "kind": link.kind, "score": link.score}


def _near(connection: Connection, keys: Collection[int]) -> dict[int, list[int]]:
    table = schema.move_key
    found: dict[int, list[int]] = defaultdict(list)
    for key, move_id in rows_by(connection, (table.c.key, table.c.move_id), table.c.key, keys, table.c.earlier):
        found[key].append(move_id)
    return found


def _own(connection: Connection, moves: Mapping[int, Move], id_of: dict[str, int]) -> list[Link]:
    """What the pages themselves say that their events answer; adds the answered moves to ``id_of``."""
    report, event, move = schema.report, schema.event, schema.move
    rows = rows_by(connection, (report.c.body,), report.c.move_id, moves.keys())
    reports = [unpack_report(row[0]) for row in rows]
    answering = [r for r in reports if r.answers]
    wanted = {r.key for r in answering} | {r.answers for r in answering}
    query = select(event.c.key, move.c.id, move.c.key).join(report, report.c.event_id == event.c.id)
    rows = rows_in(connection, query.join(move, move.c.id == report.c.move_id), event.c.key, wanted)
    id_of.update({row[2]: row[1] for row in rows})
    return own_links(answering, {row[0]: row[2] for row in rows})


def rethread(connection: Connection, move_ids: Collection[int], gone: Collection[int]) -> None:
    """Make anew the threads of some moves and of all that hang together with them now or did before.

    ``gone`` are the threads that moves stood in which are no more.
    """
    table, link = schema.move, schema.link
    before = ids_by(connection, table.c.thread_id, table.c.id, move_ids) | set(gone)
    members = ids_by(connection, table.c.id, table.c.thread_id, before)
    together, _ = closure(connection, link.c.move_id, link.c.to_id, set(move_ids) | members)
    moves = load_moves(connection, together)
    old = ids_by(connection, table.c.thread_id, table.c.id, together) | before
    delete_in(connection, schema.thread_actor, schema.thread_actor.c.thread_id, old)
    delete_in(connection, schema.thread, schema.thread.c.id, old)
    if moves:
        query = update(table).where(table.c.id == bindparam("its")).values(thread_id=None)
        connection.execute(query, [{"its": i} for i in sorted(moves)])
    key_of = {i: move.id for i, move in moves.items()}
    rows = rows_by(connection, tuple(link.c), link.c.move_id, moves.keys())
    links = [Link(key_of[r.move_id], key_of[r.to_id], r.kind, r.score) for r in rows]
    _write_threads(connection, moves, links)


def _write_threads(connection: Connection, moves: Mapping[int, Move], links: list[Link]) -> None:
    threads = threads_of(moves.values(), links)
    ids = insert_returning(connection, schema.thread, [thread_row(thread) for thread in threads])
    parties = (row for i, thread in zip(ids, threads, strict=True) for row in thread_actor_rows(i, thread))
    insert_all(connection, schema.thread_actor, parties)
    id_of = {move.id: i for i, move in moves.items()}
    rows = [{"inside": id_of[key], "its": i} for i, thread in zip(ids, threads, strict=True) for key in thread.moves]
    if rows:
        query = update(schema.move).where(schema.move.c.id == bindparam("inside")).values(thread_id=bindparam("its"))
        connection.execute(query, rows)


def thread_row(thread: Thread) -> dict[str, object]:
    """The row of a thread."""
    return {
        "key": thread.id,
        "matter": thread.matter,
        "outcome": thread.outcome,
        "outcome_date": thread.outcome_date,
        "since": thread.since,
        "until": thread.until,
        "moves": len(thread.moves),
        "outlets": len(thread.outlets),
        "sources": len(thread.sources),
        "disputed": bool(thread.disputes),
        "body": pack_thread(thread),
    }


def thread_actor_rows(thread_id: int, thread: Thread) -> list[dict[str, object]]:
    """The rows of a thread's parties."""
    return [{"thread_id": thread_id, "actor": actor, "until": thread.until} for actor in thread.actors]
