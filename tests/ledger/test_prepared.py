"""Queries whose SQL is written once find what they would find if written each time."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import and_, bindparam, select, text

from communique.ledger import schema
from communique.ledger.prepared import MOST, Prepared, Statement, several
from communique.ledger.sets import insert_all, insert_returning, rows_by, update_rows
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


ADD = Statement(text("INSERT INTO outlet VALUES (:name, :n, 0, 0, 0, 0) ON CONFLICT (name) DO UPDATE SET pages = :n"))


def test_a_statement_runs_for_no_row_one_and_many(target: str) -> None:
    """Values may be hostile, and come by their names in any order."""
    odd = "' OR 1=1 --%s%(x)s"
    with _ledger(target, 2) as ledger, ledger.writing() as connection:
        for rows in ([], [{"name": odd, "n": 5}], [{"n": 8, "name": "outlet 1"}, {"name": "new", "n": 9}]):
            ADD.run(connection, rows)
        found = rows_by(connection, (NAMES.pages, NAMES.name), NAMES.name, [odd, "outlet 0", "outlet 1", "new", "none"])
        assert sorted(tuple(row) for row in found) == [(0, "outlet 0"), (5, odd), (8, "outlet 1"), (9, "new")]


def test_rows_by_a_list_of_any_length_and_a_condition(target: str) -> None:
    """Each row once, whatever the length of the list; only those for which the condition holds."""
    table = schema.report_key.c
    rows = [{"key": n, "event_id": -n, "timed": n % 2 == 0, "wide": n % 3 == 0} for n in range(MOST + 50)]
    with _ledger(target, 0) as ledger, ledger.writing() as connection:
        insert_all(connection, schema.report_key, rows)
        for size in (0, 1, 5, MOST, MOST + 31):
            found = rows_by(connection, (table.event_id,), table.key, range(size))
            assert sorted(row[0] for row in found) == sorted(-n for n in range(size))
            found = rows_by(connection, (table.event_id,), table.key, range(size), and_(table.wide, ~table.timed))
            assert sorted(row[0] for row in found) == sorted(-n for n in range(size) if n % 6 == 3)


def test_only_columns_that_differ_are_changed(target: str) -> None:
    """Rows may differ in other columns each; what is not named stays."""
    with Ledger.open(target, create=True) as ledger, ledger.writing() as connection:
        first, second = insert_returning(
            connection, schema.act_value, [{"field": "word", "value": "a"}, {"field": "word", "value": "b"}]
        )
        update_rows(connection, schema.act_value, {first: {"value": "c"}, second: {"field": "type"}})
        found = rows_by(connection, tuple(schema.act_value.c), schema.act_value.c.id, [first, second])
        assert sorted(tuple(row) for row in found) == [(first, "word", "c"), (second, "type", "b")]
