"""The reports that a timeline is chosen from, and the choice itself in ledgers too large to weigh every day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, select

from communique.ledger import schema
from communique.ledger.filters import Filters, narrow_moves
from communique.ledger.packing import glance_at_report
from communique.ledger.rarity import FEW_OF_ALL, looked_up, with_words
from communique.linking.timeline import Entry, Told, timeline

MANY = 5_000  # acts, of which every report is weighed; of more only those of the likeliest days
LIKELY = 4  # days that are weighed for each that is wanted, at most
WEIGHED = 2_500  # acts that are weighed then, unless half as many days again as are wanted have more


def chosen(connection: Connection, filters: Filters, top: int) -> list[Entry]:
    """The ``top`` days that pages make most of, among the acts that the filters leave, in order of time.

    Of more than ``MANY`` acts the days with most acts are weighed, several times as many as are wanted.
    """
    likely = None
    if _passing(connection, filters) > MANY:
        likely = _likely(connection, filters, top)
    return timeline(reports_for(connection, filters, likely), top, filters.days)


def reports_for(connection: Connection, filters: Filters, days: Collection[int] | None = None) -> Iterator[Told]:
    """The reports of the moves that the filters leave; with ``days`` only of those on one of them."""
    report, move = schema.report, schema.move
    inside = narrow_moves(select(move.c.id), filters, looked_up(connection, filters) if days is None else ())
    if days is not None:
        inside = inside.where(move.c.until.in_(days), move.c.since == move.c.until)
    for row in connection.execute(select(report.c.body).where(report.c.move_id.in_(inside))):
        yield glance_at_report(row[0])


def _passing(connection: Connection, filters: Filters) -> int:
    """About how many acts pass, by the counts that are kept; with words of a matter, how many reports have them."""
    if filters.matter:
        return with_words(connection, filters, FEW_OF_ALL)
    if filters.actor:
        table = schema.actor.c
        its = table.id.in_({filters.actor, filters.actor.upper()})
        return int(connection.execute(select(func.sum(table.made + table.received)).where(its)).scalar() or 0)
    return int(connection.execute(select(func.sum(schema.month_count.c.acts))).scalar() or 0)


def _likely(connection: Connection, filters: Filters, top: int) -> list[int]:
    """The days with most acts: some times as many as are wanted, fewer where a day has very many."""
    days: list[int] = []
    acts = 0
    for day, n in connection.execute(_busiest(filters).limit(LIKELY * top)):
        acts += n
        if acts > WEIGHED and len(days) >= 1.5 * top:
            break
        days.append(day)
    return days


def _busiest(filters: Filters) -> Select[Any]:
    """The query for the days with most acts, read off an index; which days an act could span is left to weighing."""
    if filters.matter:
        return _busiest_on_a_matter(filters)
    table = schema.move_actor.c if filters.actor else schema.move.c
    query = select(table.until, func.count())
    if filters.actor:
        query = query.where(schema.move_actor.c.actor.in_({filters.actor, filters.actor.upper()}))
    else:
        query = query.where(schema.move.c.since == schema.move.c.until)
    if filters.days is not None:
        query = query.where(table.until.between(*filters.days))
    return query.where(table.until.is_not(None)).group_by(table.until).order_by(func.count().desc(), table.until)


def _busiest_on_a_matter(filters: Filters) -> Select[Any]:
    move = schema.move.c
    query = narrow_moves(select(move.until, func.count()), filters, {"matter"}).where(move.since == move.until)
    return query.group_by(move.until).order_by(func.count().desc(), move.until)
