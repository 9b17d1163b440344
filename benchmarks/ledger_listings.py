"""How long the first page of every listing of a ledger takes, for every filter alone and for every two together.

    python benchmarks/ledger_listings.py LEDGER [--only actors] [--over 100] [--json]

Filters are asked for with what many acts pass and with what few do: the busiest party and a seldom one, a word of the
matter that very many acts have, one that many have and one that few have, and so on. Milliseconds of the wall and, in
brackets, of this process's own CPU: the median of three, warm (asked once before).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

from ledger_size import FIRST_PAGE, ms, timed
from sqlalchemy import Connection, func, select

from communique.ledger import bydate, queries, schema
from communique.ledger.filters import Filters, words_of
from communique.ledger.health import info
from communique.ledger.search import search
from communique.ledger.showing import show
from communique.ledger.store import Ledger
from communique.ledger.timelines import chosen

RUNS = 3
SAMPLE = 40_000  # acts whose words are counted
DAYS = 20  # of a timeline
Ask = Callable[[Connection], Any]
LISTINGS = ("threads", "moves", "disputes", "disputed_threads", "positions", "actors")


def main() -> None:
    """Time and print, the slowest last."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("ledger")
    parser.add_argument("--only", default="", help="questions whose names hold this")
    parser.add_argument("--over", type=float, default=0, help="print those alone that take more milliseconds of CPU")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with Ledger.open(given.ledger, keep=1) as ledger:
        with ledger.reading() as connection:
            asked = dict(questions(ledger, connection))
        took = {name: warm(ledger, ask) for name, ask in asked.items() if given.only in name}
    shown = sorted((t[1], name) for name, t in took.items() if t[1] * 1000 >= given.over)
    if given.json:
        json.dump({name: ms(took[name]) for _, name in shown}, sys.stdout)
    else:
        print(*(f"{ms(took[name]):>14}  {name}" for _, name in shown), f"{len(took)} questions", sep="\n")


def questions(ledger: Ledger, connection: Connection) -> Iterator[tuple[str, Ask]]:
    """Every listing with every filter and every two of them; what has no filters; the biggest thread and move."""
    for name, filters in filtered(connection):
        for listing in LISTINGS:
            ask = getattr(queries, listing)
            yield f"{listing} {name}", lambda c, ask=ask, filters=filters: ask(c, filters, FIRST_PAGE)
        yield f"by_day {name}", lambda c, filters=filters: bydate.by_day(c, filters)
        if not (filters.type or filters.outlet or filters.status):
            yield f"timeline {name}", lambda c, filters=filters: chosen(c, filters, DAYS)
    for word in common_words(connection):
        yield f"search {word}", lambda c, word=word: search(c, word, 20)
    words = " ".join(common_words(connection)[:2])
    yield f"search {words}", lambda c: search(c, words, 20)
    for table, size in ((schema.thread, schema.thread.c.moves), (schema.move, schema.move.c.reports)):
        key = connection.execute(select(table.c.key).order_by(size.desc()).limit(1)).scalar_one()
        yield f"show the biggest {table.name}", lambda c, key=key: show(c, key)
    yield "info", lambda c: info(ledger)


def filtered(connection: Connection) -> Iterator[tuple[str, Filters]]:
    """No filter, each value of each alone, and every two, both common."""
    values = {name: dict(listed) for name, listed in _values(connection)}
    yield "plainly", Filters()
    for name, listed in values.items():
        for how, value in listed.items():
            yield f"{name} {how}", replace(Filters(), **{name: value})
    for one, other in combinations(values, 2):
        for how, value in values[one].items():
            for what, second in values[other].items():
                yield f"{one} {how}, {other} {what}", replace(Filters(), **{one: value, other: second})


def _values(connection: Connection) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    busy, outlets = _most(connection, schema.actor, "id", schema.actor.c.made), schema.outlet
    told = _most(connection, outlets, "name", outlets.c.events)
    types = _most(
        connection, schema.month_count, "type", func.sum(schema.month_count.c.acts), schema.month_count.c.type
    )
    months = sorted(connection.execute(select(schema.month_count.c.month).distinct()).scalars())
    common = common_words(connection)
    year = months[len(months) // 2][:4]
    yield "actor", [("busiest", busy[0]), ("seldom", busy[-1])]
    yield "between", [("a year", (year, year)), ("all", (f"{months[0]}-02", f"{months[-1]}-20"))]
    yield "type", [("common", types[0]), ("seldom", types[-1])]
    yield "matter", [("very common", common[0]), ("common", common[1]), ("seldom", common[2])]
    yield "outlet", [("busiest", told[0]), ("seldom", told[-1])]
    yield "status", [("common", "actual"), ("seldom", "alleged")]


def _most(connection: Connection, table: Any, name: str, count: Any, *group: Any) -> list[Any]:
    query = select(table.c[name]).group_by(*group) if group else select(table.c[name])
    return list(connection.execute(query.order_by(count.desc(), table.c[name])).scalars())


def common_words(connection: Connection) -> list[str]:
    """A word of the matter that most acts have, one that one act in fifty has, and one that one in a thousand has."""
    query = select(schema.move.c.about).order_by(schema.move.c.id).limit(SAMPLE)
    counts = Counter(word for about in connection.execute(query).scalars() for word in set(words_of(about)))
    number = min(SAMPLE, sum(counts.values()))
    listed = [word for word, _ in counts.most_common()]
    return [next(word for word in listed if counts[word] <= number // part or word == listed[-1])
            for part in (1, 50, 1000)]  # fmt: skip


def warm(ledger: Ledger, ask: Ask) -> tuple[float, float]:
    """The median time of a question that was asked before."""
    took = []
    for _ in range(RUNS + 1):
        with ledger.reading() as connection:
            took.append(timed(lambda c=connection: ask(c))[1])
    return sorted(took[1:], key=lambda t: t[1])[RUNS // 2]


if __name__ == "__main__":
    main()
