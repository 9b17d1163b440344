"""How many rows a listing has, up to a number beyond which nobody pages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func, select

from communique.web.asking import Asked

ENOUGH = 10_000


def count(connection: Connection, query: Select[Any]) -> int:
    """The number of rows of ``query``, at most ENOUGH + 1."""
    inside = query.limit(ENOUGH + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(inside)).scalar_one())


def paging(asked: Asked, total: int) -> dict[str, Any]:
    """What a listing says of its pages: first and last row shown, the number of all, and the pages before and after."""
    last = min(asked.offset + asked.size, total)
    return {
        "total": min(total, ENOUGH),
        "more_than": total > ENOUGH,
        "first": min(asked.offset + 1, total),
        "last": last,
        "page": asked.page,
        "before": f"?{asked.query(page=asked.page - 1)}" if asked.page > 1 else None,
        "after": f"?{asked.query(page=asked.page + 1)}" if last < total else None,
    }
