"""PLOVER, CAMEO and the codes of states and parties: the maps are whole, and both exports are what the ledger holds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pandas
import pytest
from click.testing import CliRunner

from communique import codebook
from communique.cli import main
from communique.event import Event
from communique.export.codes import Codes, codes_of, read
from communique.export.codes.entities import cameo_code, cameo_entity, plover_entity
from communique.export.codes.maps import cameo, cameo_map, goldstein, plover, plover_map, plover_scores, quad_class
from communique.export.record import Told
from communique.export.running import Wanted, opened
from export.tables_made import Row, fill, rows

# PLOVER manual, February 2024, chapter 3: the sixteen categories and their modes.
SIXTEEN = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone"
    " heavy-weapons crowd-control unconventional",
}
EVERY = [(kind.name, mode) for kind in codebook.types() for mode in ("", *(m.name for m in kind.modes))]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger's file."""
    return fill(str(tmp_path_factory.mktemp("codes") / "made.ledger"))


@pytest.fixture(scope="module")
def told(ledger: str) -> list[Told]:
    """Its events as they stand."""
    with opened(ledger, Wanted()) as (record, _):
        return list(record.told())


@pytest.fixture(scope="module")
def out(ledger: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both formats."""
    folder = tmp_path_factory.mktemp("out")
    done = CliRunner().invoke(main, ["export", ledger, str(folder), "--format", "plover,cameo"])
    assert done.exit_code == 0, done.output
    return folder


def test_plover_has_the_manuals_sixteen_events_and_modes() -> None:
    """Each with its quad class, four events or five in each."""
    assert set(plover_scores()) == {(event, mode) for event, modes in SIXTEEN.items() for mode in ("", *modes.split())}
    quads = Counter(plover_scores()[event, ""][0] for event in SIXTEEN)
    assert quads == {1: 4, 2: 3, 3: 4, 4: 5}


def test_both_maps_hold_every_type_and_mode_of_the_codebook() -> None:
    """None is missing, none is left over, and each leads to something that is there."""
    assert list(plover_map()) == list(cameo_map()) == EVERY
    assert all((to.event, to.mode or "") in plover_scores() for to in plover_map().values())
    assert all(to.code in goldstein() for to in cameo_map().values())


def test_plover_follows_the_codebook() -> None:
    """Where the codebook rolls a mode up, so does the map; the 2024 manual puts a resignation with RETREAT."""
    for kind in codebook.types():
        for mode in kind.modes:
            to = plover(kind.name, mode.name)
            assert to and (to.event == mode.plover or (kind.name, mode.name) == ("CONCEDE", "resign"))


def test_a_strange_mode_goes_the_way_of_its_type() -> None:
    """A strange type has no code."""
    assert plover("PROPOSE", "talks") == plover("PROPOSE", None) and cameo("REJECT", "x") == cameo("REJECT", None)
    assert plover("MUMBLE", None) is None and cameo("MUMBLE", "offer") is None


@pytest.mark.parametrize(
    ("actor", "cow", "gw", "iso3", "isonum"),
    [
        ("USA", 2, 2, "USA", "840"),
        ("DEU", 255, 260, "DEU", "276"),
        ("YEM", 679, 678, "YEM", "887"),
        ("SRB", 345, 340, "SRB", "688"),
        ("VNM", 816, 816, "VNM", "704"),
        ("KOS", 347, 347, None, None),
        ("ATG", 58, None, "ATG", "028"),
        ("PSE", None, None, "PSE", "275"),
        ("hamas", None, None, None, None),
    ],
)
def test_codes_of_states(actor: str, cow: int | None, gw: int | None, iso3: str | None, isonum: str | None) -> None:
    """Correlates of War and Gleditsch-Ward differ on a few; what has no code has none."""
    found = codes_of(actor)
    assert (found.cow, found.gw, found.iso3, found.isonum) == (cow, gw, iso3, isonum)


def test_no_code_means_two_states() -> None:
    """Each code is of one state only."""
    for name in ("cow", "gw", "iso2", "iso3", "isonum", "cow_abbreviation", "cameo"):
        codes = [row[name] for row in read("states.csv") if row[name]]
        assert len(codes) == len(set(codes)) and len(codes) > 170
    assert codes_of("nobody") == Codes()


@pytest.mark.parametrize(
    ("actor", "code", "in_cameo", "in_plover"),
    [
        ("SYR", "SYR", ("SYR", None), ("SYR", None)),
        ("syrian-rebels", "SYRREB", ("SYR", "REB"), ("SYR", "REB")),
        ("syrian-opposition", "SYROPP", ("SYR", "OPP"), ("SYR", "OPP")),
        ("south-african-civilians", "ZAFCVL", ("ZAF", "CVL"), ("ZAF", "CVL")),
        ("hamas", "PSEREBHMS", ("PSE", "REB"), ("PSE", "REB")),
        ("likud", "ISR", ("ISR", None), ("ISR", None)),
        ("UN", "IGOUNO", (None, "IGO"), ("UNO", None)),
        ("EU", "IGOEUREEC", (None, "IGO"), ("EUR", None)),
        ("OPCW", "IGO", (None, "IGO"), ("IGO", None)),
        ("KOS", "KSV", ("KSV", None), ("KOS", None)),
        ("unknown", "UNK", (None, "UNK"), (None, "UNK")),
        ("martian-rebels", None, (None, None), (None, None)),
        ("west", None, (None, None), (None, None)),
    ],
)
def test_parties_have_countries_and_sectors(
    actor: str, code: str | None, in_cameo: tuple[str | None, ...], in_plover: tuple[str | None, ...]
) -> None:
    """From the tables, else from the id's own words; None where neither says."""
    assert (cameo_code(actor), cameo_entity(actor), plover_entity(actor)) == (code, in_cameo, in_plover)


@pytest.mark.parametrize(("code", "quad"), [("050", 1), ("0874", 2), ("112", 3), ("190", 4), ("204", 4)])
def test_quad_classes(code: str, quad: int) -> None:
    """Verbal and material, cooperation and conflict."""
    assert quad_class(code) == quad


def mapped(event: Event) -> bool:
    """Whether the codebook has the event's type."""
    return event.type in {kind.name for kind in codebook.types()}


def test_plover_records_are_the_ledgers_events(out: Path, told: list[Told]) -> None:
    """Ids, parties, words, status; all parties of a symmetric act are actors."""
    with (out / "plover" / "events.jsonl").open(encoding="utf-8", newline="\n") as file:
        records = [json.loads(line) for line in file]
    assert [record["id"] for record in records] == [one.key for one in told if mapped(one.event)]
    events = {one.key: one for one in told}
    for record in records:
        one = events[record["id"]]
        parties = [entity["identifier_id"] for entity in (*record["actor"], *record["recipient"])]
        assert parties == [actor.id for actor in (*one.event.sources, *one.event.targets)]
        both = one.event.type in codebook.symmetric() and one.event.mode != "visit"
        assert len(record["actor"]) == (len(parties) if both else len(one.event.sources))
        assert record["event_text"] == [e.quote for e in (one.event.evidence, *one.event.mentions)]
        assert ("future" in record["context"], "negation" in record["context"]) == (
            one.event.status == "planned",
            one.event.status == "negated",
        )
        assert (record["event"][0], (record["mode"] or [""])[0]) in plover_scores()
        assert record["link"] == one.move and record["cite_info"]["publication"] == one.page.outlet


def test_plover_tsv_is_the_same_rows(out: Path) -> None:
    """As pandas reads it: one row a record."""
    table = pandas.read_csv(out / "plover" / "events.tsv", sep="\t", dtype=str, keep_default_na=False)
    with (out / "plover" / "events.jsonl").open(encoding="utf-8", newline="\n") as file:
        records = [json.loads(line) for line in file]
    assert list(table["id"]) == [record["id"] for record in records]
    assert list(table["event"]) == [record["event"][0] for record in records]
    assert list(table["event_text"]) == [record["event_text"][0] for record in records]
    assert list(table["actor"]) == [";".join(e["identifier_id"] for e in record["actor"]) for record in records]
    assert list(table["date"]) == [record["date"] or "" for record in records]


def test_cameo_has_a_row_for_each_source_and_target(out: Path, told: list[Told]) -> None:
    """Of acts that took place; planned ones and those that did not happen would count as done."""
    pairs = [
        (one.key, source, target)
        for one in told
        if one.event.status in ("actual", "alleged") and mapped(one.event)
        for source in [a.id for a in one.event.sources] or [""]
        for target in [a.id for a in one.event.targets] or [""]
    ]
    listed = rows(out / "cameo" / "rows.csv")
    assert pairs and [(row["event"], row["source"], row["target"]) for row in listed] == pairs
    assert [row["row"] for row in listed] == [str(n) for n in range(1, len(pairs) + 1)]


def test_gdelt_columns(out: Path, told: list[Told]) -> None:
    """Fifty-eight, with codes, days where they are known, Goldstein's scale and the class of its root."""
    listed = rows(out / "cameo" / "gdelt.tsv", "\t")
    keys = {row["row"]: row["event"] for row in rows(out / "cameo" / "rows.csv")}
    events = {one.key: one.event for one in told}
    assert len(listed[0]) == 58 and len(listed) == len(keys)
    for row in listed:
        event = events[keys[row["GLOBALEVENTID"]]]
        day = event.date if event.date and len(event.date) == 10 else ""
        assert row["SQLDATE"] == day.replace("-", "") and row["Year"] == (event.date or "")[:4]
        assert row["EventRootCode"] == row["EventCode"][:2] and row["EventBaseCode"] == row["EventCode"][:3]
        assert float(row["GoldsteinScale"]) == goldstein()[row["EventCode"]]
        assert int(row["QuadClass"]) == quad_class(row["EventCode"])
        assert row["Actor1Name"] in {"", *(a.name for a in event.sources)}
        assert int(row["NumMentions"]) == 1 + len(event.mentions)


def test_icews_columns(out: Path) -> None:
    """Twenty, of the same rows, with the same codes and intensities."""
    gdelt, icews = rows(out / "cameo" / "gdelt.tsv", "\t"), rows(out / "cameo" / "icews.tsv", "\t")
    assert len(icews[0]) == 20
    assert [(r["Event ID"], r["CAMEO Code"], r["Intensity"], r["Source Name"]) for r in icews] == [
        (r["GLOBALEVENTID"], r["EventCode"], r["GoldsteinScale"], r["Actor1Name"]) for r in gdelt
    ]


@pytest.mark.parametrize("name", ["plover", "cameo"])
def test_what_is_lost_is_counted(out: Path, told: list[Told], name: str) -> None:
    """Terms, chains of sources, claims that are only alleged, and what a type means are said to be gone."""
    lost: list[Row] = rows(out / name / "lost.csv")
    counts = {(row["what"], row["of"]): int(row["events"]) for row in lost}
    kept = [one.event for one in told if name == "plover" or one.event.status in ("actual", "alleged")]
    assert counts["terms", ""] == sum(bool(event.terms) for event in kept if mapped(event))
    assert counts["according_to", ""] == sum(bool(event.according_to) for event in kept if mapped(event))
    assert counts["status", "alleged"] == sum(event.status == "alleged" for event in kept if mapped(event))
    assert all(row["why"] for row in lost)
