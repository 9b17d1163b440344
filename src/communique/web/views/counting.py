"""How many rows a listing has: exactly where that is soon known, else up to a number beyond which nobody pages."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from sqlalchemy import Select, Table, func, select

from communique.ledger.filters import Filters
from communique.web.asking import Asked
from communique.web.room import Room

ENOUGH = 2_000
COUNTING = ("actor",)  # looked up, not walked: a count has no first page


def count(room: Room, key: Hashable, query: Callable[[], Select[Any]], most: int | None = ENOUGH) -> int:
    """The number of rows of what ``query`` gives, at most ``most`` + 1; counted once for each state of the ledger."""

    def counted() -> int:
        inside = query().limit(None if most is None else most + 1).subquery()
        return int(room.connection.execute(select(func.count()).select_from(inside)).scalar_one())

    return room.recall(("count", key), counted)


def count_all(room: Room, table: Table) -> int:
    """The number of all rows of a table."""

    def counted() -> int:
        return int(room.connection.execute(select(func.count()).select_from(table)).scalar_one())

    return room.recall(("count", table.name), counted)


def is_plain(asked: Asked) -> bool:
    """Whether everything was asked for: then the whole table is counted."""
    return asked.filters == Filters() and not (set(asked.values) - {"page"})


def paging(asked: Asked, total: int, shown: int | None = None, exact: bool = False) -> dict[str, Any]:
    """What a listing says of its pages: first and last row shown, the number of all, and the pages before and after.

    ``shown`` is how many rows this page has; a ``total`` over ENOUGH is a lower bound unless it is ``exact``.
    """
    more_than = total > ENOUGH and not exact
    last = min(asked.offset + asked.size, total) if not more_than else asked.offset + (shown or asked.size)
    full = shown is None or shown == asked.size
    return {
        "total": ENOUGH if more_than else total,
        "more_than": more_than,
        "first": min(asked.offset + 1, last),
        "last": last,
        "page": asked.page,
        "before": f"?{asked.query(page=asked.page - 1)}" if asked.page > 1 else None,
        "after": f"?{asked.query(page=asked.page + 1)}" if (full if more_than else last < total) else None,
    }
