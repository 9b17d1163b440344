"""Linking what one page touches: the same functions as from scratch, run on its neighbourhood only.

Which reports are one act is a matter of two reports, so a new page can only change the moves that its own
reports hang together with; those are grouped anew, then the links and threads that stand on them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, update

from communique.ledger import schema
from communique.ledger.actors import count_moves
from communique.ledger.columns import keep_columns
from communique.ledger.copying import groups_of, mark_page, unmark_page
from communique.ledger.decisions import decided_edges
from communique.ledger.meeting import edges_with_stored
from communique.ledger.packing import pack_move, pack_report, unpack_move, unpack_report
from communique.ledger.prepared import Statement
from communique.ledger.sets import (
    closure,
    delete_in,
    delete_rows,
    differing,
    ids_by,
    insert_all,
    insert_returning,
    rows_by,
    update_rows,
)
from communique.ledger.threads import relink_moves
from communique.linking.grouping import Edge
from communique.linking.report import Report
from communique.linking.same_act import BlockKeys, block_keys
from communique.linking.whole import moves_from
from communique.move import Move

Reports = dict[int, Report]


def link_page(
    connection: Connection, page_id: int, body: str, published: str | None, reports: Mapping[int, Report]
) -> None:
    """Link the reports of a page that was just stored; ``reports`` maps ids of event rows to them."""
    copies = mark_page(connection, page_id, body, published)
    filed = {i: block_keys(report) for i, report in reports.items()}
    insert_all(connection, schema.report, (report_row(i, page_id, r, filed[i]) for i, r in reports.items()))
    edges = edges_with_stored(connection, reports, filed)
    insert_all(connection, schema.report_key, (row for i, keys in filed.items() for row in key_rows(i, keys)))
    edges.update(decided_edges(connection, reports))
    insert_all(connection, schema.report_edge, ({"a": a, "b": b, "score": score} for (a, b), score in edges.items()))
    regroup(connection, set(reports) | events_on(connection, copies))


def forget_page(connection: Connection, page_id: int) -> None:
    """Take the reports of a page out of every move, before its events are replaced."""
    gone = events_on(connection, {page_id})
    together, _ = closure(connection, schema.report_edge.c.a, schema.report_edge.c.b, gone)
    copies = unmark_page(connection, page_id)
    for column in (schema.report_edge.c.a, schema.report_edge.c.b):
        delete_in(connection, schema.report_edge, column, gone)
    _unfile(connection, load_reports(connection, gone))
    moves = ids_by(connection, schema.report.c.move_id, schema.report.c.event_id, gone)
    delete_in(connection, schema.report, schema.report.c.event_id, gone)
    regroup(connection, (together - gone) | events_on(connection, copies), moves)


def report_row(event_id: int, page_id: int, report: Report, keys: BlockKeys) -> dict[str, object]:
    """The row of a report; its move is not known yet."""
    return {"event_id": event_id, "page_id": page_id, "wide": keys[2], "body": pack_report(report)}


def key_rows(event_id: int, keys: BlockKeys) -> Iterable[dict[str, object]]:
    """The rows of the keys under which a report is looked up."""
    timed, matters, wide = keys
    for listed, is_timed in ((timed, True), (matters, False)):
        for key in listed:
            yield {"key": key, "event_id": event_id, "timed": is_timed, "wide": wide}


def _unfile(connection: Connection, reports: Reports) -> None:
    """Take reports out of the keys under which they are looked up."""
    filed = {i: block_keys(report) for i, report in reports.items()}
    gone = ({"key": key, "event_id": i} for i, (timed, matters, _) in filed.items() for key in (*timed, *matters))
    delete_rows(connection, schema.report_key, gone)


def events_on(connection: Connection, pages: Collection[int]) -> set[int]:
    """The ids of the events that have reports on some pages."""
    return ids_by(connection, schema.report.c.event_id, schema.report.c.page_id, pages)


def load_reports(connection: Connection, event_ids: Collection[int]) -> Reports:
    """Reports by the id of their event."""
    table = schema.report
    rows = rows_by(connection, (table.c.event_id, table.c.body), table.c.event_id, event_ids)
    return {event_id: unpack_report(body) for event_id, body in rows}


def regroup(connection: Connection, event_ids: Collection[int], emptied: Collection[int] = ()) -> None:
    """Make anew the moves of everything that hangs together with some events; ``emptied`` are moves that lost some."""
    table = schema.report_edge
    together, _ = closure(connection, table.c.a, table.c.b, event_ids)
    reports = load_reports(connection, together)
    moves = group_reports(connection, reports)
    table = schema.report
    told = dict(rows_by(connection, (table.c.event_id, table.c.move_id), table.c.event_id, together))
    relink_moves(connection, *_replace(connection, moves, reports, told, set(emptied)))


def group_reports(connection: Connection, reports: Reports) -> list[Move]:
    """The moves of reports that are all of one or more components."""
    copies = groups_of(connection, {report.page for report in reports.values()})
    return moves_from(reports.values(), _edges_within(connection, reports), copies)


def _edges_within(connection: Connection, reports: Reports) -> list[Edge]:
    table = schema.report_edge
    rows = rows_by(connection, (table.c.a, table.c.b, table.c.score), table.c.a, set(reports))
    return [(reports[a].key, reports[b].key, score) for a, b, score in rows]


def _replace(
    connection: Connection,
    moves: Sequence[Move],
    reports: Reports,
    told: Mapping[int, int | None],
    emptied: Collection[int],
) -> tuple[dict[int, Move], dict[int, Move], dict[int, Move]]:
    """Write moves in the place of those that the reports tell as yet and of ``emptied``; ``told`` are the ids of the
    former by event.

    Returns what changed, what is gone, and the changed ones as they were, by id.
    """
    table = schema.move
    before = {i for i in told.values() if i is not None} | set(emptied)
    rows = rows_by(connection, (table.c.id, table.c.key, table.c.body), table.c.id, before)
    stored = {key: (move_id, body) for move_id, key, body in rows}
    packed = {move.id: pack_move(move) for move in moves}
    new = [move for move in moves if move.id not in stored]
    other = {stored[move.id][0]: move for move in moves if move.id in stored and stored[move.id][1] != packed[move.id]}
    removed = {i: unpack_move(body) for key, (i, body) in stored.items() if key not in packed}
    replaced = {i: unpack_move(stored[move.id][1]) for i, move in other.items()}
    ids = insert_returning(connection, table, [move_row(move, packed[move.id]) for move in new])
    edited = {i: differing(move_row(replaced[i], ""), move_row(move, packed[move.id])) for i, move in other.items()}
    update_rows(connection, table, edited)
    changed = {**other, **dict(zip(ids, new, strict=True))}
    _write_parties(connection, changed, replaced)
    keep_columns(connection, changed, removed.keys())
    count_moves(connection, changed.values(), [*replaced.values(), *removed.values()])
    _assign(connection, changed, {report.key: event_id for event_id, report in reports.items()}, told)
    return changed, removed, replaced


def _write_parties(connection: Connection, moves: Mapping[int, Move], before: Mapping[int, Move]) -> None:
    rows = {i: move_actor_rows(i, move) for i, move in moves.items()}
    other = {i for i, move in before.items() if move_actor_rows(i, move) != rows[i]}
    delete_in(connection, schema.move_actor, schema.move_actor.c.move_id, other)
    insert_all(connection, schema.move_actor, (row for i in rows if i in other or i not in before for row in rows[i]))


def _assign(
    connection: Connection, moves: Mapping[int, Move], event_of: Mapping[str, int], told: Mapping[int, int | None]
) -> None:
    """Note in each report the move that it tells, where that is another than before."""
    rows = [{"event": event_of[key], "tells": i} for i, move in moves.items() for key in move.reports]
    _ASSIGN.run(connection, [row for row in rows if told[row["event"]] != row["tells"]])


_ASSIGN = Statement(
    update(schema.report).where(schema.report.c.event_id == bindparam("event")).values(move_id=bindparam("tells"))
)


def move_row(move: Move, body: str) -> dict[str, object]:
    """The row of a move."""
    return {
        "key": move.id,
        "type": move.type,
        "mode": move.mode,
        "about": move.about,
        "date": move.date,
        "since": move.since,
        "until": move.until,
        "status": move.status,
        "quote": move.quote,
        "reports": len(move.reports),
        "outlets": len(move.outlets),
        "sources": len(move.sources),
        "disputed": bool(move.disputes),
        "body": body,
    }


def move_actor_rows(move_id: int, move: Move) -> list[dict[str, object]]:
    """The rows of a move's parties."""
    return [
        {"move_id": move_id, "side": side, "actor": actor, "until": move.until, "type": move.type}
        for side, actors in (("source", move.actors), ("target", move.targets))
        for actor in dict.fromkeys(actors)
    ]
