"""Hand-coded tables in a ledger: another coder's events, in the same threads, added once, corrected by a new table."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import communique
from communique.cli import main
from communique.importing import Imported, import_csv, read_mapping
from communique.ledger.coder import installed
from communique.ledger.dump import content
from communique.ledger.rebuild import rebuild
from communique.ledger.recoding import outdated
from communique.ledger.store import Ledger
from web.sample import add_all, coded_samples

EXAMPLE = Path(__file__).parents[2] / "examples" / "import"
TABLE, MAPPING = EXAMPLE / "skarv-bank.csv", EXAMPLE / "skarv-bank.yaml"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """The name of a new ledger."""
    return tmp_path / "own.ledger"


def imported(ledger: Path, table: Path = TABLE, mapping: Path = MAPPING) -> Imported:
    """Import a table by the library."""
    with Ledger.open(ledger, create=True) as store:
        return import_csv(store, table, read_mapping(mapping))


def told(ledger: Path) -> list[Any]:
    """The events of a ledger."""
    with communique.Ledger.open(ledger) as opened:
        return list(opened.events())


def changed(tmp_path: Path, change: Callable[[str], str]) -> Path:
    """The example table with a change, under its own name."""
    path = tmp_path / TABLE.name
    path.write_text(change(TABLE.read_text(encoding="utf-8")), encoding="utf-8")
    return path


def test_rows_become_events_of_another_coder(ledger: Path) -> None:
    """Every cell is where the codebook has it, the words are exact, and what is missing is None."""
    done = imported(ledger)
    assert (dict(done.pages), done.events, done.bad) == ({"added": 2}, 3, [])
    offer, refusal, demand = told(ledger)
    assert {(e.coder, e.coder_version, e.codebook_version) for e in (offer, refusal, demand)} == {
        ("person:ann", "2026-03", "1.2")
    }
    assert (offer.outlet, offer.published, offer.event.date) == ("Sample Herald", "2014-03-12", "2014-03-10")
    assert (offer.event.type, offer.event.mode, refusal.event.mode) == ("PROPOSE", "offer", None)
    assert [a.id for a in offer.event.sources] == ["NOR"] and [a.id for a in demand.event.targets] == ["ISL", "EU"]
    assert (refusal.event.answers, refusal.move != offer.move, refusal.thread == offer.thread) == ("e1", True, True)
    assert [(t.role, t.evidence.quote) for t in offer.event.terms] == [("gives", "pull its four patrol ships back")]
    assert (demand.event.date, demand.event.place, demand.event.according_to, demand.title) == (None, None, (), None)
    assert demand.event.evidence.quote.startswith("3 | The Sample Times | 15/03/2014 | demand | Norway")
    assert "-9" not in demand.event.evidence.quote


def test_evidence_stands_where_it_says(ledger: Path) -> None:
    """Offsets of quotes and terms point at their words in the stored page."""
    imported(ledger)
    with Ledger.open(ledger) as store, store.reading() as connection:
        texts = dict(connection.exec_driver_sql("SELECT key, text FROM page").all())
    for one in told(ledger):
        for evidence in (one.event.evidence, *(term.evidence for term in one.event.terms)):
            assert texts[one.page][evidence.start : evidence.end] == evidence.quote


def test_importing_twice_adds_nothing(ledger: Path) -> None:
    """The same table again leaves the ledger as it is."""
    imported(ledger)
    with Ledger.open(ledger) as store:
        before = content(store)
    done = imported(ledger)
    with Ledger.open(ledger) as store:
        assert content(store) == before
    assert (dict(done.pages), done.events) == ({"known": 2}, 0)


def test_a_corrected_table_corrects_its_pages(ledger: Path, tmp_path: Path) -> None:
    """The page that a cell changes is brought up to it under its old id; the other stays; a new row is added."""
    imported(ledger)
    ids = {one.page for one in told(ledger)}
    row = "4;Sample Post;18/05/2025;;offer;;Iceland;Norway;a letter;;;sent a letter;;\n"
    done = imported(ledger, changed(tmp_path, lambda text: text.replace(";refusal;;", ";refusal;refuse;") + row))
    assert dict(done.pages) == {"changed": 1, "known": 1, "added": 1}
    events = told(ledger)
    assert len(events) == 4 and ids < {one.page for one in events}
    assert [one.event.mode for one in events if one.event.type == "REJECT"] == ["refuse"]
    with Ledger.open(ledger) as store:
        before = content(store)
        rebuild(store)
        assert content(store) == before


def test_people_and_machine_stand_in_one_thread(ledger: Path) -> None:
    """A hand-coded report joins the acts that pages tell; the same outlet, coded twice, is one source."""
    pages = [page for page in coded_samples() if page.page.doc in ("herald-2014", "wire-2014")]
    add_all(ledger, pages).close()
    with communique.Ledger.open(ledger) as opened:
        (before,) = [m for m in opened.moves(type="REJECT", actor="ISL") if m.targets == ("NOR",)][:1]
    imported(ledger)
    with communique.Ledger.open(ledger) as opened:
        coders = {e.id: e.coder for e in opened.events()}
        shared = [m for m in opened.moves() if len({coders[key] for key in m.reports}) == 2]
        assert {m.type for m in shared} == {"PROPOSE", "REJECT"}
        (after,) = [m for m in shared if m.type == "REJECT"]
        assert set(before.reports) < set(after.reports) and after.sources == before.sources
        thread = opened.threads(actor="NOR", status="rejected").first()
        assert thread is not None and {m.id for m in shared} <= set(thread.moves)


def test_recoding_leaves_what_people_coded(ledger: Path) -> None:
    """A newer coder is for pages that a program coded."""
    add_all(ledger, coded_samples()[:1]).close()
    imported(ledger)
    with Ledger.open(ledger) as store:
        assert len(outdated(store, replace(installed(), version="99"))) == 1


def test_a_text_in_the_table_is_quoted_exactly(ledger: Path, tmp_path: Path) -> None:
    """Where a table has the article's text, quotes are looked up in it; one that is not there is a bad row."""
    (tmp_path / "t.csv").write_text(
        'kind,body,words\nAGREE,"The two sides signed.\nA truce began.",A truce began.\n'
        'AGREE,"The two sides signed.\nA truce began.",a truce began\nAGREE,"The two sides signed.\nA truce began.",\n'
    )
    (tmp_path / "m.yaml").write_text("coder: ben\ncolumns: {type: kind, text: body, quote: words}\n")
    done = imported(ledger, tmp_path / "t.csv", tmp_path / "m.yaml")
    (one,) = told(ledger)
    assert (one.event.evidence.start, one.event.evidence.quote) == (22, "A truce began.")
    assert [b.reason for b in done.bad] == [
        "the quote is not in the text, word for word: 'a truce began'",
        "no quote, though there is a text to quote",
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("4;a;01/02/2014;;feast;;Norway;;;;;;;", "type 'feast' is not in the codebook"),
        ("4;a;01/02/2014;;;;Norway;;;;;;;", "no type"),
        ("4;a;01/02/2014;;offer;veto;Norway;;;;;;;", "PROPOSE has no mode 'veto'"),
        (
            "4;a;01/02/2014;;offer;;Norway;;;31/02/2014;;;;",
            "'31/02/2014' is no date like 2014-03-12, nor like %d/%m/%Y",
        ),
        ("4;a;spring;;offer;;Norway;;;;;;;", "'spring' is no date like 2014-03-12, nor like %d/%m/%Y"),
        ("4;a;01/02/2014;;refusal;;Norway;;;;77;;;", "answers '77', which no row that can be used has as its id"),
        ("1;a;01/02/2014;;offer;;Norway;;;;;;;", "the id '1' stands in an earlier row"),
        ("4;a;b", "3 cells under 14 columns"),
    ],
)
def test_a_bad_row_is_one_line(ledger: Path, tmp_path: Path, row: str, reason: str) -> None:
    """The command names the row and the reason on one line, imports the others, and ends with 1."""
    table = changed(tmp_path, lambda text: text + row + "\n")
    done = CliRunner().invoke(main, ["import", str(ledger), str(table), "--mapping", str(MAPPING)])
    assert done.stderr == f"communique: {table}:5: {reason}\n"
    assert done.stdout == "pages: 2 added, 0 changed, 0 known; 3 events added or changed, 1 rows left out\n"
    assert done.exit_code == 1 and len(told(ledger)) == 3


