"""Recording a person's decision and taking it back: the row first, then linking of what it touches."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from communique.decision import Decision
from communique.ledger import schema
from communique.ledger.decisions import anchor_of, judged, record, standing, withdraw
from communique.ledger.errors import NotFound
from communique.ledger.incremental import forget_page, link_page
from communique.ledger.rows import article_of, body_of
from communique.ledger.store import Ledger, address_of, events_of
from communique.linking.report import reports_of


def decide(ledger: Ledger, decision: Decision) -> int:
    """Record a decision and link anew what it touches, in one transaction; returns its number. Raises NotFound."""
    with ledger.writing() as connection:
        anchor = _anchor(connection, decision.target)
        if decision.other is not None:
            anchor["other"] = _anchor(connection, decision.other)
        number = record(connection, decision, anchor)
        _relink(connection, decision)
        return number


def take_back(ledger: Ledger, number: int) -> None:
    """Withdraw a decision and link anew what it touched. Raises NotFound."""
    table = schema.decision
    with ledger.writing() as connection:
        row = connection.execute(select(table).where(table.c.id == number)).first()
        if row is None:
            raise NotFound(f"there is no decision {number}")
        withdraw(connection, number)
        _relink(connection, Decision(row.who, row.subject, row.target, row.judgement, row.decided, other=row.other))


def page_of_event(connection: Connection, key: str) -> int:
    """The row of the page that an event stands on. Raises NotFound."""
    table = schema.event
    found = connection.execute(select(table.c.page_id).where(table.c.key == key)).scalar()
    if found is None:
        raise NotFound(f"nothing here has the id {key}")
    return int(found)


def _anchor(connection: Connection, key: str) -> dict[str, Any]:
    """What the event of that key is now, so that a later coding can find it again. Raises NotFound."""
    events = events_of(connection, page_of_event(connection, key))
    return anchor_of(next(event for event in events if event.id == key.rpartition("-")[2]))


def _relink(connection: Connection, decision: Decision) -> None:
    for key in (decision.target, decision.other):
        if key is not None:
            relink_page(connection, page_of_event(connection, key))


def relink_page(connection: Connection, page_id: int) -> None:
    """Link a stored page's events anew, as people have judged them."""
    page, article, event = schema.page, schema.article, schema.event
    forget_page(connection, page_id)
    stored = connection.execute(select(page).where(page.c.id == page_id)).mappings().one()
    told = article_of(connection.execute(select(article).where(article.c.page_id == page_id)).mappings().one())
    rows = connection.execute(select(event.c.name, event.c.id).where(event.c.page_id == page_id))
    id_of = {row.name: row.id for row in rows}
    kept = judged(stored["key"], events_of(connection, page_id), standing(connection, [stored["key"]]))
    name = address_of(stored["url"], stored["outlet"], stored["doc"])
    reports = zip(kept, reports_of(stored["key"], name, told, kept), strict=True)
    body = body_of(stored["text"], told) or stored["text"]
    link_page(connection, page_id, body, told.published, {id_of[e.id]: report for e, report in reports})
