"""A part of a list of some days is the same whether what took long is put first or the whole list is walked."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Table, select

from communique.ledger import schema
from communique.ledger.filters import Filters, narrow_moves, narrow_threads
from communique.ledger.queries import latest
from communique.ledger.store import Ledger
from communique.web.remembering import Memory
from communique.web.room import Room
from communique.web.views import listing

SPANS = [("2014-03", "2014-03"), ("2012", "2014"), ("2014-03-10", "2014-03-12"), ("0001-01-01", "9999-12-31")]


@pytest.mark.parametrize("long", [0, 1, 10, 100_000])
@pytest.mark.parametrize("between", SPANS)
@pytest.mark.parametrize(("table", "narrow"), [(schema.thread, narrow_threads), (schema.move, narrow_moves)])
def test_parts_are_those_of_the_whole_list(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, long: int, between: tuple[str, str], table: Table, narrow: Any
) -> None:
    """Every part, whatever counts as long, with a party and without."""
    monkeypatch.setattr(listing, "LONG", long)
    listing._kept.cache_clear()
    with ledger.reading() as connection:
        room = Room.of(connection, Memory(ledger.target))
        for filters in (Filters(between=between), Filters(between=between, actor="NOR")):
            whole = [row.id for row in latest(connection, table, narrow(select(table.c.id), filters), 100)]
            found = [
                row.id for n in range(0, 100, 3) for row in listing.part(room, table, narrow, filters, most=3, start=n)
            ]
            assert found == whole
    listing._kept.cache_clear()


def test_some_list_has_what_took_long(ledger: Ledger) -> None:
    """The test above would see it if what took long were left out."""
    with ledger.reading() as connection:
        room = Room.of(connection, Memory(ledger.target))
        span = select(schema.thread.c.until - schema.thread.c.since).order_by(schema.thread.c.until)
        assert any(days > 0 for days in connection.execute(span).scalars() if days is not None)
        assert listing._wide(room, schema.thread) == []
