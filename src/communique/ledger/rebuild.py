"""Linking a whole ledger from scratch: everything that linking derived is made anew, in one transaction.

Near-linear in the number of reports: they meet by keys, never all with all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, text

from communique.ledger import schema
from communique.ledger.actors import count_all_moves
from communique.ledger.copying import likeness
from communique.ledger.decisions import decided_edges, judged, standing
from communique.ledger.incremental import key_rows, move_actor_rows, move_row, report_row
from communique.ledger.packing import pack_move
from communique.ledger.rows import article_of, body_of, event_of
from communique.ledger.sets import insert_all
from communique.ledger.store import Ledger, address_of, parties_of
from communique.ledger.threads import link_row, move_key_rows, thread_actor_rows, thread_row
from communique.linking.copies import bands, groups, signature
from communique.linking.days import bounds
from communique.linking.report import Report, reports_of
from communique.linking.same_act import block_keys
from communique.linking.whole import edges_of, links_of, moves_from, threads_of
from communique.move import Move
from communique.thread import Link, Thread

BATCH = 2000
Say = Callable[[str], None]


def rebuild(ledger: Ledger, say: Say = lambda stage: None) -> dict[str, int]:
    """Link all reports from scratch; returns how many reports, moves, links and threads there are.

    ``say`` is told each stage as it begins.
    """
    with ledger.writing() as connection:
        say("clearing")
        for table in schema.DERIVED:
            connection.execute(delete(table))
        say("reading events")
        reports = dict(_write_reports(connection))
        say("finding copies")
        copies = _write_copies(connection)
        say("comparing reports")
        moves = _write_moves(connection, reports, copies)
        say("linking moves")
        links = links_of(list(moves.values()), list(reports.values()))
        _write_links(connection, moves, links)
        say("writing threads")
        threads = threads_of(list(moves.values()), links)
        _write_threads(connection, moves, threads)
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
    return {"reports": len(reports), "moves": len(moves), "links": len(links), "threads": len(threads)}


def _write_reports(connection: Connection) -> Iterator[tuple[int, Report]]:
    """Every event as a report, by the id of its row; written with its keys."""
    last = 0
    while True:
        pages = connection.execute(_pages().where(schema.page.c.id > last).limit(BATCH // 10)).mappings().all()
        if not pages:
            return
        last = pages[-1]["id"]
        found = list(_reports_on(connection, pages))
        filed = [(i, page_id, report, block_keys(report)) for i, page_id, report in found]
        insert_all(connection, schema.report, (report_row(i, page_id, r, keys) for i, page_id, r, keys in filed))
        insert_all(connection, schema.report_key, (row for i, _, _, keys in filed for row in key_rows(i, keys)))
        yield from ((i, report) for i, _, report in found)


def _pages() -> Any:
    page, article = schema.page, schema.article
    query = select(page.c.id, page.c.key, page.c.url, page.c.doc, page.c.outlet.label("told_outlet"), article)
    return query.join(article, article.c.page_id == page.c.id).order_by(page.c.id)


def _reports_on(connection: Connection, pages: Sequence[Any]) -> Iterator[tuple[int, int, Report]]:
    table = schema.event
    query = select(table).where(table.c.page_id.between(pages[0]["id"], pages[-1]["id"])).order_by(table.c.position)
    on_page: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        on_page[row["page_id"]].append(row)
    parties = parties_of(connection, [row["id"] for rows in on_page.values() for row in rows])
    decisions = standing(connection, [page["key"] for page in pages])
    for page in pages:
        rows = on_page[page["id"]]
        events = [event_of(row, parties.get(row["id"], [])) for row in rows]
        id_of = {event.id: row["id"] for row, event in zip(rows, events, strict=True)}
        kept = judged(page["key"], events, decisions)
        name = address_of(page["url"], page["told_outlet"], page["doc"])
        for event, report in zip(kept, reports_of(page["key"], name, article_of(page), kept), strict=True):
            yield id_of[event.id], page["id"], report


def _write_copies(connection: Connection) -> Mapping[str, str]:
    """Mark every page, find the copies among them; returns each copied page's group by page key."""
    page, mark = schema.page, schema.page_mark
    _mark_missing(connection)
    marks = connection.execute(select(mark.c.page_id, mark.c.mark, mark.c.issued)).all()
    meeting: dict[int, list[tuple[int, bytes, int | None]]] = defaultdict(list)
    pairs: dict[tuple[int, int], float] = {}
    for page_id, signed, issued in marks:
        for band in set(bands(signed)):
            for other, its, day in meeting[band]:
                score = likeness(signed, issued, its, day)
                if score:
                    pairs[(min(page_id, other), max(page_id, other))] = score
            meeting[band].append((page_id, signed, issued))
        insert_all(connection, schema.page_band, ({"band": b, "page_id": page_id} for b in sorted(set(bands(signed)))))
    pairs |= _versions(connection)
    insert_all(connection, schema.page_copy, ({"a": a, "b": b, "score": s} for (a, b), s in sorted(pairs.items())))
    key_of = {row.id: row.key for row in connection.execute(select(page.c.id, page.c.key))}
    copied = {key_of[i] for pair in pairs for i in pair}
    return groups(copied, ((key_of[a], key_of[b]) for a, b in pairs))


