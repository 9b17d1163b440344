"""The csv and parquet formats: read back by frictionless, pandas and pyarrow, they are what the ledger holds."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pandas
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from communique.cli import main
from communique.event import Event
from communique.export import event_rows, move_rows
from communique.export.dates import days, iso
from communique.export.tables import tables
from communique.ledger import queries, schema
from communique.ledger.filters import Filters
from communique.ledger.store import Ledger, events_of
from export.tables_made import Row, fill, rows

ALL = 10_000


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger's file."""
    return fill(str(tmp_path_factory.mktemp("tables") / "made.ledger"))


@pytest.fixture(scope="module")
def out(ledger: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both formats."""
    folder = tmp_path_factory.mktemp("out")
    done = CliRunner().invoke(main, ["export", ledger, str(folder), "--format", "csv,parquet"])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def coded(ledger: str) -> dict[str, Event]:
    """The events of the ledger by key, as they were coded."""
    found = {}
    with Ledger.open(ledger) as store, store.reading() as connection:
        for page in connection.execute(schema.page.select()).mappings():
            found |= {f"{page['key']}-{event.id}": event for event in events_of(connection, page["id"])}
    return found


def grouped(listed: list[Row]) -> dict[str, list[Row]]:
    """Rows by their event."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in listed:
        found[row["event"]].append(row)
    return found


def same(cell: str, value: Any) -> bool:
    """Whether a cell of CSV says a value; empty is None."""
    return cell == ("" if value is None else str(value))


def test_the_data_package_is_valid(out: Path) -> None:
    """Frictionless finds every cell of its type, every key unique, and what it refers to."""
    report = frictionless.validate(str(out / "csv" / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]
    assert {task.name for task in report.tasks} == set(tables())
    assert sum(task.stats["rows"] for task in report.tasks) > 300


def test_the_data_package_says_who_made_it(out: Path) -> None:
    """Licence, citation, versions and coders are in both packages."""
    for suffix in ("csv", "parquet"):
        package = json.loads((out / suffix / "datapackage.json").read_text(encoding="utf-8"))
        assert package["licenses"][0]["name"] == "CC-BY-4.0" and package["citation"]
        assert package["communique"]["coders"][0]["coder"] == "sample"
        assert all((out / suffix / resource["path"]).exists() for resource in package["resources"])


def test_events_are_those_of_the_ledger(out: Path, coded: dict[str, Event]) -> None:
    """Field by field, in the order of pages and of events in them."""
    listed = rows(out / "csv" / "events.csv")
    assert [row["event"] for row in listed] == sorted(coded, key=lambda key: (key[:16], int(key[18:])))
    for row in listed:
        event = coded[row["event"]]
        for name in ("type", "mode", "about", "date", "place", "status", "confidence"):
            assert same(row[name], getattr(event, name))
        assert (row["quote"], int(row["start"]), int(row["end"])) == (
            event.evidence.quote,
            event.evidence.start,
            event.evidence.end,
        )
        assert same(row["answers"], event.answers and f"{row['article']}-{event.answers}")


def test_evidence_is_exact(out: Path, ledger: str) -> None:
    """Each passage is the words of the stored page between its offsets, whatever characters they are."""
    with Ledger.open(ledger) as store, store.reading() as connection:
        texts = {row.key: row.text for row in connection.execute(schema.page.select())}
    for table in ("evidence", "terms"):
        listed = rows(out / "csv" / f"{table}.csv")
        assert listed
        for row in listed:
            assert texts[row["event"][:16]][int(row["start"]) : int(row["end"])] == row["quote"]


def test_what_hangs_on_events_is_whole(out: Path, coded: dict[str, Event]) -> None:
    """Parties, terms, sources named and passages of each event, in order."""
    folder = out / "csv"
    names = ("event_actors", "terms", "attributions", "evidence")
    parties, terms, named, passages = (grouped(rows(folder / f"{name}.csv")) for name in names)
    for key, event in coded.items():
        sides = [("source", a) for a in event.sources] + [("target", a) for a in event.targets]
        assert [(r["side"], r["actor"], r["name"]) for r in parties[key]] == [(s, a.id, a.name) for s, a in sides]
        assert [(r["role"], r["actor"], r["quote"]) for r in terms[key]] == [
            (t.role, t.actor or "", t.evidence.quote) for t in event.terms
        ]
        assert [row["source"] for row in named[key]] == list(event.according_to)
        assert [row["quote"] for row in passages[key]] == [e.quote for e in (event.evidence, *event.mentions)]


def test_moves_and_threads_are_those_of_the_ledger(out: Path, ledger: str) -> None:
    """Moves with their parties, reports, sources and disputes; threads with their moves, parties and links."""
    folder = out / "csv"
    with Ledger.open(ledger) as store, store.reading() as connection:
        moves = sorted(queries.moves(connection, Filters(), ALL), key=lambda m: m.id)
        threads = sorted(queries.threads(connection, Filters(), ALL), key=lambda t: t.id)
    listed = rows(folder / "moves.csv")
    assert [(r["move"], r["type"], r["since"], r["until"], r["quote"], r["independent_sources"]) for r in listed] == [
        (m.id, m.type, iso(m.since) or "", iso(m.until) or "", m.quote, str(len(m.sources))) for m in moves
    ]
    assert [(r["move"], r["event"], r["contests"]) for r in rows(folder / "move_reports.csv")] == [
        (m.id, event, str(event in m.contested)) for m in moves for event in m.reports
    ]
    assert [(r["move"], r["source"]) for r in rows(folder / "move_sources.csv")] == [
        (m.id, said) for m in moves for said in m.said_by
    ]
    sides = [(s.id, d.kind, side.says) for s in (*moves, *threads) for d in s.disputes for side in d.sides]
    assert sides and [(r["subject"], r["kind"], r["says"]) for r in rows(folder / "disputes.csv")] == sides
    assert [(r["thread"], r["root"], r["matter"], r["outcome"]) for r in rows(folder / "threads.csv")] == [
        (t.id, t.root, t.matter, t.outcome) for t in threads
    ]
    assert [(r["thread"], r["move"], r["decides"]) for r in rows(folder / "thread_moves.csv")] == [
        (t.id, m, str(m in t.rests_on)) for t in threads for m in t.moves
    ]
    links = sorted((t.id, k.move, k.to, k.kind, k.score) for t in threads for k in t.links)
    answers = rows(folder / "answers.csv")
    assert links and [tuple(list(r.values())[:4]) for r in answers] == [link[:4] for link in links]
    assert [float(r["score"]) for r in answers] == [link[4] for link in links]


def test_actors_and_sources_are_counted(out: Path, ledger: str) -> None:
    """Each party with its moves and codes, each outlet with its articles and events."""
    with Ledger.open(ledger) as store, store.reading() as connection:
        actors = {a["id"]: a for a in queries.actors(connection, Filters(), ALL)}
    listed = {row["actor"]: row for row in rows(out / "csv" / "actors.csv")}
    assert list(listed) == sorted(listed) and set(actors) <= set(listed)
    assert {k: (int(listed[k]["made"]), listed[k]["name"]) for k in actors} == {
        k: (a["made"], a["name"]) for k, a in actors.items()
    }
    iceland = listed["ISL"]
    assert [iceland[name] for name in ("kind", "iso3", "iso2", "isonum", "cow", "cow_abbreviation", "gw", "cameo")] == [
        *("state", "ISL", "IS", "352", "395", "ICE", "395", "ISL")
    ]
    articles, events = rows(out / "csv" / "articles.csv"), rows(out / "csv" / "events.csv")
    outlets = {row["article"]: row["outlet"] for row in articles}
    for source in rows(out / "csv" / "sources.csv"):
        assert int(source["articles"]) == sum(row["outlet"] == source["source"] for row in articles)
        assert int(source["events"]) == sum(outlets[row["article"]] == source["source"] for row in events)


def test_decisions_are_rows_and_wide_follows_them(out: Path) -> None:
    """Long tables keep what was coded, with the last judgement; the wide one is as people would have it."""
    folder = out / "csv"
    decisions = rows(folder / "decisions.csv")
    assert [(d["who"], d["judgement"], d["field"], bool(d["withdrawn"])) for d in decisions] == [
        ("ann", "accept", "", False),
        ("ann", "correct", "date", False),
        ("bob", "correct", "targets", False),
        ("bob", "reject", "", False),
        ("bob", "reject", "", True),
    ]
    assert json.loads(decisions[2]["value"]) == [{"id": "DNK", "name": "Denmark"}]
    long = {row["event"]: row for row in rows(folder / "events.csv")}
    wide = {row["event"]: row for row in rows(folder / "wide.csv")}
    corrected, rejected = "190cde5cb22a3443-e2", "190cde5cb22a3443-e4"
    assert (long[corrected]["date"], long[corrected]["judgement"]) == ("2014-03-12", "correct")
    columns = ("date", "date_start", "date_end", "date_precision", "targets", "target_gw")
    assert [wide[corrected][name] for name in columns] == [
        *("2014-03", "2014-03-01", "2014-03-31", "month", "DNK", "390")
    ]
    assert long[rejected]["judgement"] == "reject" and long[rejected]["move"] == ""
    assert set(long) - set(wide) == {rejected}


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("2014", ("2014-01-01", "2014-12-31", "year")),
        ("2012-02", ("2012-02-01", "2012-02-29", "month")),
        ("2012-02-07", ("2012-02-07", "2012-02-07", "day")),
        ("2012-02/2012-04-15", ("2012-02-01", "2012-04-15", "range")),
        ("soon", (None, None, None)),
        ("2012-02-30", (None, None, None)),
        (None, (None, None, None)),
    ],
)
def test_dates_have_their_days_and_precision(date: str | None, found: tuple[str | None, ...]) -> None:
    """First day, last day, how fine; what is no date has none of them."""
    assert days(date) == found


