"""Queries whose SQL is written once find what they would find if written each time."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import bindparam, select

from communique.ledger import schema
from communique.ledger.prepared import MOST, Prepared, several
from communique.ledger.sets import insert_all
from communique.ledger.store import Ledger

NAMES = schema.outlet.c
IN_LIST = Prepared(select(NAMES.name).where(NAMES.name.in_(several()), NAMES.pages > bindparam("least")))


def _ledger(target: str, count: int) -> Ledger:
    ledger = Ledger.open(target, create=True)
    rows = [
        {"name": f"outlet {n}", "pages": n, "events": 0, "first": 0, "copied": 0, "copies": 0} for n in range(count)
    ]
    with ledger.writing() as connection:
        insert_all(connection, schema.outlet, rows)
    return ledger


def test_a_list_of_any_length_finds_each_row_once(target: str) -> None:
    """None, one, few, and more values than one query takes; a value beside the list still counts."""
    with _ledger(target, MOST + 40) as ledger, ledger.reading() as connection:
        for size in (0, 1, 5, MOST, MOST + 31):
            wanted = [f"outlet {n}" for n in range(1, size + 1)]
            found = [row.name for row in IN_LIST.rows_in(connection, wanted, least=0)]
            assert sorted(found) == sorted(wanted)
        assert IN_LIST.rows_in(connection, ["outlet 3", "outlet 9"], least=5)[0].name == "outlet 9"
        assert len(IN_LIST.rows_in(connection, ["outlet 3", "outlet 9"], least=5)) == 1


def test_values_of_the_query_itself_and_of_each_time(target: str) -> None:
    """What is written into the query stays; what is given differs from time to time, and may be hostile."""
    query = Prepared(select(NAMES.pages).where(NAMES.name == bindparam("name"), NAMES.pages < 4).limit(1))
    with _ledger(target, 6) as ledger, ledger.reading() as connection:
        assert query.first(connection, name="outlet 2")[0] == 2
        assert query.first(connection, name="outlet 5") is None
        assert query.first(connection, name="' OR 1=1 --%s%(x)s") is None
        assert [row.pages for row in query.rows(connection, name="outlet 3")] == [3]


def test_one_query_serves_several_kinds_of_ledger(new_target: Callable[[], str]) -> None:
    """Two ledgers in one process each get SQL of their own kind."""
    for count in (2, 4):
        with _ledger(new_target(), count) as ledger, ledger.reading() as connection:
            assert len(IN_LIST.rows_in(connection, ["outlet 1", "outlet 3"], least=0)) == count // 2
