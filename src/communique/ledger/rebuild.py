"""Linking a whole ledger from scratch: everything that linking derived is made anew, in one transaction.

Near-linear in the number of reports: they meet by keys, never all with all. Rows are written table by table, in the
order of their keys, when all of them are known.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, delete, select, text

from communique.article import Article
from communique.collector import uncollected
from communique.ledger import schema
from communique.ledger.actors import count_all_moves
from communique.ledger.bulk import alone, unindexed, write
from communique.ledger.columns import write_all_columns
from communique.ledger.decisions import decided_edges, judged, standing
from communique.ledger.incremental import move_actor_rows, move_row, report_row
from communique.ledger.packing import pack_move
from communique.ledger.refiling import write_move_keys, write_report_keys
from communique.ledger.rows import article_of, body_of, event_of
from communique.ledger.rules import note_rules
from communique.ledger.store import Ledger, address_of, parties_of
from communique.ledger.threads import link_row, thread_actor_rows, thread_row
from communique.linking.copies import bands, groups, likeness, signature
from communique.linking.days import bounds
from communique.linking.grouping import Edge
from communique.linking.keyed import Keyed, Meetings
from communique.linking.report import Report, reports_of
from communique.linking.same_act import block_keys
from communique.linking.whole import edges_of, filed_moves, links_of, moves_from, threads_of
from communique.move import Move
from communique.thread import Link, Thread

PAGES = 200  # read at once
Say = Callable[[str], None]


@dataclass(slots=True)
class Told:
    """All reports, in order of page: each with the id of its event, the id of its page, and whether it is wide."""

    reports: list[Report] = field(default_factory=list)
    events: array[int] = field(default_factory=lambda: array("q"))
    pages: array[int] = field(default_factory=lambda: array("q"))
    wide: array[int] = field(default_factory=lambda: array("b"))
    met: Meetings = field(default_factory=Meetings)

    def add(self, event_id: int, page_id: int, report: Report) -> None:
        """Take the next report."""
        keys = block_keys(report)
        self.reports.append(report)
        self.events.append(event_id)
        self.pages.append(page_id)
        self.wide.append(keys[2])
        self.met.file(report, keys)


def rebuild(ledger: Ledger, say: Say = lambda stage: None) -> dict[str, int]:
    """Link all reports from scratch; returns how many reports, moves, links and threads there are.

    ``say`` is told each stage as it begins.
    """
    with uncollected(), alone(ledger) as connection, unindexed(connection, schema.DERIVED):
        say("clearing")
        for table in schema.DERIVED:
            connection.execute(delete(table))
        say("reading events")
        told = _read(connection)
        say("finding copies")
        copies = _write_copies(connection)
        say("comparing reports")
        edges = _write_edges(connection, told)
        moves = moves_from(told.reports, edges, copies)
        say("linking moves")
        filed = filed_moves(moves)
        links = links_of(moves, told.reports, filed)
        threads = threads_of(moves, links)
        say("writing")
        _write_reports(connection, told, moves)
        _write_moves(connection, moves, filed, threads)
        _write_links(connection, moves, links)
        _write_threads(connection, threads)
        count_all_moves(connection)
        note_rules(connection)
    _analyze(ledger)
    return {"reports": len(told.reports), "moves": len(moves), "links": len(links), "threads": len(threads)}


def _analyze(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))


def _read(connection: Connection) -> Told:
    """Every event as a report."""
    told, last = Told(), 0
    while True:
        pages = connection.execute(_pages().where(schema.page.c.id > last).limit(PAGES)).mappings().all()
        if not pages:
            return told
        last = pages[-1]["id"]
        for event_id, page_id, report in _reports_on(connection, pages):
            told.add(event_id, page_id, report)


def _pages() -> Any:
    """What a report takes from its page."""
    page, article = schema.page, schema.article
    named = (page.c.id, page.c.key, page.c.url, page.c.doc, page.c.outlet.label("told_outlet"))
    query = select(*named, article.c.outlet, article.c.published, article.c.credit)
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
        article = Article(outlet=page["outlet"], published=page["published"], credit=page["credit"])
        for event, report in zip(kept, reports_of(page["key"], name, article, kept), strict=True):
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
    pairs |= _versions(connection)
    filed = ({"band": band, "page_id": page[0]} for band in sorted(meeting) for page in meeting[band])
    write(connection, schema.page_band, filed)
    write(connection, schema.page_copy, ({"a": a, "b": b, "score": s} for (a, b), s in sorted(pairs.items())))
    key_of = {row.id: row.key for row in connection.execute(select(page.c.id, page.c.key))}
    copied = {key_of[i] for pair in pairs for i in pair}
    return groups(copied, ((key_of[a], key_of[b]) for a, b in pairs))


def _mark_missing(connection: Connection) -> None:
    """Marks depend on the body alone, so those that are there stay."""
    page, article, mark = schema.page, schema.article, schema.page_mark
    query = select(page.c.id, page.c.text, article).join(article, article.c.page_id == page.c.id)
    missing = query.where(~page.c.id.in_(select(mark.c.page_id))).order_by(page.c.id).limit(PAGES)
    while pages := connection.execute(missing).mappings().all():
        write(connection, mark, map(_mark, pages))
        missing = missing.where(page.c.id > pages[-1]["id"])


def _mark(page: Mapping[Any, Any]) -> dict[str, Any]:
    body, issued = body_of(page["text"], article_of(page)) or page["text"], bounds(page["published"])
    return {"page_id": page["id"], "mark": signature(body), "issued": issued[1] if issued else None}


def _versions(connection: Connection) -> dict[tuple[int, int], float]:
    table = schema.page
    by_address: dict[str, list[int]] = defaultdict(list)
    for page_id, address in connection.execute(select(table.c.id, table.c.address)):
        by_address[address].append(page_id)
    return {(min(a, b), max(a, b)): 1.0 for ids in by_address.values() for n, a in enumerate(ids) for b in ids[n + 1 :]}


def _write_edges(connection: Connection, told: Told) -> list[Edge]:
    """Which reports tell one act, as they compare and as people judged."""
    number_of = {event_id: number for number, event_id in enumerate(told.events)}
    event_of_key = {report.key: event_id for report, event_id in zip(told.reports, told.events, strict=True)}
    edges = list(edges_of(told.reports, told.met))
    numbered = ((event_of_key[a], event_of_key[b], score) for a, b, score in edges)
    scores = {(min(a, b), max(a, b)): score for a, b, score in numbered}
    for (a, b), score in decided_edges(connection).items():
        if a in number_of and b in number_of:
            edges.append((told.reports[number_of[a]].key, told.reports[number_of[b]].key, score))
            scores[(a, b)] = score
    write(connection, schema.report_edge, ({"a": a, "b": b, "score": s} for (a, b), s in sorted(scores.items())))
    return edges


def _write_reports(connection: Connection, told: Told, moves: Sequence[Move]) -> None:
    """Reports, each with its move, and their keys."""
    move_of = {key: i for i, move in enumerate(moves, start=1) for key in move.reports}
    rows = zip(told.reports, told.events, told.pages, told.wide, strict=True)
    filed = ({**report_row(i, page, r, ([], [], bool(wide))), "move_id": move_of[r.key]} for r, i, page, wide in rows)
    write(connection, schema.report, filed)
    for keyed, timed in ((told.met.timed, True), (told.met.narrow, False), (told.met.wide, False)):
        write_report_keys(connection, keyed, timed, told.events, told.wide)


def _write_moves(connection: Connection, moves: Sequence[Move], filed: Keyed, threads: Sequence[Thread]) -> None:
    """Moves, numbered from 1, each with its thread, and their parties and keys."""
    thread_of = {key: i for i, thread in enumerate(threads, start=1) for key in thread.moves}
    numbered = list(enumerate(moves, start=1))
    rows = ({"id": i, **move_row(move, pack_move(move)), "thread_id": thread_of.get(move.id)} for i, move in numbered)
    write(connection, schema.move, rows)
    write(connection, schema.move_actor, (row for i, move in numbered for row in move_actor_rows(i, move)))
    write_all_columns(connection, numbered)
    write_move_keys(connection, filed, range(1, len(moves) + 1), [move.type for move in moves])
    _restart(connection, schema.move)


def _write_links(connection: Connection, moves: Sequence[Move], links: Sequence[Link]) -> None:
    id_of = {move.id: i for i, move in enumerate(moves, start=1)}
    write(connection, schema.link, (link_row(found, id_of) for found in links))


def _write_threads(connection: Connection, threads: Sequence[Thread]) -> None:
    numbered = list(enumerate(threads, start=1))
    write(connection, schema.thread, ({"id": i, **thread_row(thread)} for i, thread in numbered))
    write(connection, schema.thread_actor, (row for i, thread in numbered for row in thread_actor_rows(i, thread)))
    _restart(connection, schema.thread)


def _restart(connection: Connection, table: Table) -> None:
    """PostgreSQL's own numbering goes on after the ids that were written."""
    if connection.dialect.name == "postgresql":
        highest = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), coalesce(max(id), 1)) FROM {table.name}"
        connection.execute(text(highest))
