"""The counts that a ledger keeps are those that counting its rows gives; few or many, the same rows are found."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import Connection, Table, select

from communique.ledger import bydate, queries, rarity, schema, tallies
from communique.ledger.filters import Filters
from communique.ledger.store import Ledger
from communique.linking.days import month_of

FILTERS = (
    Filters(),
    Filters(actor="usa"),
    Filters(actor="USA", type="REQUEST"),
    Filters(type="propose"),
    Filters(outlet="tass"),
    Filters(matter="gaza"),
    Filters(between=("2012", "2026-02")),
    Filters(actor="ISR", between=("2025", "2026"), status="actual"),
    Filters(actor="nobody"),
)


def kept(connection: Connection) -> dict[str, set[tuple[object, ...]]]:
    """All counts, less those that came down to nothing."""
    tables = (schema.month_count, schema.dealing, schema.outlet, schema.party_count)
    return {t.name: _rows(connection, t) for t in tables}


def _rows(connection: Connection, table: Table) -> set[tuple[object, ...]]:
    rows = (tuple(row) for row in connection.execute(select(table)))
    return {row for row in rows if any(type(number) is int and number for number in row)}


def test_counts_kept_page_by_page_are_those_from_scratch(gold_ledger: str) -> None:
    """All that was counted as pages came is what counting everything gives, and none of it is empty."""
    with Ledger.open(gold_ledger) as store, store.writing() as connection:
        before = kept(connection)
        tallies.tally_all(connection)
        assert kept(connection) == before
        assert all(before.values())


def found(connection: Connection, filters: Filters) -> tuple[list[str], list[str]]:
    """The ids of the moves and threads that pass."""
    moves = queries.moves(connection, filters, 10_000)
    return [move.id for move in moves], [thread.id for thread in queries.threads(connection, filters, 10_000)]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_walking_and_looking_up_find_the_same(
    gold_ledger: str, filters: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What few rows pass and what many do are found in two ways: the same moves and threads, in the same order."""
    with Ledger.open(gold_ledger) as store, store.reading() as connection:
        monkeypatch.setattr(rarity, "FEW", 0)
        walked = found(connection, filters)
        monkeypatch.setattr(rarity, "FEW", 10_000)
        assert found(connection, filters) == walked
        assert bool(walked[0]) is (filters.actor != "nobody")
        in_order = [move.until or 0 for move in queries.moves(connection, filters, 10_000)]
        assert in_order == sorted(in_order, reverse=True)


def test_days_are_counted_as_the_moves_have_them(gold_ledger: str) -> None:
    """For every filter, acts by type and day are those of the moves that pass it; months add up to the same."""
    with Ledger.open(gold_ledger) as store, store.reading() as connection:
        for filters in (*FILTERS, Filters(matter="talks", status="actual"), Filters(actor="ISR", outlet="tass")):
            counted = Counter({(row[0], row[1]): row[2] for row in bydate.by_day(connection, filters)})
            moves = queries.moves(connection, filters, 10_000)
            if filters == Filters(type=filters.type):
                assert sum(counted.values()) == len(moves)
                assert {month_of(day) for _, day in counted} == {month_of(m.until) for m in moves}
            else:
                assert counted == Counter((move.type, move.until) for move in moves)


@pytest.mark.parametrize(
    "filters",
    [
        *FILTERS,
        Filters(status="alleged"),
        Filters(type="REJECT", outlet="tass"),
        Filters(matter="talks nuclear"),
        Filters(matter="ation", between=("2025", "2026")),
        Filters(actor="usa", matter="nuclear"),
        Filters(between=("2025-05-03", "2025-05-20")),
        Filters(between=("2024-11-20", "2025-05-20")),
        Filters(between=("2012", "2012")),
        Filters(between=("0001", "9999")),
    ],
    ids=str,
)
def test_parties_are_counted_as_the_moves_have_them(gold_ledger: str, filters: Filters) -> None:
    """For every filter, what each party made and received is what the moves that pass it say."""
    with Ledger.open(gold_ledger) as store, store.reading() as connection:
        moves = queries.moves(connection, filters, 10_000)
        made = Counter(actor for move in moves for actor in set(move.actors))
        received = Counter(actor for move in moves for actor in set(move.targets))
        found = queries.actors(connection, filters, 10_000)
        assert {row["id"]: (row["made"], row["received"]) for row in found} == {
            actor: (made[actor], received[actor]) for actor in {*made, *received}
        }
        assert [row["moves"] for row in found] == sorted((row["moves"] for row in found), reverse=True)
