"""Full text: the words of quotes and matters, and of bodies, best matches first."""

from __future__ import annotations

import re
from typing import Any

import orjson
from sqlalchemy import Connection, TextClause, text

from communique.ledger.rows import storable

_TERM = re.compile(r'"([^"]+)"|(\S+)')
RANKED = 1000  # rows with the words; of more, those that came in last are shown
AROUND = 90  # characters shown on either side of the first word found in a body


def search(connection: Connection, words: str, limit: int) -> dict[str, list[dict[str, Any]]]:
    """Events whose matter or quote, and pages whose body, hold all the words; "quoted words" in that order.

    Words match in any inflexion ("offers" finds "offered").
    """
    words = storable(words).replace("\ufffd", " ")
    if connection.dialect.name == "sqlite":
        asked, events, pages = sqlite_query(words), _EVENTS_SQLITE, _PAGES_SQLITE
    else:
        asked, events, pages = words.replace("-", " "), _EVENTS_POSTGRESQL, _PAGES_POSTGRESQL
    if not re.search(r"\w", words):
        return {"events": [], "pages": []}
    return {
        "events": _rows(connection, events, asked, limit),
        "pages": [_page(row, words) for row in _rows(connection, pages, asked, limit)],
    }


def sqlite_query(words: str) -> str:
    """The words as an FTS5 query in which no character of theirs is an operator."""
    terms = (phrase or word for phrase, word in _TERM.findall(words))
    return " ".join('"' + term.replace('"', '""') + '"' for term in terms if re.search(r"\w", term)) or '""'


def _rows(connection: Connection, query: TextClause, asked: str, limit: int) -> list[dict[str, Any]]:
    found = connection.execute(query, {"asked": asked, "limit": limit})
    return [dict(row) for row in found.mappings()]


def _page(row: dict[str, Any], words: str) -> dict[str, Any]:
    text = row["text"]
    body = "\n".join([text[start:end] for start, end in orjson.loads(row["detail"])["body"]])
    shown = {name: row[name] for name in ("page", "title", "outlet", "published", "address")}
    return {**shown, "words": around(body, words)}


def around(body: str, words: str) -> str:
    """The part of a body round the longest of the words, or words in a row, that stands in it."""
    terms = [phrase or word for phrase, word in _TERM.findall(words)]
    folded = body.lower()
    places = (_first(folded, term.lower()) for term in sorted(terms, key=len, reverse=True))
    at = next((place for place in places if place is not None), 0)
    part = body[max(0, at - AROUND) : at + AROUND].replace("\n", " ")
    return ("…" if at > AROUND else "") + part.strip() + ("…" if at + AROUND < len(body) else "")


def _first(body: str, term: str) -> int | None:
    """Where the words of a term first stand in a row, the end of each left open for its inflexions."""
    stems = [word[: max(4, len(word) - 2)] for word in re.findall(r"\w+", term)]
    if not stems:
        return None
    loose = re.compile(r"\w*\W{1,3}".join(re.escape(stem) for stem in stems))
    at = body.find(stems[0])
    while at >= 0:
        if (at == 0 or not body[at - 1].isalnum()) and loose.match(body, at):
            return at
        at = body.find(stems[0], at + 1)
    return None


_EVENT = """SELECT e.key AS event, m.key AS move, e.type, e.about, e.date, e.status, e.quote, a.outlet
FROM {found} JOIN event e ON e.id = f.id JOIN article a ON a.page_id = e.page_id
LEFT JOIN report r ON r.event_id = e.id LEFT JOIN move m ON m.id = r.move_id ORDER BY f.rank"""
_PAGE = """SELECT p.key AS page, p.address, p.text, a.title, a.outlet, a.published, a.detail
FROM {found} JOIN page p ON p.id = f.id JOIN article a ON a.page_id = p.id ORDER BY f.rank"""
# bm25 walks all rows with the words, however many, to see how rare they are: of common words the last rows come first.
_COMMON = f"(SELECT count(*) FROM (SELECT 1 FROM {{table}} WHERE {{table}} MATCH :asked LIMIT {RANKED} + 1)) > {RANKED}"
_RANK = f"CASE WHEN {_COMMON} THEN -rowid ELSE bm25({{table}}) END"
_SQLITE = f"""(SELECT id, rank FROM (SELECT rowid AS id, {_RANK} AS rank FROM {{table}}
WHERE {{table}} MATCH :asked ORDER BY rowid DESC LIMIT {RANKED}) m ORDER BY rank, id LIMIT :limit) f"""
_POSTGRESQL = f"""(SELECT id, -ts_rank(words, q) AS rank FROM (SELECT {{id}} AS id, words, q
FROM {{table}}, websearch_to_tsquery('english', :asked) q WHERE words @@ q LIMIT {RANKED}) m
ORDER BY 2, 1 LIMIT :limit) f"""
_EVENTS_SQLITE = text(_EVENT.format(found=_SQLITE.format(table="event_words")))
_PAGES_SQLITE = text(_PAGE.format(found=_SQLITE.format(table="body_words")))
_EVENTS_POSTGRESQL = text(_EVENT.format(found=_POSTGRESQL.format(table="event", id="id")))
_PAGES_POSTGRESQL = text(_PAGE.format(found=_POSTGRESQL.format(table="article", id="page_id")))