def parquet(out: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a Parquet table."""
    return list(pq.read_table(out / "parquet" / f"{name}.parquet").to_pylist())


@pytest.mark.parametrize("name", list(tables()))
def test_parquet_holds_what_csv_holds(out: Path, name: str) -> None:
    """Cell by cell; what is empty in CSV is null in Parquet, and numbers, days and truth values have their types."""
    listed = rows(out / "csv" / f"{name}.csv")
    assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in parquet(out, name)] == listed


def test_parquet_says_what_it_is(out: Path) -> None:
    """Types, what each column means, and the export's metadata are in the file."""
    found = pq.read_schema(out / "parquet" / "events.parquet")
    types = {name: str(found.field(name).type) for name in ("event", "number", "confidence", "date", "date_start")}
    assert types == {"event": "string", "number": "int64", "confidence": "double", "date": "string",
                     "date_start": "date32[day]"}  # fmt: skip
    assert found.field("quote").metadata[b"description"].startswith(b"The shortest passage")
    assert json.loads(found.metadata[b"communique"])["licence"] == "CC-BY-4.0"


def test_pandas_reads_both_alike(out: Path) -> None:
    """The wide table as pandas reads it from CSV, with the codebook's types, and from Parquet."""
    texts = {field.name: "string" for field in tables()["wide"].fields if field.type == "string"}
    from_csv = pandas.read_csv(out / "csv" / "wide.csv", dtype=texts, keep_default_na=False, na_values=[""])
    from_parquet = pandas.read_parquet(out / "parquet" / "wide.parquet")
    assert list(from_csv.columns) == list(from_parquet.columns) and len(from_csv) == len(from_parquet) > 30
    for name in ("event", "quote", "sources", "date", "cameo", "source_cow", "outcome"):
        assert list(from_csv[name].fillna("")) == list(from_parquet[name].fillna(""))


def test_only_the_tables_asked_for(ledger: str, out: Path, tmp_path: Path) -> None:
    """The same bytes as beside the others, and a valid package without these; a strange name is one line."""
    asked = ["export", ledger, str(tmp_path), "--format", "csv,parquet", "--table", "wide", "--table", "threads"]
    assert CliRunner().invoke(main, asked).exit_code == 0
    for suffix in ("csv", "parquet"):
        names = {path.name for path in (tmp_path / suffix).iterdir()}
        tables_there = {f"wide.{suffix}", f"threads.{suffix}"}
        assert names == tables_there | {"codebook.csv", "datapackage.json", "metadata.json"}
        for name in tables_there:
            assert (tmp_path / suffix / name).read_bytes() == (out / suffix / name).read_bytes()
    assert frictionless.validate(str(tmp_path / "csv" / "datapackage.json")).valid
    done = CliRunner().invoke(main, [*asked, "--table", "sheep"])
    assert done.exit_code == 1 and "'sheep'" in done.stderr and len(done.stderr.splitlines()) == 1


def test_the_codebook_explains_every_column(out: Path) -> None:
    """Each column of each table is there with a meaning, and each type and mode with its definition."""
    listed = rows(out / "csv" / "codebook.csv")
    named = {(row["table"], row["column"]) for row in listed}
    for name in tables():
        header = (out / "csv" / f"{name}.csv").read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert {(name, column) for column in header} <= named
    assert all(row["meaning"] for row in listed)
    assert "PROPOSE/offer" in {row["values"] for row in listed}
    assert (out / "parquet" / "codebook.csv").read_bytes() == (out / "csv" / "codebook.csv").read_bytes()


def test_no_cell_holds_a_sentinel(out: Path) -> None:
    """No cell of a coded field says that something is missing in words or numbers."""
    bad = {"None", "none", "null", "NULL", "NA", "N/A", "nan", "NaN", "-1", "-999", "---", "unknown"}
    for name in tables():
        for row in rows(out / "csv" / f"{name}.csv"):
            assert not {k: v for k, v in row.items() if v in bad and k not in ("actor", "kind", "sources", "targets")}


def test_rows_have_the_columns_of_the_table_file(ledger: str) -> None:
    """Every row is as long as its table has columns."""
    from communique.export.chunks import chunks
    from communique.export.running import Wanted, opened

    def lengths() -> Iterator[tuple[str, int]]:
        with opened(ledger, Wanted()) as (record, _):
            for name, listed in chunks(record):
                yield from ((name, len(row)) for row in listed)

    assert set(lengths()) == {(name, len(table.columns)) for name, table in tables().items()}
    assert event_rows.roll_up("SOMETHING", None) == (None, None) and move_rows.source_rows([]) == []
