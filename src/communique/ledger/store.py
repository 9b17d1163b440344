"""The Ledger: the store of pages, events, decisions, and of what linking makes of them.

One transaction a page: a page is in the ledger with its events and their links, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, bindparam, delete, select, text

from communique.collector import uncollected
from communique.event import Event
from communique.ledger import schema, version
from communique.ledger.actors import count_names
from communique.ledger.coder import Coded, Coder
from communique.ledger.database import connect, display, is_url, take_turn, tidier
from communique.ledger.decisions import judged, standing
from communique.ledger.errors import NotFound, reported
from communique.ledger.incremental import forget_page, link_page
from communique.ledger.prepared import Prepared, Statement, several
from communique.ledger.rows import (
    actor_rows,
    article_of,
    article_row,
    body_of,
    event_of,
    event_row,
    page_key,
    page_of,
    page_row,
    storable,
)
from communique.ledger.sets import insert_all, insert_returning
from communique.ledger.tallies import tally_page
from communique.ledger.tidying import Tidier
from communique.linking.report import reports_of
from communique.page import Page

WORDS_LIMIT = 250_000  # characters of a body that PostgreSQL's full text takes
_EVENTS = Prepared(
    select(schema.event).where(schema.event.c.page_id == bindparam("page")).order_by(schema.event.c.position)
)
_KNOWN = Prepared(select(schema.page.c.id).where(schema.page.c.key == bindparam("key")))
_INDEX = Statement(text("INSERT INTO body_words(rowid, body) VALUES (:id, :body)"))
_INDEX_ON_SERVER = Statement(text("UPDATE article SET words = to_tsvector('english', :body) WHERE page_id = :id"))
_PARTY = tuple(schema.event_actor.c.keys())
_PARTIES = Prepared(select(schema.event_actor).where(schema.event_actor.c.event_id.in_(several())))


class Ledger:
    """An open ledger. ``backup`` says where an older ledger was copied to before its upgrade, if it was."""

    def __init__(
        self, target: str, engine: Engine, backup: Path | str | None = None, tidier: Tidier | None = None
    ) -> None:
        self._tidier = tidier
        self.target = target
        self.name = display(target)
        self.engine = engine
        self.backup = backup

    @classmethod
    def open(cls, target: str | Path, create: bool = False, keep: int = 0) -> Ledger:
        """Open a ledger: a file, or a ``postgresql://`` URL. An older one is upgraded after a backup copy.

        With ``create`` a missing file is made; ``keep`` connections stay open between uses. Raises NotFound where
        there is none, NotALedger, NewerLedger, or CannotWrite.
        """
        target = str(target)
        if not create and not is_url(target) and not Path(target).is_file():
            raise NotFound(f"there is no ledger {target}")
        with reported(display(target)):
            engine = connect(target, keep)
            try:
                with engine.connect() as connection:
                    current = version.of(connection) == version.newest()
                    if not current and not create:
                        version.check(connection, target)
                        current = version.of(connection) is None and _refuse_empty(target)
                backup = None if current else version.bring_up_to_date(engine, target)
            except BaseException:
                engine.dispose()
                raise
        return cls(target, engine, backup, tidier(target) if keep and not is_url(target) else None)

    def close(self) -> None:
        """Close all connections."""
        if self._tidier:
            self._tidier.close()
        self.engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading one consistent state."""
        with reported(self.name), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other process writes beside; all of it is kept, or nothing."""
        with reported(self.name), self.engine.connect() as plain:
            connection = plain.execution_options(write=True)
            with connection.begin():
                take_turn(connection)
                yield connection
            if self._tidier:
                self._tidier.wake()

    def has(self, page: Page) -> bool:
        """Whether the page is in the ledger already."""
        with self.reading() as connection:
            return has_page(connection, page)

    def add(self, coded: Coded, coder: Coder) -> bool:
        """Add a coded page with its events and link them, in one transaction; False where it was there already."""
        with uncollected(), self.writing() as connection:
            if has_page(connection, coded.page):
                return False
            row = page_row(coded.page)
            [page_id] = insert_returning(connection, schema.page, [row])
            write_coding(connection, page_id, row["key"], coded, coder)
            return True

    def recode(self, page_id: int, coded: Coded, coder: Coder) -> None:
        """Put another coding of a stored page in the place of the one it has, and link anew what that touches."""
        with uncollected(), self.writing() as connection:
            forget_page(connection, page_id)
            remove_coding(connection, page_id)
            write_coding(connection, page_id, page_key(coded.page), coded, coder)

    def page(self, page_id: int) -> Page:
        """A stored page. Raises NotFound."""
        with self.reading() as connection:
            row = connection.execute(select(schema.page).where(schema.page.c.id == page_id)).mappings().first()
        if row is None:
            raise NotFound(f"{self.name} has no page {page_id}")
        return page_of(row)


def _refuse_empty(target: str) -> bool:
    raise NotFound(f"{display(target)} holds no ledger yet: 'communique add' makes one")


def has_page(connection: Connection, page: Page) -> bool:
    """Whether a page with this key is stored."""
    return _KNOWN.first(connection, key=page_key(page)) is not None


def write_coding(connection: Connection, page_id: int, key: str, coded: Coded, coder: Coder) -> None:
    """Store an article and its events, make their words searchable, and link them."""
    row = article_row(coded.article, coder.stamp)
    insert_all(connection, schema.article, [{"page_id": page_id, **row}])
    index_body(connection, page_id, storable(body_of(coded.page.text, coded.article)))
    ids = write_events(connection, page_id, key, coded.events, coder)
    tally_page(connection, row["outlet"], len(ids))
    kept = judged(key, coded.events, standing(connection, [key]))
    id_of = {event.id: i for event, i in zip(coded.events, ids, strict=True)}
    name = address_of(coded.page.url, coded.page.outlet, coded.page.doc)
    reports = reports_of(key, name, coded.article, kept)
    body = body_of(coded.page.text, coded.article) or coded.page.text
    link_page(
        connection, page_id, body, coded.article.published, {id_of[e.id]: r for e, r in zip(kept, reports, strict=True)}
    )


def address_of(url: str | None, outlet: str | None, doc: str) -> str:
    """What to call the outlet of a page that does not name it."""
    return outlet or (urlsplit(url).netloc.removeprefix("www.") if url else "") or doc


def write_events(connection: Connection, page_id: int, key: str, events: Sequence[Event], coder: Coder) -> list[int]:
    """Store events and their parties; returns the ids of their rows, in order."""
    rows = [{"page_id": page_id, **event_row(key, n, event, coder.stamp)} for n, event in enumerate(events)]
    ids = insert_returning(connection, schema.event, rows)
    parties = [row for i, event in zip(ids, events, strict=True) for row in actor_rows(i, event)]
    insert_all(connection, schema.event_actor, parties)
    count_names(connection, parties)
    return ids


def remove_coding(connection: Connection, page_id: int) -> None:
    """Take out the article and events of a page; the page itself stays."""
    stored = connection.execute(select(schema.page).where(schema.page.c.id == page_id)).mappings().one()
    row = connection.execute(select(schema.article).where(schema.article.c.page_id == page_id)).mappings().one()
    if connection.dialect.name == "sqlite":
        connection.execute(
            text("INSERT INTO body_words(body_words, rowid, body) VALUES ('delete', :id, :body)"),
            {"id": page_id, "body": body_of(stored["text"], article_of(row))},
        )
    ids = connection.execute(select(schema.event.c.id).where(schema.event.c.page_id == page_id)).scalars().all()
    tally_page(connection, row["outlet"], len(ids), -1)
    named = parties_of(connection, ids).values()
    count_names(connection, (row for rows in named for row in rows), -1)
    connection.execute(delete(schema.article).where(schema.article.c.page_id == page_id))
    connection.execute(delete(schema.event).where(schema.event.c.page_id == page_id))


def index_body(connection: Connection, page_id: int, body: str) -> None:
    """Make the words of a body searchable."""
    if connection.dialect.name == "sqlite":
        _INDEX.run(connection, [{"id": page_id, "body": body}])
    else:
        body = body[:WORDS_LIMIT].replace("-", " ")  # as in SQLite, "peace-talks" are two words
        _INDEX_ON_SERVER.run(connection, [{"id": page_id, "body": body}])


def events_of(connection: Connection, page_id: int) -> list[Event]:
    """The events of a stored page, in order."""
    rows = _EVENTS.rows(connection, page=page_id)
    parties = parties_of(connection, [row.id for row in rows])
    return [event_of(row._mapping, parties.get(row.id, [])) for row in rows]


def parties_of(connection: Connection, event_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The rows of the parties of some events, by event."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in _PARTIES.rows_in(connection, list(event_ids)):
        found.setdefault(row[0], []).append(dict(zip(_PARTY, row, strict=True)))
    return found
