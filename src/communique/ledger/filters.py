"""The filters that every listing takes, and how they narrow a query over moves or threads."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Select, Table, and_, exists, func, select, text
from sqlalchemy.sql.elements import ColumnElement

from communique.ledger import schema
from communique.linking.days import bounds

_WIDTH = schema.move.alias("wide")
_KIND, _ACT, _ON_IT = (schema.move.alias(name) for name in ("kind", "act", "on_it"))  # moves inside a thread


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list: an actor's id, days from and to, an event type, words of the matter, an outlet, a status.

    ``status`` is an outcome for threads and a status (actual, alleged, planned, negated) for moves.
    """

    actor: str | None = None
    between: tuple[str, str] | None = None
    type: str | None = None
    matter: str | None = None
    outlet: str | None = None
    status: str | None = None

    @property
    def days(self) -> tuple[int, int] | None:
        """First and last day of ``between``. Raises ValueError for what is no date."""
        if self.between is None:
            return None
        first, last = bounds(self.between[0]), bounds(self.between[1])
        if first is None or last is None:
            raise ValueError(f"{self.between[0]} {self.between[1]}: not dates like 2012-02 or 2012-02-14")
        return first[0], last[1]


def narrow_moves(query: Select[Any], filters: Filters, seldom: Collection[str] = ()) -> Select[Any]:
    """The query over ``move`` with the filters; ``seldom`` names those that few rows pass (see ``seldom_passed``)."""
    move = schema.move
    query = query.where(*_days(move, filters), *_soon_enough(move, filters))
    if filters.type:
        query = query.where(move.c.type == filters.type.upper())
    if filters.status:
        query = query.where(move.c.status == filters.status)
    if filters.actor:
        party = schema.move_actor
        query = query.where(_acts(party, party.c.move_id, move.c.id, filters, "actor" in seldom))
    if filters.outlet:
        told = moves_of_outlet(filters.outlet)
        here = exists(told.where(schema.report.c.move_id == move.c.id))
        query = query.where(move.c.id.in_(told) if "outlet" in seldom else here)
    if "matter" in seldom:
        query = query.where(move.c.id.in_(moves_with_matter(filters.matter or "")))
    for word in words_of(filters.matter):
        query = query.where(_holds(move.c.about, word))
    return query


def narrow_threads(query: Select[Any], filters: Filters, seldom: Collection[str] = ()) -> Select[Any]:
    """The query over ``thread`` with the filters; type and outlet ask for a move of that kind in the thread."""
    thread = schema.thread
    query = query.where(*_days(thread, filters))
    if filters.status:
        query = query.where(thread.c.outcome == filters.status)
    if filters.actor:
        party = schema.thread_actor
        query = query.where(_acts(party, party.c.thread_id, thread.c.id, filters, "actor" in seldom))
    if filters.type:
        query = query.where(_inside(_KIND.c.thread_id, "type" in seldom, _KIND.c.type == filters.type.upper()))
    if filters.outlet:
        told = moves_of_outlet(filters.outlet)
        here = _ACT.c.id.in_(told) if "outlet" in seldom else exists(told.where(schema.report.c.move_id == _ACT.c.id))
        query = query.where(_inside(_ACT.c.thread_id, "outlet" in seldom, here))
    if "matter" in seldom:
        query = query.where(_inside(_ON_IT.c.thread_id, True, _ON_IT.c.id.in_(moves_with_matter(filters.matter or ""))))
    for word in words_of(filters.matter):
        query = query.where(_holds(thread.c.matter, word))
    return query


def _inside(thread_id: Any, seldom: bool, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Threads that hold a move of some kind: looked up from the moves where they are few, else move by move."""
    if seldom:
        return schema.thread.c.id.in_(select(thread_id).where(condition, thread_id.is_not(None)))
    return exists().where(thread_id == schema.thread.c.id, condition)


def moves_of_outlet(outlet: str) -> Select[Any]:
    """The ids of moves that a page of the outlet tells."""
    report, article, known = schema.report, schema.article, schema.outlet
    names = select(known.c.name).where(func.lower(known.c.name) == outlet.lower())
    query = select(report.c.move_id).join(article, article.c.page_id == report.c.page_id)
    return query.where(article.c.outlet.in_(names), report.c.move_id.is_not(None))


def moves_with_matter(matter: str) -> Select[Any]:
    """The ids of moves with a report whose matter has words that begin so, by the full text (SQLite)."""
    report = schema.report
    found = text("SELECT rowid FROM event_words WHERE event_words MATCH :matter")
    return select(report.c.move_id).where(report.c.event_id.in_(found.bindparams(matter=matter_query(matter))))


def matter_query(matter: str | None) -> str:
    """The FTS5 query for matters with words that begin so."""
    return " ".join(f'about : "{word}"*' for word in words_of(matter))


def _days(table: Table, filters: Filters) -> list[ColumnElement[bool]]:
    """Acts that can lie in the days: those that end before or begin after are out, and so are undated ones."""
    if filters.days is None:
        return []
    first, last = filters.days
    since = func.coalesce(table.c.since, table.c.until)
    return [and_(table.c.until >= first, since <= last)]


def _soon_enough(table: Table, filters: Filters) -> list[ColumnElement[bool]]:
    """Where to begin to look: an act in the days ends later than they by less than the widest act's days."""
    if filters.days is None:
        return []
    widest = select(func.coalesce(func.max(_WIDTH.c.until - _WIDTH.c.since), 0)).scalar_subquery()
    return [table.c.until <= filters.days[1] + widest]


def _acts(table: Table, of: Column[Any], to: Column[Any], filters: Filters, seldom: bool) -> ColumnElement[bool]:
    """Rows with the party; where they are looked up, only those that can lie in the days that are asked for."""
    actor = filters.actor or ""
    its = table.c.actor.in_({actor, actor.upper()})
    if not seldom:
        return exists().where(of == to, its)
    query = select(of).where(its)
    if filters.days is not None:
        query = query.where(table.c.until >= filters.days[0])
    if table is schema.move_actor:  # a thread may go on for long after the days
        query = query.where(*_soon_enough(table, filters))
    return to.in_(query)


def words_of(matter: str | None) -> list[str]:
    """The words that a matter is asked to hold."""
    return re.findall(r"\w+", matter or "")


def _holds(column: Column[Any], word: str) -> ColumnElement[bool]:
    return column.icontains(word, autoescape=True)
