"""Made-up reports for tests: short to write, with only what a case is about."""

from __future__ import annotations

from itertools import count
from typing import Any

from communique.actor import Actor
from communique.article import Article
from communique.event import Event
from communique.evidence import Evidence
from communique.linking.report import Report, reports_of

_pages = count()


def event(id_: str, type_: str, who: str, whom: str, about: str, **fields: Any) -> Event:
    """An event; ``who`` and ``whom`` are ids with spaces between, ``quote`` is made from ``about`` if not given."""
    quote = fields.pop("quote", f"they spoke of {about}")
    actors = [tuple(Actor(i, i) for i in ids.split()) for ids in (who, whom)]
    given = {"mode": None, "status": "actual", **fields}
    return Event(
        id=id_, type=type_, sources=actors[0], targets=actors[1], about=about, evidence=Evidence(0, len(quote), quote),
        **given,
    )  # fmt: skip


def page(
    *events: Event, outlet: str | None = None, published: str | None = "2030-06-10", credit: str | None = None
) -> list[Report]:
    """The reports of one page with these events."""
    key = f"{next(_pages):016x}"
    return reports_of(key, key, Article(outlet=outlet or f"Outlet {key}", published=published, credit=credit), events)


def one(type_: str, who: str, whom: str, about: str, outlet: str | None = None, published: str | None = "2030-06-10",
        credit: str | None = None, **fields: Any) -> Report:  # fmt: skip
    """The report of a page with a single event."""
    found = page(event("e1", type_, who, whom, about, **fields), outlet=outlet, published=published, credit=credit)
    return found[0]
