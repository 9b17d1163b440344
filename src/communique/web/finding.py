"""Full text for listings: which threads hold some words, however they are inflected."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, false, select, text

from communique.ledger import schema
from communique.ledger.search import sqlite_query

MOST = 1000  # events with the words, the last to come in first, whose threads are listed
_SQLITE = text(f"SELECT rowid FROM event_words WHERE event_words MATCH :asked ORDER BY rowid DESC LIMIT {MOST}")
_POSTGRESQL = text(
    f"SELECT id FROM event, websearch_to_tsquery('english', :asked) q WHERE words @@ q ORDER BY id DESC LIMIT {MOST}"
)


def with_words(words: str, sqlite: bool) -> ColumnElement[bool]:
    """The condition on threads that an event of theirs has all the words in its quote or matter."""
    if not re.search(r"\w", words):
        return false()
    events = (_SQLITE if sqlite else _POSTGRESQL).bindparams(asked=sqlite_query(words) if sqlite else words)
    report, move = schema.report, schema.move
    moves = select(report.c.move_id).where(report.c.event_id.in_(events))
    return schema.thread.c.id.in_(select(move.c.thread_id).where(move.c.id.in_(moves)))
