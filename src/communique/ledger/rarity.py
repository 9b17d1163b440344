"""Which filters few rows pass: those rows are looked up, where a list with many would be walked from its top.

A list shows its latest rows first. Where one row in ten passes a filter, the first page is found soonest by walking the
list; where one in a hundred thousand does, by looking up those that pass.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, func, select, text

from communique.ledger import schema
from communique.ledger.filters import Filters, matter_query, words_of

FEW = 5000
ALL = frozenset(("actor", "type", "outlet"))


def seldom_passed(connection: Connection, filters: Filters) -> Collection[str]:
    """The names of those filters that few acts pass."""
    found = {name for name in ALL if getattr(filters, name) and _acts(connection, filters, name) <= FEW}
    if words_of(filters.matter) and connection.dialect.name == "sqlite" and _few_have(connection, filters):
        found.add("matter")
    return found


def _acts(connection: Connection, filters: Filters, name: str) -> int:
    """About how many acts pass a filter, by the counts that the ledger keeps."""
    actor, month, outlet = schema.actor.c, schema.month_count.c, schema.outlet.c
    if name == "actor":
        wanted = {filters.actor, (filters.actor or "").upper()}
        query = select(func.sum(actor.made + actor.received)).where(actor.id.in_(wanted))
    elif name == "type":
        query = select(func.sum(month.acts)).where(month.type == (filters.type or "").upper())
    else:
        query = select(func.sum(outlet.events)).where(func.lower(outlet.name) == (filters.outlet or "").lower())
    return int(connection.execute(query).scalar() or 0)


def _few_have(connection: Connection, filters: Filters) -> bool:
    query = text("SELECT rowid FROM event_words WHERE event_words MATCH :matter LIMIT :most")
    rows = connection.execute(query, {"matter": matter_query(filters.matter), "most": FEW + 1}).all()
    return 0 < len(rows) <= FEW