def _mark_missing(connection: Connection) -> None:
    """Marks depend on the body alone, so those that are there stay."""
    page, article, mark = schema.page, schema.article, schema.page_mark
    query = select(page.c.id, page.c.text, article).join(article, article.c.page_id == page.c.id)
    missing = query.where(~page.c.id.in_(select(mark.c.page_id)))
    for row in connection.execute(missing).mappings().all():
        body = body_of(row["text"], article_of(row)) or row["text"]
        issued = bounds(row["published"])
        values = {"page_id": row["id"], "mark": signature(body), "issued": issued[1] if issued else None}
        connection.execute(insert(mark).values(values))


def _versions(connection: Connection) -> dict[tuple[int, int], float]:
    table = schema.page
    by_address: dict[str, list[int]] = defaultdict(list)
    for page_id, address in connection.execute(select(table.c.id, table.c.address)):
        by_address[address].append(page_id)
    return {(min(a, b), max(a, b)): 1.0 for ids in by_address.values() for n, a in enumerate(ids) for b in ids[n + 1 :]}


def _write_moves(connection: Connection, reports: Mapping[int, Report], copies: Mapping[str, str]) -> dict[int, Move]:
    event_of_key = {report.key: i for i, report in reports.items()}
    edges = list(edges_of(reports.values()))
    numbered = ((event_of_key[a], event_of_key[b], score) for a, b, score in edges)
    scores = {(min(a, b), max(a, b)): score for a, b, score in numbered}
    decided = {pair: s for pair, s in decided_edges(connection).items() if set(pair) <= reports.keys()}
    edges += [(reports[a].key, reports[b].key, score) for (a, b), score in decided.items()]
    scores.update(decided)
    _insert(connection, schema.report_edge, ({"a": a, "b": b, "score": s} for (a, b), s in scores.items()))
    moves = dict(enumerate(moves_from(list(reports.values()), edges, copies), start=1))
    _insert(connection, schema.move, ({"id": i, **move_row(move, pack_move(move))} for i, move in moves.items()))
    _insert(connection, schema.move_actor, (row for i, move in moves.items() for row in move_actor_rows(i, move)))
    count_all_moves(connection)
    _insert(connection, schema.move_key, (row for i, move in moves.items() for row in move_key_rows(i, move)))
    told = [(i, event_of_key[key]) for i, move in moves.items() for key in move.reports]
    for start in range(0, len(told), BATCH):
        part = [{"tells": i, "told": event_id} for i, event_id in told[start : start + BATCH]]
        connection.execute(text("UPDATE report SET move_id = :tells WHERE event_id = :told"), part)
    _restart(connection, schema.move)
    return moves


def _write_links(connection: Connection, moves: Mapping[int, Move], links: Sequence[Link]) -> None:
    id_of = {move.id: i for i, move in moves.items()}
    _insert(connection, schema.link, (link_row(found, id_of) for found in links))


def _write_threads(connection: Connection, moves: Mapping[int, Move], threads: Sequence[Thread]) -> None:
    numbered = list(enumerate(threads, start=1))
    _insert(connection, schema.thread, ({"id": i, **thread_row(thread)} for i, thread in numbered))
    _insert(connection, schema.thread_actor, (row for i, thread in numbered for row in thread_actor_rows(i, thread)))
    id_of = {move.id: i for i, move in moves.items()}
    inside = [{"its": i, "inside": id_of[key]} for i, thread in numbered for key in thread.moves]
    for start in range(0, len(inside), BATCH):
        part = inside[start : start + BATCH]
        connection.execute(text("UPDATE move SET thread_id = :its WHERE id = :inside"), part)
    _restart(connection, schema.thread)


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, object]]) -> None:
    while part := list(islice(rows, BATCH)):
        insert_all(connection, table, part)


def _restart(connection: Connection, table: Table) -> None:
    """PostgreSQL's own numbering goes on after the ids that were written."""
    if connection.dialect.name == "postgresql":
        highest = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), coalesce(max(id), 1)) FROM {table.name}"
        connection.execute(text(highest))
