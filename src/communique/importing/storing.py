"""Imported pages in a ledger: known by coder, data set and article, so that a corrected table corrects them."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, update

from communique.coding.coded import CodedPage
from communique.ledger import schema
from communique.ledger.coder import Coder
from communique.ledger.incremental import forget_page
from communique.ledger.rows import KEY_LENGTH, article_row, page_row
from communique.ledger.store import Ledger, events_of, remove_coding, write_coding

Outcome = Literal["added", "changed", "known"]
_OWN = ("added", "key")  # what a stored page keeps when its table says it anew


def key_of(coder: str, dataset: str, document: str) -> str:
    """The id of an imported page in every ledger: it stays when the table's other cells are corrected."""
    named = "\0".join(("imported", coder, dataset, document))
    return hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:KEY_LENGTH]


def put(ledger: Ledger, key: str, coded: CodedPage, coder: Coder) -> Outcome:
    """Add a page of that key and link it, or bring the stored one up to the table; one transaction."""
    with ledger.writing() as connection:
        table = schema.page
        stored = connection.execute(select(table).where(table.c.key == key)).mappings().first()
        if stored is None:
            row = {**page_row(coded.page), "key": key}
            page_id = connection.execute(insert(table).values(row).returning(table.c.id)).scalar_one()
            write_coding(connection, page_id, key, coded, coder)
            return "added"
        if same(connection, stored, coded, coder):
            return "known"
        forget_page(connection, stored["id"])
        remove_coding(connection, stored["id"])
        row = {name: value for name, value in page_row(coded.page).items() if name not in _OWN}
        connection.execute(update(table).where(table.c.id == stored["id"]).values(row))
        write_coding(connection, stored["id"], key, coded, coder)
        return "changed"


def same(connection: Connection, stored: Any, coded: CodedPage, coder: Coder) -> bool:
    """Whether a stored page holds all that the table says of it."""
    row = page_row(coded.page)
    if any(stored[name] != row[name] for name in row if name not in _OWN):
        return False
    article = schema.article
    held = connection.execute(select(article).where(article.c.page_id == stored["id"])).mappings().one()
    wanted = article_row(coded.article, coder.stamp)
    if any(held[name] != value for name, value in wanted.items()):
        return False
    return [e.to_dict() for e in events_of(connection, stored["id"])] == [e.to_dict() for e in coded.events]