def test_a_good_table_ends_with_0(ledger: Path) -> None:
    """Nothing is said but the counts."""
    done = CliRunner().invoke(main, ["import", str(ledger), str(TABLE), "--mapping", str(MAPPING)])
    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ("columns: {type: act}", "'coder' must say who coded the events"),
        ("coder: a\ncolumns: {typ: act}", "columns: 'typ' is none of about, according_to"),
        ("coder: a\ncolumns: {about: act}", "'columns' must name the column of 'type'"),
        ("coder: a\ncolumns: {type: [a, b]}", "columns: 'type' is in one column"),
        ("coder: a\ncolumns: {type: act}\nparty_codes: fips", "'party_codes' is one of iso3"),
        ("coder: a\ncolumns: {type: act}\ncolour: red", "the mapping: 'colour' is none of"),
        ("coder: a\ncolumns: {type: act}\ndelimiter: ab", "'delimiter' is one character"),
        ("- a", "the mapping: expected names and values"),
        ("a: [", "no YAML"),
        ("coder: a\ncolumns: {type: deed}\ndelimiter: ';'", "there is no column 'deed'; there are no, paper"),
    ],
)
def test_a_wrong_mapping_is_told_in_one_line(ledger: Path, tmp_path: Path, mapping: str, reason: str) -> None:
    """The file and what is wrong with it; nothing is imported."""
    (tmp_path / "m.yaml").write_text(mapping)
    done = CliRunner().invoke(main, ["import", str(ledger), str(TABLE), "--mapping", str(tmp_path / "m.yaml")])
    assert done.exit_code == 1 and done.stderr.count("\n") == 1
    assert reason in done.stderr and (".yaml" in done.stderr or ".csv" in done.stderr)


