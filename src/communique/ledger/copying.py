"""Copies among stored pages: near-duplicate bodies, and versions of one address, are one independent source."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, delete, or_, select

from communique.ledger import schema
from communique.ledger.prepared import Prepared
from communique.ledger.sets import closure, ids_by, insert_all, rows_by
from communique.ledger.tallies import tally_copies
from communique.linking.copies import bands, groups, likeness, signature
from communique.linking.days import bounds


def mark_page(connection: Connection, page_id: int, body: str, published: str | None) -> set[int]:
    """Find the copies of a new page; returns every page of the group it joins, itself among them, or nothing."""
    mark, issued = signature(body), bounds(published)
    day = issued[1] if issued else None
    pairs = {**_near(connection, page_id, mark, day), **_versions(connection, page_id)}
    insert_all(connection, schema.page_mark, [{"page_id": page_id, "mark": mark, "issued": day}])
    insert_all(connection, schema.page_band, ({"band": band, "page_id": page_id} for band in sorted(set(bands(mark)))))
    insert_all(
        connection,
        schema.page_copy,
        (
            {"a": min(page_id, other), "b": max(page_id, other), "score": score}
            for other, score in sorted(pairs.items())
        ),
    )
    tally_copies(connection, [(page_id, other) for other in pairs])
    return _group(connection, page_id) if pairs else set()


def unmark_page(connection: Connection, page_id: int) -> set[int]:
    """Take a page out of its group of copies; returns the other pages of the group."""
    others = _group(connection, page_id) - {page_id}
    copy = schema.page_copy
    its = or_(copy.c.a == page_id, copy.c.b == page_id)
    pairs = connection.execute(select(copy.c.a, copy.c.b).where(its)).all()
    tally_copies(connection, [(a, b) for a, b in pairs], -1)
    connection.execute(delete(copy).where(its))
    for table in (schema.page_band, schema.page_mark):
        connection.execute(delete(table).where(table.c.page_id == page_id))
    return others


def _group(connection: Connection, page_id: int) -> set[int]:
    return closure(connection, schema.page_copy.c.a, schema.page_copy.c.b, {page_id})[0]


def _near(connection: Connection, page_id: int, mark: bytes, day: int | None) -> dict[int, float]:
    table, marks = schema.page_band, schema.page_mark
    near = ids_by(connection, table.c.page_id, table.c.band, set(bands(mark))) - {page_id}
    rows = rows_by(connection, (marks.c.page_id, marks.c.mark, marks.c.issued), marks.c.page_id, near)
    return {other: score for other, its, issued in rows if (score := likeness(mark, day, its, issued))}


def _versions(connection: Connection, page_id: int) -> dict[int, float]:
    """Other versions of the same address."""
    return {row[0]: 1.0 for row in _OF_ADDRESS.rows(connection, page=page_id)}


_PAGE, _ITSELF = schema.page, schema.page.alias()
_OF_ADDRESS = Prepared(
    select(_PAGE.c.id)
    .join(_ITSELF, _ITSELF.c.address == _PAGE.c.address)
    .where(_ITSELF.c.id == bindparam("page"), _PAGE.c.id != _ITSELF.c.id)
)


def groups_of(connection: Connection, page_keys: Collection[str]) -> dict[str, str]:
    """For those pages that have copies, the key of their group: the least key of its pages."""
    table, copy = schema.page, schema.page_copy
    ids = ids_by(connection, table.c.id, table.c.key, page_keys)
    together, pairs = closure(connection, copy.c.a, copy.c.b, ids)
    copied = {page for pair in pairs for page in pair}
    rows = rows_by(connection, (table.c.id, table.c.key), table.c.id, together & copied)
    key_of = {row[0]: row[1] for row in rows}
    return dict(groups(key_of.values(), ((key_of[a], key_of[b]) for a, b in pairs)))
