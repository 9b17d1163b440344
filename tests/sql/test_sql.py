"""Queries over a ledger: documented views, the export's own values, and no way to change or reach anything."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from communique.cli import main
from communique.export.tables import tables
from communique.ledger.store import Ledger
from communique.sql import NoTables, SqlError, opened
from communique.sql.asking import ask
from export.made import odd_page
from web.sample import add_all, coded_samples


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger file of the sample pages."""
    path = tmp_path_factory.mktemp("sql") / "sample.ledger"
    add_all(path, coded_samples()).close()
    return path


@pytest.fixture(scope="module")
def connection(target: Path) -> Iterator[Any]:
    """The views over it."""
    with opened(target) as made:
        yield made


def run(*words: str, stdin: str | None = None) -> Any:
    """``communique sql`` with some words."""
    return CliRunner().invoke(main, ["sql", *words], input=stdin)


def test_every_documented_table_is_a_view(connection: Any) -> None:
    """Each has its columns in order, and says what a row and a column mean."""
    for table in tables().values():
        connection.execute(f"SELECT * FROM {table.name} LIMIT 0")
        assert tuple(column[0] for column in connection.description) == table.columns
    told = dict(connection.execute("SELECT * FROM views").fetchall())
    assert told == {table.name: table.row.strip() for table in tables().values()}
    meaning = connection.execute("SELECT comment FROM duckdb_columns() WHERE column_name = 'outcome_end'").fetchall()
    assert meaning == [("Last day on which it can have been reached.",)]


def test_views_hold_what_the_ledger_holds(connection: Any, target: Path) -> None:
    """Counts, days and missing values are the ledger's."""
    with Ledger.open(target) as ledger, ledger.reading() as plain:
        for one, view in (("event", "events"), ("move", "moves"), ("thread", "threads"), ("page", "articles")):
            expected = plain.exec_driver_sql(f"SELECT count(*) FROM {one}").scalar()
            assert connection.execute(f"SELECT count(*) FROM {view}").fetchone() == (expected,)
        (modes,) = plain.exec_driver_sql("SELECT count(*) FROM event WHERE mode IS NULL").fetchone()
    assert connection.execute("SELECT count(*) FROM events WHERE mode IS NULL").fetchone() == (modes,)
    assert connection.execute("SELECT typeof(date_start) FROM events LIMIT 1").fetchone() == ("DATE",)


@pytest.mark.parametrize(
    "query",
    [
        "COPY events TO '{there}/out.csv'",
        "SELECT * FROM read_csv('{there}/secret.csv')",
        "SELECT * FROM '{there}/secret.csv'",
        "ATTACH '{there}/other.db'",
        "EXPORT DATABASE '{there}/all'",
        "INSTALL httpfs",
        "LOAD sqlite_scanner",
        "SET enable_external_access = true",
        "INSERT INTO events VALUES (1)",
        "DELETE FROM events",
        "UPDATE events SET type = 'AGREE'",
    ],
)
def test_a_query_changes_and_reaches_nothing(connection: Any, tmp_path: Path, query: str) -> None:
    """No statement writes, reads a file, loads an extension or opens the way to it."""
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(SqlError):
        list(ask(connection, query.format(there=tmp_path)))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_variables_of_the_program_are_no_tables(connection: Any) -> None:
    """DuckDB looks for tables among Python's variables by itself; here it does not."""
    import pyarrow as pa

    secret = pa.table({"a": [1]})
    with pytest.raises(SqlError, match="secret"):
        list(ask(connection, "SELECT * FROM secret"))
    assert secret.num_rows == 1


