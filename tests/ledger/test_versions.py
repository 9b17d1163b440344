"""Versions of the tables: older ledgers are upgraded after a backup, newer and foreign ones refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from communique.coding.coded import CodedPage
from communique.ledger import migrations, version
from communique.ledger.database import connect, is_url
from communique.ledger.errors import LedgerError, NewerLedger, NotALedger, NotFound
from communique.ledger.schema import metadata
from communique.ledger.store import Ledger
from ledger.gold_pages import gold_coder


def old_ledger(target: str) -> None:
    """A ledger as the first version made it."""
    engine = connect(target)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        version.upgrade(connection, "0001")
        connection.execute(
            text(
                "INSERT INTO decision (who, subject, target, judgement, decided, anchor)"
                " VALUES ('ann', 'event', 'x-e1', 'accept', '2026-01-01', '{}')"
            )
        )
    engine.dispose()


def test_versions_are_those_of_the_migrations() -> None:
    """Read off the files' names, they are one line from the first to the newest, as Alembic has it."""
    folder = Path(migrations.__file__).parent
    line = [script.revision for script in ScriptDirectory(str(folder)).walk_revisions()]
    assert list(version.known()) == line[::-1]
    assert version.newest() == line[0]


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
def test_migrations_make_the_tables_that_the_code_uses(target: str) -> None:
    """Columns and keys that the migrations make are those of the schema module."""
    with Ledger.open(target, create=True) as ledger, ledger.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
        # Indexes for listings and full text are the migrations' own.
        left = [change for change in found if not _is_search(change)]
        assert left == []


def _is_search(change: object) -> bool:
    kind = change[0] if isinstance(change, tuple) else ""
    if kind == "remove_table":
        return "_words" in change[1].name  # type: ignore[index]
    if kind == "remove_column":
        return change[3].name == "words"  # type: ignore[index]
    return kind == "remove_index"


def test_an_older_ledger_is_upgraded_after_a_backup(target: str) -> None:
    """Opening brings it to the newest version, keeps its rows, and leaves a copy as it was."""
    old_ledger(target)
    with Ledger.open(target) as ledger:
        with ledger.reading() as connection:
            assert version.of(connection) == version.newest()
            assert connection.execute(text("SELECT who FROM decision")).scalar() == "ann"
        assert ledger.backup
        if not is_url(target):
            copy = sqlite3.connect(ledger.backup)
            assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        else:
            with ledger.reading() as connection:
                kept = text(f"SELECT who FROM {str(ledger.backup).removeprefix('schema ')}.decision")
                assert connection.execute(kept).scalar() == "ann"


def test_a_newer_ledger_is_refused(target: str, seeds: list[CodedPage]) -> None:
    """A ledger of a version that this program does not know is left alone, with a message that says so."""
    with Ledger.open(target, create=True) as ledger, ledger.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerLedger, match="newer Communique"):
        Ledger.open(target)
    with pytest.raises(NewerLedger):
        Ledger.open(target, create=True)
    assert gold_coder(seeds)


def test_other_databases_are_refused(target: str) -> None:
    """A database with other tables is not made a ledger."""
    engine = connect(target)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.execute(text("CREATE TABLE shopping (item TEXT)"))
    engine.dispose()
    with pytest.raises(NotALedger, match="other tables"):
        Ledger.open(target, create=True)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """A text file named by mistake is said to be no ledger, and is not changed."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database, only some notes " * 40)
    before = path.read_bytes()
    with pytest.raises(NotALedger):
        Ledger.open(path, create=True)
    assert path.read_bytes() == before


def test_a_missing_ledger_is_not_made_by_reading(tmp_path: Path) -> None:
    """Listing from a ledger that is not there says so and makes no file."""
    with pytest.raises(NotFound):
        Ledger.open(tmp_path / "none.ledger")
    assert not (tmp_path / "none.ledger").exists()


def test_a_server_that_is_not_there_is_said_in_one_line() -> None:
    """A wrong address gives one line without the password."""
    with pytest.raises(LedgerError) as problem:
        Ledger.open("postgresql://me:secret@127.0.0.1:9/none")
    assert "secret" not in str(problem.value) and "\n" not in str(problem.value)


def test_an_upgrade_counts_what_an_older_ledger_did_not(target: str, seeds: list[CodedPage]) -> None:
    """A ledger of version 0005 comes out with the counts of parties that adding its pages to a new one gives."""
    counts = text("SELECT field, value, actor, made, received FROM party_count ORDER BY 1, 2, 3")
    with Ledger.open(target, create=True) as ledger:
        for page in seeds:
            ledger.add(page, gold_coder(seeds))
        with ledger.writing() as connection:
            kept = connection.execute(counts).all()
            for table in ("party_count", "act_block", "act_value", "linking"):
                connection.execute(text(f"DROP TABLE {table}"))
            for name in ("ix_move_disputed_type", "ix_move_disputed_status", "ix_move_in_thread", "ix_article_coder"):
                connection.execute(text(f"DROP INDEX {name}"))
            connection.execute(text("UPDATE alembic_version SET version_num = '0005'"))
    with Ledger.open(target) as ledger, ledger.reading() as connection:
        assert version.of(connection) == version.newest()
        found = connection.execute(counts).all()
    assert sorted(map(tuple, found)) == sorted(tuple(row) for row in kept if row.made or row.received)
