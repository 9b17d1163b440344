"""Links and threads of what changed: what later moves now stand to, and the threads of all that hangs on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from communique.ledger import schema
from communique.ledger.packing import answers_within, pack_thread, unpack_move, unpack_report, unpack_thread
from communique.ledger.prepared import Prepared, several
from communique.ledger.sets import (
    closure,
    delete_in,
    delete_rows,
    differing,
    ids_by,
    insert_all,
    insert_returning,
    pairs_of,
    rows_by,
    update_rows,
)
from communique.linking.answers import EARLIER, LATER, best_links, own_keys, own_links, reach_keys, touched_keys
from communique.linking.whole import threads_of
from communique.move import Move
from communique.thread import Link, LinkKind, Thread

LinkKey = tuple[int, int, LinkKind]  # a move, what it stands to, and how


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
    """Write the keys under which moves are looked up; ``before`` are moves as they were, whose keys go.

    Only what differs is written, in order: keys lie all over their table, and each costs a page of the file.
    """
    old, new = _key_rows(before), _key_rows(moves)
    gone = sorted({row[:2] for row in old - new})
    delete_rows(connection, schema.move_key, ({"key": key, "move_id": i} for key, i in gone))
    names = tuple(schema.move_key.c.keys())
    insert_all(connection, schema.move_key, (dict(zip(names, row, strict=True)) for row in sorted(new - old)))


def _key_rows(moves: Mapping[int, Move]) -> set[tuple[int, int, bool, bool]]:
    """The rows of the keys of some moves."""
    return {(key, i, move.type in EARLIER, move.type in LATER) for i, move in moves.items() for key in own_keys(move)}


def remove_moves(connection: Connection, moves: Collection[int]) -> None:
    """Delete moves that no report tells any more, with their links and parties."""
    for column in (schema.link.c.move_id, schema.link.c.to_id):
        delete_in(connection, schema.link, column, moves)
    delete_in(connection, schema.move_actor, schema.move_actor.c.move_id, moves)
    delete_in(connection, schema.move, schema.move.c.id, moves)


def _write_links(connection: Connection, moves: Mapping[int, Move]) -> set[int]:
    """Choose anew what some moves stand to; returns the moves at the other end of the links they had or have."""
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
    rows = {(id_of[k.move], id_of[k.to], k.kind): k.score for k in links}
    return _replace_links(connection, moves.keys(), rows)


def _replace_links(connection: Connection, moves: Collection[int], new: Mapping[LinkKey, float]) -> set[int]:
    """Write the links of some moves in the place of those they have; returns the moves at the other end of either."""
    names = tuple(schema.link.c.keys())
    old = {
        (row[0], row[1], row[2]): row[3]
        for row in rows_by(connection, tuple(schema.link.c), schema.link.c.move_id, moves)
    }
    gone = [key for key, score in old.items() if new.get(key) != score]
    delete_rows(connection, schema.link, (dict(zip(names, key, strict=False)) for key in gone))
    fresh = ((*key, score) for key, score in new.items() if old.get(key) != score)
    insert_all(connection, schema.link, (dict(zip(names, row, strict=True)) for row in fresh))
    return {to for _, to, _ in (*old, *new)}


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
    report = schema.report
    rows = rows_by(connection, (report.c.body,), report.c.move_id, moves.keys())
    answering = [unpack_report(row[0]) for row in rows if answers_within(row[0])]
    wanted = {r.key for r in answering} | {r.answers for r in answering}
    rows = _TOLD.rows_in(connection, sorted(wanted))
    id_of.update({row[2]: row[1] for row in rows})
    return own_links(answering, {row[0]: row[2] for row in rows})


_TOLD = Prepared(
    select(schema.event.c.key, schema.move.c.id, schema.move.c.key)
    .join(schema.report, schema.report.c.event_id == schema.event.c.id)
    .join(schema.move, schema.move.c.id == schema.report.c.move_id)
    .where(schema.event.c.key.in_(several()))
)


def rethread(connection: Connection, move_ids: Collection[int], gone: Collection[int]) -> None:
    """Make anew the threads of some moves and of all that hang together with them now or did before.

    ``gone`` are the threads that moves stood in which are no more.
    """
    table, link = schema.move, schema.link
    before = ids_by(connection, table.c.thread_id, table.c.id, move_ids) | set(gone)
    members = ids_by(connection, table.c.id, table.c.thread_id, before)
    together, _ = closure(connection, link.c.move_id, link.c.to_id, set(move_ids) | members)
    stored = rows_by(connection, (table.c.id, table.c.thread_id, table.c.body), table.c.id, together)
    inside = {row[0]: row[1] for row in stored}
    moves = {row[0]: unpack_move(row[2]) for row in stored}
    key_of = {i: move.id for i, move in moves.items()}
    rows = rows_by(connection, tuple(link.c), link.c.move_id, moves.keys())
    links = [Link(key_of[move], key_of[to], kind, score) for move, to, kind, score in rows]
    old = before | {i for i in inside.values() if i is not None}
    thread_of = _replace_threads(connection, old, threads_of(moves.values(), links))
    homes = {i: {"thread_id": thread_of.get(key)} for i, key in key_of.items() if thread_of.get(key) != inside[i]}
    update_rows(connection, table, homes)


_THREADS = Prepared(select(schema.thread).where(schema.thread.c.id.in_(several())))


def _replace_threads(connection: Connection, before: Collection[int], threads: Sequence[Thread]) -> dict[str, int]:
    """Write threads in the place of those of ids ``before``; returns the id of each move's thread by the move's key.

    Those that stay as they were are not written.
    """
    table, actor = schema.thread, schema.thread_actor
    stored = {row.key: row for row in _THREADS.rows_in(connection, sorted(before))}
    gone = [row.id for key, row in stored.items() if key not in {thread.id for thread in threads}]
    delete_in(connection, actor, actor.c.thread_id, gone)
    delete_in(connection, table, table.c.id, gone)
    new = [thread for thread in threads if thread.id not in stored]
    ids = dict(
        zip(
            (thread.id for thread in new),
            insert_returning(connection, table, [thread_row(t) for t in new]),
            strict=True,
        )
    )
    id_of = {**ids, **{key: row.id for key, row in stored.items()}}
    _edit_threads(connection, {stored[t.id].id: (stored[t.id], t) for t in threads if t.id in stored})
    insert_all(connection, actor, (row for t in new for row in thread_actor_rows(id_of[t.id], t)))
    return {key: id_of[thread.id] for thread in threads for key in thread.moves}


def _edit_threads(connection: Connection, threads: Mapping[int, tuple[Any, Thread]]) -> None:
    """Bring stored threads up to date, each given as the row it has and the thread that it is now."""
    rows = {i: thread_row(thread) for i, (_, thread) in threads.items()}
    changed = {i: differing(threads[i][0]._mapping, row) for i, row in rows.items()}
    update_rows(connection, schema.thread, changed)
    other = {}
    for i, edits in changed.items():
        if edits:
            now, was = thread_actor_rows(i, threads[i][1]), thread_actor_rows(i, unpack_thread(threads[i][0].body))
            other.update({i: now} if now != was else {})
    delete_in(connection, schema.thread_actor, schema.thread_actor.c.thread_id, other)
    insert_all(connection, schema.thread_actor, (row for listed in other.values() for row in listed))


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