def test_the_command_prints_three_ways(target: Path) -> None:
    """A table for eyes, CSV, and JSON Lines with null for missing."""
    query = "SELECT event, mode, date_start FROM events WHERE mode IS NULL ORDER BY event LIMIT 2"
    rows = [json.loads(line) for line in run(str(target), "--format", "json", query).stdout.splitlines()]
    assert len(rows) == 2 and rows[0]["mode"] is None and rows[0]["date_start"][:2] == "20"
    listed = list(csv.DictReader(io.StringIO(run(str(target), query, "--format", "csv").stdout)))
    assert listed == [{name: value or "" for name, value in row.items()} for row in rows]
    shown = run(str(target), query).stdout
    assert rows[0]["event"] in shown and "date_start" in shown


def test_queries_come_from_standard_input(target: Path) -> None:
    """Statements are read to their semicolons; a wrong one is one line, and the others go on."""
    done = run(str(target), "--format", "csv", stdin="SELECT 1\n AS one;\nSELEKT;\nSELECT 2 AS two; SELECT 3 AS three")
    assert done.stdout == "one\n1\ntwo\n2\nthree\n3\n"
    assert done.stderr.startswith("communique: sql: Parser Error") and done.stderr.count("\n") == 1
    assert done.exit_code == 1


def test_a_query_that_fails_on_a_late_row_is_told(target: Path) -> None:
    """An error in the midst of the rows is one line too."""
    done = run(
        str(target), "--format", "csv", "SELECT CASE WHEN i > 90000 THEN error('late') END FROM range(100000) t(i)"
    )
    assert done.exit_code == 1 and "late" in done.stderr and done.stderr.count("\n") == 1


def test_an_export_is_asked_without_a_ledger(target: Path, tmp_path: Path, connection: Any) -> None:
    """A folder of Parquet gives the same answers; another folder is refused."""
    assert CliRunner().invoke(main, ["export", str(target), str(tmp_path), "--format", "parquet"]).exit_code == 0
    query = "SELECT * FROM wide ORDER BY event"
    with opened(tmp_path / "parquet") as other:
        assert other.execute(query).fetchall() == connection.execute(query).fetchall() != []
    with pytest.raises(NoTables, match=r"no Parquet export: it has no events\.parquet"), opened(tmp_path):
        pass
    assert run(str(tmp_path / "none.ledger"), "SELECT 1").stderr.startswith("Error: there is no ledger")


def test_the_ledger_is_not_written(target: Path, tmp_path: Path) -> None:
    """Asking leaves the file as it was, byte for byte, and nothing beside it."""
    copy = Path(shutil.copy(target, tmp_path / "copy.ledger"))
    before = copy.read_bytes()
    run(str(copy), "SELECT * FROM events")
    assert copy.read_bytes() == before and [path.name for path in tmp_path.iterdir()] == ["copy.ledger"]


def test_tables_come_when_they_are_named(target: Path, tmp_path: Path) -> None:
    """However a query names them: in a view over them, in capitals, or in text; and as the ledger was at first."""
    copy = Path(shutil.copy(target, tmp_path / "copy.ledger"))
    with opened(copy) as views:
        add_all(copy, [odd_page()]).close()
        (pages,) = views.execute('SELECT count(*) FROM "ARTICLES"').fetchone()
        assert pages == len(coded_samples())
        views.execute("CREATE VIEW mine AS FROM threads")
        assert views.execute("SELECT count(*) > 0 FROM mine").fetchone() == (True,)
        made_up = "SELECT count(*) > 0 FROM query_table('mov' || 'es')"
        assert views.execute(made_up).fetchone() == (True,)


def test_a_missing_library_names_its_extra(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says what to install."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    done = run(str(target), "SELECT 1")
    assert done.exit_code == 1 and "pip install 'communique[sql]'" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_examples_of_the_documents_run(connection: Any) -> None:
    """Each SQL block of docs/sql.md gives rows of the samples."""
    text = (Path(__file__).parents[2] / "docs" / "sql.md").read_text(encoding="utf-8")
    blocks = [part.partition("```")[0] for part in text.split("```sql\n")[1:]]
    assert len(blocks) == 3
    for block in blocks:
        (answer,) = ask(connection, block)
        assert list(answer.rows)
