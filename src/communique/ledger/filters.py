"""The filters that every listing takes, and how they narrow a query over moves or threads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Select, Table, and_, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from communique.ledger import schema
from communique.linking.days import bounds


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


def narrow_moves(query: Select[Any], filters: Filters) -> Select[Any]:
    """The query over ``move`` with the filters."""
    move = schema.move
    query = query.where(*_days(move, filters))
    if filters.type:
        query = query.where(move.c.type == filters.type.upper())
    if filters.status:
        query = query.where(move.c.status == filters.status)
    if filters.actor:
        query = query.where(_acts(schema.move_actor, schema.move_actor.c.move_id, move.c.id, filters.actor))
    if filters.outlet:
        query = query.where(move.c.id.in_(moves_of_outlet(filters.outlet)))
    for word in _words(filters.matter):
        query = query.where(_holds(move.c.about, word))
    return query


def narrow_threads(query: Select[Any], filters: Filters) -> Select[Any]:
    """The query over ``thread`` with the filters; type and outlet ask for a move of that kind in the thread."""
    thread, move = schema.thread, schema.move
    query = query.where(*_days(thread, filters))
    if filters.status:
        query = query.where(thread.c.outcome == filters.status)
    if filters.actor:
        query = query.where(_acts(schema.thread_actor, schema.thread_actor.c.thread_id, thread.c.id, filters.actor))
    if filters.type:
        query = query.where(exists().where(move.c.thread_id == thread.c.id, move.c.type == filters.type.upper()))
    if filters.outlet:
        of_outlet = select(move.c.thread_id).where(move.c.id.in_(moves_of_outlet(filters.outlet)))
        query = query.where(thread.c.id.in_(of_outlet))
    for word in _words(filters.matter):
        query = query.where(_holds(thread.c.matter, word))
    return query


def moves_of_outlet(outlet: str) -> Select[Any]:
    """The ids of moves that a page of the outlet tells."""
    report, article = schema.report, schema.article
    query = select(report.c.move_id).join(article, article.c.page_id == report.c.page_id)
    return query.where(func.lower(article.c.outlet) == outlet.lower(), report.c.move_id.is_not(None))


def _days(table: Table, filters: Filters) -> list[ColumnElement[bool]]:
    """Acts that can lie in the days: those that end before or begin after are out, and so are undated ones."""
    if filters.days is None:
        return []
    first, last = filters.days
    since = func.coalesce(table.c.since, table.c.until)
    return [and_(table.c.until >= first, since <= last)]


def _acts(table: Table, of: Column[Any], to: Column[Any], actor: str) -> ColumnElement[bool]:
    return exists().where(of == to, or_(table.c.actor == actor, table.c.actor == actor.upper()))


def _words(matter: str | None) -> list[str]:
    return re.findall(r"\w+", matter or "")


def _holds(column: Column[Any], word: str) -> ColumnElement[bool]:
    return column.icontains(word, autoescape=True)
