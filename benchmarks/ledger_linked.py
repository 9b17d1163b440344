"""A large ledger that is linked already, in minutes: for measuring how fast listings and pages are, not linking.

    python benchmarks/ledger_linked.py FILE --events 1000000

The made-up news of ledger_story.py knows which act each page tells and what it answers, so moves, links and threads
are written as linking would make them of that knowledge, with linking's own functions for what a move or thread says.
What only linking reads (keys under which reports are looked up) is left out: ``communique link`` makes it.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from ledger_size import CODER
from ledger_story import EVENTS_A_PAGE, News, Story
from sqlalchemy import Connection, Table

from communique.actor import Actor
from communique.coding.coded import CodedPage
from communique.event import Event, Term
from communique.evidence import Evidence
from communique.ledger import actors, columns, incremental, schema, threads
from communique.ledger.packing import pack_move
from communique.ledger.rows import actor_rows, article_row, body_of, event_row, page_row
from communique.ledger.sets import insert_all
from communique.ledger.store import Ledger
from communique.linking.report import Report, reports_of
from communique.linking.summary import summarise
from communique.linking.whole import threads_of
from communique.move import Move
from communique.thread import Link

BATCH = 10_000
PAGES = 500  # that are written together
LINES = 4000  # lines of filler that all pages draw from
ANSWERS, OFFERS = ("REJECT", "ACCEPT", "AGREE"), ("PROPOSE", "REQUEST")
TURNED, SAID, COPIED = 0.02, 0.35, 0.01  # shares of reports with the parties exchanged or a source named; of copies


class ToldNews(News):
    """Made-up news that remembers which story each event tells; with terms, sources named, and reports that differ."""

    def __init__(self, seed: int = 1) -> None:
        super().__init__(seed)
        self.told: list[Story] = []
        self._lines: dict[int, list[str]] = {}

    def _filler(self, words: int) -> str:
        if words < 20:
            return super()._filler(words)
        if words not in self._lines:
            self._lines[words] = [super(ToldNews, self)._filler(words) for _ in range(LINES)]
        return self.chance.choice(self._lines[words])

    def _event(self, name: str, story: Story, day: int, words: Evidence) -> Event:
        self.told.append(story)
        event = super()._event(name, story, day, words)
        if self.chance.random() < TURNED:
            event = replace(event, sources=event.targets, targets=event.sources)
        if self.chance.random() < SAID:
            event = replace(event, according_to=(self.parties.draw().title(), "a spokesman"))
        return replace(event, terms=_terms(story, event.sources[0], words)) if story.type in OFFERS else event


def _terms(story: Story, actor: Actor, words: Evidence) -> tuple[Term, ...]:
    """The first and last word of the matter, as what is given and what is asked."""
    found = [(role, words.quote.index(story.matter) + at, word) for role, at, word in _ends(story.matter)]
    return tuple(
        Term(role, actor.id, Evidence(words.start + at, words.start + at + len(word), word)) for role, at, word in found
    )


def _ends(matter: str) -> list[tuple[str, int, str]]:
    first, last = matter.split()[0], matter.split()[-1]
    return [("gives", 0, first), ("asks", len(matter) - len(last), last)]


@dataclass
class Made:
    """What was written so far: how many pages and events, the reports of each story, where each report stands."""

    pages: int = 0
    events: int = 0
    reports: dict[Story, list[Report]] = field(default_factory=lambda: defaultdict(list))
    place: dict[str, tuple[int, int]] = field(default_factory=dict)
    names: Counter[tuple[str, str]] = field(default_factory=Counter)


def main() -> None:
    """Make one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("ledger")
    parser.add_argument("--events", type=int, default=100_000)
    given = parser.parse_args()
    gc.disable()
    make(given.ledger, given.events)


