"""How a ledger bears size: makes one of made-up news and times linking from scratch, listings, and adding a page.

    python benchmarks/ledger_size.py --events 100000 [--ledger FILE-OR-URL] [--adding] [--json]

A ledger that holds pages already is taken as it is; with --adding it is not linked from scratch nor listed, pages are
only added to it.

Times are of the wall and, in brackets, of this process's own CPU, which other work on the machine does not touch.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from ledger_story import EVENTS_A_PAGE, FIRST_DAY, PAGES_A_DAY, News
from sqlalchemy import insert, select

from communique.coding.coded import CodedPage
from communique.ledger import queries, schema
from communique.ledger.actors import count_names
from communique.ledger.coder import Coder
from communique.ledger.filters import Filters
from communique.ledger.health import info
from communique.ledger.rebuild import rebuild
from communique.ledger.rows import actor_rows, article_row, body_of, event_row, page_row
from communique.ledger.search import search
from communique.ledger.sets import insert_all, insert_returning
from communique.ledger.showing import show
from communique.ledger.store import Ledger, index_body

CODER = Coder("made-up", "1", "1.2", lambda page: None)  # type: ignore[arg-type,return-value]
BATCH = 500  # pages in one transaction of the filling
FIRST_PAGE = 50  # rows of a listing's first page
ADDED = 20  # pages that are added one by one


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--ledger")
    parser.add_argument("--adding", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = measure_adding if given.adding else measure
        figures = run(given.ledger or str(Path(folder) / "size.ledger"), given.events)
    json.dump(figures, sys.stdout, indent=None if given.json else 2)
    print()


def measure(target: str, events: int) -> dict[str, Any]:
    """The figures of a ledger of so many made-up events."""
    news = News()
    with Ledger.open(target, create=True, keep=1) as ledger:
        filled = None if holds_pages(ledger) else timed(lambda: fill(ledger, news.pages(events // EVENTS_A_PAGE)))[1]
        stages: list[tuple[str, float]] = []
        made, linked = timed(lambda: rebuild(ledger, lambda stage: stages.append((stage, time.process_time()))))
        stages.append(("", time.process_time()))
        listings = {name: warm(ledger, ask) for name, ask in commands(ledger).items()}
        return {
            "made": made,
            "megabytes": info(ledger)["size"] / 1e6,
            "fill": filled,
            "link_from_scratch": linked,
            "stages_cpu": {name: round(after - cpu, 1) for (name, cpu), (_, after) in pairwise(stages)},
            "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
            "first_page_ms": listings,
            **add_pages(ledger, news, events),
        }


def measure_adding(target: str, events: int) -> dict[str, Any]:
    """The figures of adding pages to a ledger of so many made-up events that is linked already."""
    with Ledger.open(target, keep=1) as ledger:
        return {"megabytes": info(ledger)["size"] / 1e6, **add_pages(ledger, News(), events)}


def add_pages(ledger: Ledger, news: News, events: int) -> dict[str, Any]:
    """The times of adding pages one by one, each in a transaction with its linking, dated after all others."""
    whole = events // EVENTS_A_PAGE
    pages = [news.page(whole + n, whole // PAGES_A_DAY) for n in range(ADDED)]
    spent = [timed(lambda page=page: ledger.add(page, CODER)) for page in pages]
    in_turn = [took for new, took in spent if new]
    if not in_turn:
        raise SystemExit("these pages are in the ledger already: give more --events, and others are added")
    adding = sorted(in_turn)
    figures = {"first": in_turn[0], "median": adding[len(adding) // 2], "slowest": adding[-1]}
    return {"added": len(adding), "add_a_page_ms": {name: ms(took) for name, took in figures.items()}}


def holds_pages(ledger: Ledger) -> bool:
    """Whether the ledger was filled by an earlier run."""
    with ledger.reading() as connection:
        return connection.execute(select(schema.page.c.id).limit(1)).first() is not None


def timed(run: Callable[[], Any]) -> tuple[Any, tuple[float, float]]:
    """What a call gives, with its seconds of wall and of CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = run()
    return result, (round(time.perf_counter() - wall, 3), round(time.process_time() - cpu, 3))


def ms(seconds: tuple[float, float]) -> str:
    """Milliseconds of wall, and of CPU."""
    return f"{seconds[0] * 1000:.0f} ({seconds[1] * 1000:.0f})"


def warm(ledger: Ledger, ask: Callable[[Any], Any]) -> str:
    """The time of a question that was asked before."""
    best = []
    for _ in range(4):
        with ledger.reading() as connection:
            best.append(timed(lambda c=connection: ask(c))[1])
    return ms(min(best[1:]))


def commands(ledger: Ledger) -> dict[str, Callable[[Any], Any]]:
    """What each command asks for its first page, for everything, for the busiest party and for a seldom one."""
    with ledger.reading() as connection:
        parties = queries.actors(connection, Filters(), 300)
        words = queries.moves(connection, Filters(), 1)[0].about or ""
        thread = queries.threads(connection, Filters(), 1)[0].id
    busy, seldom = parties[0]["id"], parties[-1]["id"]
    cases = {"": Filters(), " busy": Filters(actor=busy), " seldom": Filters(actor=seldom)}
    first = str(FIRST_DAY.year)
    cases |= {" year": Filters(between=(first, first)), " type": Filters(type="REJECT")}
    cases[" busy year matter"] = Filters(actor=busy, between=(first, first), matter=words.split()[0])
    asked: dict[str, Callable[[Any], Any]] = {}
    for name in ("threads", "moves", "disputes", "positions", "actors"):
        for case, filters in cases.items():
            ask = getattr(queries, name)
            asked[name + case] = lambda c, ask=ask, filters=filters: ask(c, filters, FIRST_PAGE)
    asked["search common"] = lambda c: search(c, words.split()[0], 20)
    asked["search all"] = lambda c: search(c, words, 20)
    asked["show thread"] = lambda c: show(c, thread)
    return asked


def fill(ledger: Ledger, pages: Iterable[CodedPage]) -> None:
    """Store pages and events many at a time, unlinked: adding one by one would link each."""
    waiting: Iterator[CodedPage] = iter(pages)
    while batch := list(islice(waiting, BATCH)):
        with ledger.writing() as connection:
            ids = insert_returning(connection, schema.page, [page_row(coded.page) for coded in batch])
            for page_id, coded in zip(ids, batch, strict=True):
                values = {"page_id": page_id, **article_row(coded.article, CODER.stamp)}
                connection.execute(insert(schema.article).values(values))
                index_body(connection, page_id, body_of(coded.page.text, coded.article))
            listed = [(i, coded.page.digest[:16], n, e) for i, coded in zip(ids, batch, strict=True)
                      for n, e in enumerate(coded.events)]  # fmt: skip
            rows = [{"page_id": i, **event_row(key, n, e, CODER.stamp)} for i, key, n, e in listed]
            events = insert_returning(connection, schema.event, rows)
            parties = [r for i, (*_, e) in zip(events, listed, strict=True) for r in actor_rows(i, e)]
            insert_all(connection, schema.event_actor, parties)
            count_names(connection, parties)


if __name__ == "__main__":
    main()
