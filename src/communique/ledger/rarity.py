"""Which filters few rows pass: those rows are looked up, where a list with many would be walked from its top.

A list shows its latest rows first. Where one row in ten passes a filter, the first page is found soonest by walking the
list; where one in a hundred thousand does, by looking up those that pass.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select, text

from communique.ledger import schema
from communique.ledger.filters import Filters, matter_query, words_of
from communique.ledger.prepared import Prepared, several

FEW = 5000
ALL = frozenset(("actor", "type", "outlet"))


_ACTOR, _MONTH, _OUTLET = schema.actor.c, schema.month_count.c, schema.outlet.c
_COUNTS = {
    "actor": Prepared(select(func.sum(_ACTOR.made + _ACTOR.received)).where(_ACTOR.id.in_(several()))),
    "type": Prepared(select(func.sum(_MONTH.acts)).where(_MONTH.type.in_(several()))),
    "outlet": Prepared(select(func.sum(_OUTLET.events)).where(func.lower(_OUTLET.name).in_(several()))),
}


def seldom_passed(connection: Connection, filters: Filters) -> frozenset[str]:
    """The names of those filters that few acts pass."""
    found = {name for name in ALL if getattr(filters, name) and _acts(connection, filters, name) <= FEW}
    return frozenset(found | {"matter"} if with_words(connection, filters, FEW) else found)


def seldom_in_threads(connection: Connection, filters: Filters) -> frozenset[str]:
    """The same for threads: a type of act that is common can stand in few of them."""
    found = seldom_passed(connection, filters)
    few = filters.type and "type" not in found and _few_in_threads(connection, filters.type.upper())
    return found | {"type"} if few else found


def _few_in_threads(connection: Connection, kind: str) -> bool:
    inside = text("SELECT count(*) FROM (SELECT 1 FROM move WHERE type = :type AND thread_id IS NOT NULL LIMIT :n) s")
    return int(connection.execute(inside, {"type": kind, "n": FEW + 1}).scalar_one()) <= FEW


def _acts(connection: Connection, filters: Filters, name: str) -> int:
    """About how many acts pass a filter, by the counts that the ledger keeps."""
    asked = str(getattr(filters, name))
    wanted = {"actor": {asked, asked.upper()}, "type": [asked.upper()], "outlet": [asked.lower()]}[name]
    return sum(int(row[0] or 0) for row in _COUNTS[name].rows_in(connection, wanted))


def with_words(connection: Connection, filters: Filters, most: int) -> int:
    """How many reports have words of the matter that begin so; 0 where more than ``most``, or nobody can say."""
    if not words_of(filters.matter) or connection.dialect.name != "sqlite":
        return 0
    query = text("SELECT count(*) FROM (SELECT 1 FROM event_words WHERE event_words MATCH :matter LIMIT :most) m")
    found = int(connection.execute(query, {"matter": matter_query(filters.matter), "most": most + 1}).scalar_one())
    return found if found <= most else 0