@pytest.mark.parametrize(
    ("codes", "cells"), [("cow", "2;395"), ("iso2", "us;IS"), ("iso3", "USA;ISL"), ("gw", "2;395")]
)
def test_codes_of_states_are_read(ledger: Path, tmp_path: Path, codes: str, cells: str) -> None:
    """Parties may be codes of other data sets."""
    (tmp_path / "t.csv").write_text(f"a,b\nCONSULT,{cells}\nCONSULT,zz\n")
    (tmp_path / "m.yaml").write_text(f"coder: a\nparty_codes: {codes}\ncolumns: {{type: a, sources: b}}\n")
    done = imported(ledger, tmp_path / "t.csv", tmp_path / "m.yaml")
    assert [a.id for a in told(ledger)[0].event.sources] == ["USA", "ISL"][: cells.count(";") + 1]
    (bad,) = done.bad
    assert bad.line == 3 and bad.reason.startswith(f"'zz' is no {codes} code")


def test_rows_without_an_article_hang_together_by_answers(ledger: Path, tmp_path: Path) -> None:
    """Where a table names no article, an offer and its answer are one page, and other rows pages of their own."""
    (tmp_path / "t.csv").write_text("n,a,r,d1,d2\n1,PROPOSE,,2014-03-01,2014-03-04\n2,AID,,2014,2014\n3,REJECT,1,,\n")
    (tmp_path / "m.yaml").write_text("coder: a\ncolumns: {id: n, type: a, answers: r, date: [d1, d2]}\n")
    done = imported(ledger, tmp_path / "t.csv", tmp_path / "m.yaml")
    events = {one.event.type: one for one in told(ledger)}
    assert done.pages["added"] == 2 and events["PROPOSE"].page == events["REJECT"].page != events["AID"].page
    assert (events["REJECT"].event.answers, events["PROPOSE"].event.date) == ("e1", "2014-03-01/2014-03-04")
    assert events["AID"].event.date == "2014"


def test_hostile_cells_are_only_words(ledger: Path, tmp_path: Path) -> None:
    """Markup, SQL and control characters are kept as words, or replaced where no database can hold them."""
    cell = "'); DROP TABLE page; --<script>alert(1)</script>\x1b[31m"
    (tmp_path / "t.csv").write_text(f'a,b\nACCUSE,"{cell}"\n')
    (tmp_path / "m.yaml").write_text("coder: a\ncolumns: {type: a, about: b, sources: b}\n")
    assert imported(ledger, tmp_path / "t.csv", tmp_path / "m.yaml").pages["added"] == 1
    assert told(ledger)[0].event.about == cell
    assert imported(ledger, tmp_path / "t.csv", tmp_path / "m.yaml").pages["known"] == 1
    shutil.copy(ledger, tmp_path / "copy.ledger")


def test_the_documents_show_the_example() -> None:
    """The mapping in docs/import.md is the one that is tested."""
    shown = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
    assert MAPPING.read_text(encoding="utf-8").partition("\n")[2] in shown
