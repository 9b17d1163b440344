"""Full text for listings: which threads hold some words, however they are inflected."""

from __future__ import annotations

import re

from sqlalchemy import Connection, select, text

from communique.ledger import schema
from communique.ledger.search import sqlite_query
from communique.ledger.sets import rows_in

MOST = 1000  # events with the words, the last to come in first, whose threads are listed
_SQLITE = text("SELECT rowid FROM event_words WHERE event_words MATCH :asked ORDER BY rowid DESC LIMIT :most")
_POSTGRESQL = text(
    "SELECT id FROM event, websearch_to_tsquery('english', :asked) q WHERE words @@ q ORDER BY id DESC LIMIT :most"
)


def threads_with(connection: Connection, words: str) -> set[int]:
    """The ids (rows) of threads an event of which has all the words in its quote or matter."""
    if not re.search(r"\w", words):
        return set()
    sqlite = connection.dialect.name == "sqlite"
    asked = {"asked": sqlite_query(words) if sqlite else words, "most": MOST}
    events = [row[0] for row in connection.execute(_SQLITE if sqlite else _POSTGRESQL, asked)]
    report, move = schema.report, schema.move
    query = select(move.c.thread_id).join(report, report.c.move_id == move.c.id)
    return {row[0] for row in rows_in(connection, query, report.c.event_id, events)} - {None}