def make(target: str, events: int) -> None:
    """Fill a new ledger and write what linking would make of it."""
    news, made, started = ToldNews(), Made(), time.perf_counter()
    with Ledger.open(target, create=True) as ledger, ledger.writing() as connection:
        pages = news.pages(events // EVENTS_A_PAGE)
        while part := list(islice(pages, PAGES)):
            _write_pages(connection, news, part, made)
        _say("filled", started)
        _link(connection, made)
        _copies(connection, news, made.pages)
        connection.exec_driver_sql("ANALYZE")
    _say("linked", started)


def _say(what: str, started: float) -> None:
    print(f"{what} after {time.perf_counter() - started:.0f} s", file=sys.stderr)


def _write_pages(connection: Connection, news: ToldNews, part: list[CodedPage], made: Made) -> None:
    numbered = list(enumerate(part, start=made.pages + 1))
    stories, news.told = iter(news.told[: sum(len(coded.events) for coded in part)]), []
    pages = [{"id": n, **page_row(coded.page)} for n, coded in numbered]
    insert_all(connection, schema.page, pages)
    articles = ({"page_id": n, **article_row(coded.article, CODER.stamp)} for n, coded in numbered)
    insert_all(connection, schema.article, articles)
    bodies = [(n, body_of(coded.page.text, coded.article)) for n, coded in numbered]
    connection.exec_driver_sql("INSERT INTO body_words(rowid, body) VALUES (?, ?)", bodies)
    events = [(n, row["key"], place, event) for (n, coded), row in zip(numbered, pages, strict=True)
              for place, event in enumerate(coded.events)]  # fmt: skip
    listed = list(enumerate(events, start=made.events + 1))
    insert_all(connection, schema.event, ({"id": i, "page_id": n, **event_row(key, at, e, CODER.stamp)}
                                          for i, (n, key, at, e) in listed))  # fmt: skip
    parties = [row for i, (*_, e) in listed for row in actor_rows(i, e)]
    insert_all(connection, schema.event_actor, parties)
    made.names.update((row["actor"], row["name"]) for row in parties)
    made.place.update((f"{key}-{e.id}", (i, n)) for i, (n, key, _, e) in listed)
    for (_, coded), row in zip(numbered, pages, strict=True):
        for report in reports_of(row["key"], coded.page.doc, coded.article, coded.events):
            made.reports[next(stories)].append(report)
    made.pages, made.events = made.pages + len(part), made.events + len(events)


def _link(connection: Connection, made: Made) -> None:
    names = ({"actor": a, "name": n, "events": k} for (a, n), k in made.names.items())
    _in_parts(connection, schema.actor_name, names)
    moves = {story: summarise(reports, {}) for story, reports in made.reports.items()}
    number = {move.id: n for n, move in enumerate(moves.values(), start=1)}
    links = list(_answers(moves))
    made_threads = list(enumerate(threads_of(moves.values(), links), start=1))
    home = {key: n for n, thread in made_threads for key in thread.moves}
    _in_parts(connection, schema.thread, ({"id": n, **threads.thread_row(t)} for n, t in made_threads))
    _in_parts(connection, schema.thread_actor, (r for n, t in made_threads for r in threads.thread_actor_rows(n, t)))
    _in_parts(connection, schema.move, (_move_row(move, number, home) for move in moves.values()))
    parties = (row for m in moves.values() for row in incremental.move_actor_rows(number[m.id], m))
    _in_parts(connection, schema.move_actor, parties)
    _in_parts(connection, schema.report, _report_rows(made, moves, number))
    _in_parts(connection, schema.link, (threads.link_row(link, number) for link in links))
    actors.count_all_moves(connection)
    columns.write_all_columns(connection, enumerate(moves.values(), start=1))


def _move_row(move: Move, number: dict[str, int], home: dict[str, int]) -> dict[str, Any]:
    return {"id": number[move.id], **incremental.move_row(move, pack_move(move)), "thread_id": home.get(move.id)}


def _report_rows(made: Made, moves: dict[Story, Move], number: dict[str, int]) -> Iterator[dict[str, Any]]:
    for story, reports in made.reports.items():
        for report in reports:
            row = incremental.report_row(*made.place[report.key], report, ([], [], False))
            yield {**row, "move_id": number[moves[story].id]}


def _answers(moves: dict[Story, Move]) -> Iterator[Link]:
    """Each answer stands to the offer or demand on its matter; one in eight opens a longer thread by going back."""
    asked = {story.matter: move.id for story, move in moves.items() if story.type in OFFERS}
    before: list[str] = []
    for n, (story, move) in enumerate(moves.items()):
        if story.type in ANSWERS and story.matter in asked:
            yield Link(move.id, asked[story.matter], "answers", 0.8)
        elif story.type in OFFERS and n % 8 == 0:
            if before and n % 400:  # fifty in a row hang together
                yield Link(move.id, before[-1], "counters", 0.6)
            before.append(move.id)


def _copies(connection: Connection, news: ToldNews, pages: int) -> None:
    """Some pages are copies of one a little before."""
    copied = (n for n in range(20, pages) if news.chance.random() < COPIED)
    rows = ({"a": n - news.chance.randint(1, 19), "b": n, "score": 0.9} for n in copied)
    _in_parts(connection, schema.page_copy, rows)


def _in_parts(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    listed = iter(rows)
    while part := list(islice(listed, BATCH)):
        insert_all(connection, table, part)


if __name__ == "__main__":
    main()
