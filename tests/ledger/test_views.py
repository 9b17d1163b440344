"""The views of a ledger file: the exports' tables for any SQLite program, and what Datasette shows of them."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from communique.decision import Decision
from communique.export.chunks import chunks
from communique.export.from_ledger import reading
from communique.export.record import Focus
from communique.export.tables import tables
from communique.ledger.deciding import decide
from communique.ledger.store import Ledger
from web.sample import add_all, coded_samples

# Columns that only Python can work out: the precision of dates, the tables of states and outlets, the last judgement.
ONLY_PYTHON = {
    "events": {"date_start", "date_end", "date_precision", "judgement"},
    "articles": {"published_precision"},
    "threads": {"outcome_start", "outcome_end", "outcome_precision"},
    "sources": {"domain", "country", "kind"},
    "actors": {"kind", "iso3", "iso2", "isonum", "cow", "cow_abbreviation", "gw", "cameo", "ucdp", "pax"},
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger file of the sample pages with two decisions, one of them a correction."""
    path = tmp_path_factory.mktemp("views") / "sample.ledger"
    with add_all(path, coded_samples()) as ledger:
        with ledger.reading() as connection:
            one, two = connection.exec_driver_sql("SELECT key FROM event ORDER BY id LIMIT 2").scalars().all()
        decide(ledger, Decision("ann", "event", one, "accept", "2026-01-01T00:00:00+00:00"))
        decide(ledger, Decision("ben", "event", two, "correct", "2026-01-02T00:00:00+00:00", "place", "Oslo"))
    return path


@pytest.fixture(scope="module")
def file(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as any program opens it, for reading."""
    opened = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def exported(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table of the exports."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with Ledger.open(path) as ledger, reading(ledger, Focus()) as (record, _):
        for name, rows in chunks(record):
            found[name] += [dict(zip(tables()[name].columns, row, strict=True)) for row in rows]
    return found


@pytest.mark.parametrize("name", [name for name in tables() if name != "wide"])
def test_a_view_holds_what_is_exported(
    file: sqlite3.Connection, exported: dict[str, list[dict[str, Any]]], name: str
) -> None:
    """Every table of the exports is a view with the same columns, less those of Python's, and the same values."""
    view = file.execute(f"SELECT * FROM {name}")
    columns = [column[0] for column in view.description]
    assert columns == [c for c in tables()[name].columns if c not in ONLY_PYTHON.get(name, set())]
    expected = [tuple(row[column] for column in columns) for row in exported[name]]
    told = [tuple(json.loads(v) if c == "value" and v else v for c, v in zip(columns, r, strict=True)) for r in view]
    wanted = [
        tuple(json.loads(v) if c == "value" and v else v for c, v in zip(columns, r, strict=True)) for r in expected
    ]
    assert sorted(told, key=repr) == sorted(wanted, key=repr) != []


def datasette(path: Path, *asked: str) -> list[Any]:
    """What Datasette answers for some addresses, over the file as it is; it listens on no port."""
    app = pytest.importorskip("datasette.app")

    async def ask() -> list[Any]:
        made = app.Datasette([str(path)])
        return [(await made.client.get(address)).json() for address in asked]

    return asyncio.run(ask())


def test_datasette_serves_the_file_as_it_is(path: Path, file: sqlite3.Connection) -> None:
    """Its tables and views are there; a view's rows are readable, down to the words; search works."""
    before = path.read_bytes()
    search = "/sample.json?sql=select+quote+from+event_words+where+event_words+match+'conferences'"
    shown, terms, found = datasette(path, "/sample.json", "/sample/terms.json?_shape=objects", search)
    assert set(tables()) - {"wide"} <= {view["name"] for view in shown["views"]}
    assert {"page", "event", "move", "thread"} <= {table["name"] for table in shown["tables"]}
    columns = ("event", "position", "role", "actor", "quote", "start", "end")
    rows = [tuple(row[column] for column in columns) for row in terms["rows"]]
    assert rows == file.execute("SELECT * FROM terms").fetchall() != []
    assert found["rows"]
    assert path.read_bytes() == before
