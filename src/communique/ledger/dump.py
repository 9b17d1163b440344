"""A ledger's content as plain values: the same for the same pages, whatever the database and the order."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.sql.elements import ColumnElement

from communique.ledger import schema
from communique.ledger.store import Ledger

_PLAIN = (schema.page, schema.event, schema.move, schema.thread)
_OWN = {"id", "page_id", "event_id", "move_id", "thread_id", "added", "fetched"}


def content(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """Every stored and derived thing, by table, without a database's own ids and times of adding."""
    with ledger.reading() as connection:
        plain = {
            table.name: _rows(connection, table) for table in (schema.page, schema.event, schema.move, schema.thread)
        }
        plain["actor"] = _counted(connection, schema.actor, schema.actor.c.made + schema.actor.c.received)
        for table in (schema.month_count, schema.dealing):
            plain[table.name] = _counted(connection, table, table.c.acts)
        told = schema.party_count.c
        plain["party_count"] = _counted(connection, schema.party_count, told.made + told.received)
        plain["outlet"] = _counted(connection, schema.outlet, schema.outlet.c.pages)
        plain["actor_name"] = _counted(connection, schema.actor_name, schema.actor_name.c.events)
        return {**plain, "article": _articles(connection), "link": _links(connection), "copy": _copies(connection)}


def _rows(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    columns = [column for column in table.c if column.name not in _OWN]
    return sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)


def _counted(connection: Connection, table: Table, count: ColumnElement[int]) -> list[tuple[Any, ...]]:
    """Rows that count something; those that have come down to nothing are as good as none."""
    return sorted(tuple(row) for row in connection.execute(select(table).where(count != 0)))


def _articles(connection: Connection) -> list[tuple[Any, ...]]:
    table, page = schema.article, schema.page
    columns = [column for column in table.c if column.name not in _OWN]
    query = select(page.c.key, *columns).join(page, page.c.id == table.c.page_id)
    return sorted((tuple(row) for row in connection.execute(query)), key=repr)


def _links(connection: Connection) -> list[tuple[Any, ...]]:
    link, move = schema.link, schema.move.alias()
    to = schema.move.alias()
    query = select(move.c.key, to.c.key, link.c.kind, link.c.score).join(move, move.c.id == link.c.move_id)
    return sorted(tuple(row) for row in connection.execute(query.join(to, to.c.id == link.c.to_id)))


def _copies(connection: Connection) -> list[tuple[Any, ...]]:
    copy, a, b = schema.page_copy, schema.page.alias(), schema.page.alias()
    query = select(a.c.key, b.c.key, copy.c.score).join(a, a.c.id == copy.c.a).join(b, b.c.id == copy.c.b)
    return sorted((*sorted(row[:2]), row[2]) for row in connection.execute(query))
