"""Keys of reports and moves: the same whether filed page by page, from scratch or by an upgrade; and none left over."""

from __future__ import annotations

from sqlalchemy import text

from communique.coding.coded import CodedPage
from communique.decision import Decision
from communique.ledger.deciding import decide
from communique.ledger.rebuild import rebuild
from communique.ledger.store import Ledger
from ledger.gold_pages import gold_coder

REPORTS = """SELECT e.key, k.key, k.timed, k.wide FROM report_key k LEFT JOIN event e ON e.id = k.event_id"""
MOVES = """SELECT m.key, k.key, k.earlier, k.later FROM move_key k LEFT JOIN move m ON m.id = k.move_id"""


def filed(ledger: Ledger) -> list[list[tuple[object, ...]]]:
    """What every report and every move is filed under, by its name in all ledgers."""
    with ledger.reading() as connection:
        return [sorted(tuple(row) for row in connection.execute(text(query))) for query in (REPORTS, MOVES)]


def test_page_by_page_and_from_scratch_file_alike(target: str, dev: list[CodedPage]) -> None:
    """Moves that change as pages come, and events that a person rejects, leave no keys behind."""
    with Ledger.open(target, create=True) as ledger:
        for page in dev[:6]:
            ledger.add(page, gold_coder(dev))
        with ledger.reading() as connection:
            key = connection.execute(text("SELECT key FROM event ORDER BY key LIMIT 1")).scalar_one()
        decide(ledger, Decision("ann", "event", key, "reject", "2026-01-01"))
        before = filed(ledger)
        rebuild(ledger)
        assert filed(ledger) == before
        assert all(len(rows) > 100 and rows[0][0] is not None for rows in before)


def test_an_upgrade_files_anew(target: str, seeds: list[CodedPage]) -> None:
    """A ledger of version 0006, whose keys were made in another way, comes out with the keys of a new one."""
    with Ledger.open(target, create=True) as ledger:
        for page in seeds:
            ledger.add(page, gold_coder(seeds))
        before = filed(ledger)
        with ledger.writing() as connection:
            for table in ("report_key", "move_key"):
                connection.execute(text(f"UPDATE {table} SET key = -key"))
            for table in ("act_block", "act_value", "linking"):
                connection.execute(text(f"DROP TABLE {table}"))
            connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
    with Ledger.open(target) as ledger:
        assert filed(ledger) == before and before[0]
