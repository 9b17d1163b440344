"""Counts that pages show, kept as pages come, so that nobody who looks at a large ledger waits for counting.

``month_count`` holds dated acts by type and by the month of the last day on which they can have taken place,
``dealing`` acts of one party toward another by type, ``outlet`` what each outlet has told. A count may come down
to nothing; such a row is as good as none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, select, text

from communique.ledger import schema
from communique.ledger.partycounts import tally_all_parties, tally_parties
from communique.ledger.prepared import Statement
from communique.ledger.sets import insert_all, rows_by
from communique.linking.days import month_of
from communique.move import Move

OUTLET_COUNTS = ("pages", "events", "first", "copied", "copies")
Pair = tuple[int, int]

_ADD = (
    "INSERT INTO {table} ({key}, acts) VALUES ({named}, :acts)"
    " ON CONFLICT ({key}) DO UPDATE SET acts = {table}.acts + excluded.acts"
)
_MONTH = Statement(text(_ADD.format(table="month_count", key="month, type", named=":month, :type")))
_DEALING = Statement(text(_ADD.format(table="dealing", key="source, target, type", named=":source, :target, :type")))
_OUTLET = Statement(
    text(
        "INSERT INTO outlet (name, {names}) VALUES (:name, {values}) ON CONFLICT (name) DO UPDATE SET {sums}".format(
            names=", ".join(OUTLET_COUNTS),
            values=", ".join(f":{count}" for count in OUTLET_COUNTS),
            sums=", ".join(f"{count} = outlet.{count} + excluded.{count}" for count in OUTLET_COUNTS),
        )
    )
)
_ALL_DEALINGS = text(
    "INSERT INTO dealing (source, target, type, acts) SELECT s.actor, t.actor, s.type, count(*) FROM move_actor s"
    " JOIN move_actor t ON t.move_id = s.move_id WHERE s.side = 'source' AND t.side = 'target' AND s.actor <> t.actor"
    " GROUP BY s.actor, t.actor, s.type"
)


def tally_moves(connection: Connection, now: Iterable[Move], before: Iterable[Move]) -> None:
    """Bring the counts up to date where moves changed from ``before`` to ``now``."""
    months: Counter[tuple[str, str]] = Counter()
    dealings: Counter[tuple[str, str, str]] = Counter()
    told: Counter[str] = Counter()
    for moves, sign in ((now, 1), (before, -1)):
        for move in moves:
            month = month_of(move.until)
            months.update({(month, move.type): sign} if month else {})
            dealings.update({(a, b, move.type): sign for a in set(move.actors) for b in set(move.targets) if a != b})
            told.update({move.id.removeprefix("m-"): sign} if len(move.outlets) > 1 else {})
    _MONTH.run(connection, [{"month": m, "type": t, "acts": n} for (m, t), n in sorted(months.items()) if n])
    _DEALING.run(connection, [{"source": a, "target": b, "type": t, "acts": n}
                              for (a, b, t), n in sorted(dealings.items()) if n])  # fmt: skip
    _add_to_outlets(connection, first=_first_told(connection, told))
    tally_parties(connection, now, before)


def _first_told(connection: Connection, told: Mapping[str, int]) -> Counter[str]:
    """Acts told by several outlets, by the outlet of the event that the act is named after: the earliest."""
    event, article = schema.event, schema.article
    pages = dict(
        rows_by(connection, (event.c.key, event.c.page_id), event.c.key, [key for key, n in told.items() if n])
    )
    named = dict(rows_by(connection, (article.c.page_id, article.c.outlet), article.c.page_id, set(pages.values())))
    counts: Counter[str] = Counter()
    for key, outlet in ((key, named[page]) for key, page in pages.items()):
        counts.update({outlet: told[key]} if outlet else {})
    return counts


def tally_page(connection: Connection, outlet: str | None, events: int, sign: int = 1) -> None:
    """Count a page and its events for its outlet; with ``sign`` -1 take them off."""
    if outlet:
        _add_to_outlets(connection, pages={outlet: sign}, events={outlet: sign * events})


def tally_copies(connection: Connection, pairs: Collection[Pair], sign: int = 1) -> None:
    """Count pairs of pages that are copies: of two outlets' pages of different days the earlier was copied."""
    copied, copies = _copied(_told_when(connection, pairs), pairs)
    counts = {"copied": copied, "copies": copies}
    _add_to_outlets(connection, **{c: {name: sign * n for name, n in its.items()} for c, its in counts.items()})


def _copied(
    pages: Mapping[int, tuple[str | None, str | None]], pairs: Iterable[Pair]
) -> tuple[Counter[str], Counter[str]]:
    copied: Counter[str] = Counter()
    copies: Counter[str] = Counter()
    for a, b in pairs:
        (first, when), (second, later) = pages[a], pages[b]
        if first and second and when and later and when != later and first != second:
            earlier, other = (first, second) if when < later else (second, first)
            copied[earlier] += 1
            copies[other] += 1
    return copied, copies


def _add_to_outlets(connection: Connection, **counts: Mapping[str, int]) -> None:
    """Add to some counts of outlets, by the names of the counts and of the outlets."""
    names = sorted({name for its in counts.values() for name, n in its.items() if n})
    rows = ({"name": name, **{c: counts.get(c, {}).get(name, 0) for c in OUTLET_COUNTS}} for name in names)
    _OUTLET.run(connection, list(rows))


def tally_all(connection: Connection) -> None:
    """Count everything from scratch."""
    for table in (schema.month_count, schema.dealing, schema.outlet):
        connection.execute(delete(table))
    insert_all(connection, schema.month_count, _months(connection))
    connection.execute(_ALL_DEALINGS)
    columns = _outlets(connection)
    names = sorted({name for counts in columns.values() for name in counts} - {None})
    rows = ({"name": name, **{c: columns[c].get(name, 0) for c in OUTLET_COUNTS}} for name in names)
    insert_all(connection, schema.outlet, rows)
    tally_all_parties(connection)


def _months(connection: Connection) -> list[dict[str, Any]]:
    kind_and_day = (schema.move.c.type, schema.move.c.until)
    months: Counter[tuple[str, str]] = Counter()
    for kind, day, n in connection.execute(select(*kind_and_day, func.count()).group_by(*kind_and_day)):
        month = month_of(day)
        months.update({(month, kind): n} if month else {})
    return [{"month": month, "type": kind, "acts": n} for (month, kind), n in sorted(months.items())]


def _outlets(connection: Connection) -> dict[str, Mapping[Any, int]]:
    """Every count of every outlet."""
    article, event, move, copy = schema.article, schema.event, schema.move, schema.page_copy
    on_page = select(event.c.page_id, func.count().label("events")).group_by(event.c.page_id).subquery()
    its_pages = select(article.c.outlet, func.count())
    its_events = select(article.c.outlet, func.sum(on_page.c.events))
    told = its_pages.join(event, event.c.page_id == article.c.page_id).join(move, move.c.key == "m-" + event.c.key)
    queries = {
        "pages": its_pages,
        "events": its_events.join(on_page, on_page.c.page_id == article.c.page_id),
        "first": told.where(move.c.outlets > 1),
    }
    found = {name: _by_outlet(connection, query.group_by(article.c.outlet)) for name, query in queries.items()}
    pairs = [(row[0], row[1]) for row in connection.execute(select(copy.c.a, copy.c.b))]
    copied, copies = _copied(_told_when(connection, pairs), pairs)
    return {**found, "copied": copied, "copies": copies}


def _told_when(connection: Connection, pairs: Iterable[Pair]) -> dict[int, tuple[str | None, str | None]]:
    """Outlet and date of publication of every page of some pairs."""
    table = schema.article
    columns = (table.c.page_id, table.c.outlet, table.c.published)
    rows = rows_by(connection, columns, table.c.page_id, {page for pair in pairs for page in pair})
    return {row[0]: (row[1], row[2]) for row in rows}


def _by_outlet(connection: Connection, query: Any) -> dict[Any, int]:
    return {row[0]: int(row[1]) for row in connection.execute(query) if row[0]}
