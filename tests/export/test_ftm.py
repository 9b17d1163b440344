"""FollowTheMoney: its own library takes every entity and statement, and they say what the ledger holds."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from followthemoney import model
from followthemoney.proxy import EntityProxy

from communique.export.ftm_statements import TYPES
from communique.export.record import Focus, Told
from communique.export.running import Wanted, opened
from export.made import all_bytes, export, make_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger's file."""
    return make_ledger(tmp_path_factory.mktemp("ftm") / "made.ledger")


@pytest.fixture(scope="module")
def folder(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the export."""
    return export(ledger, tmp_path_factory.mktemp("out"), "ftm")


def entities(folder: Path) -> list[EntityProxy]:
    """The entities as the library reads them, every value cleaned and checked by it."""
    lines = (folder / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    return [model.get_proxy(json.loads(line), cleaned=False) for line in lines]


def told(ledger: Path) -> list[Told]:
    """The events of the ledger."""
    with opened(str(ledger), Wanted(focus=Focus())) as (record, _):
        return list(record.told())


def test_the_library_takes_every_value_as_it_is(folder: Path) -> None:
    """Cleaning by the library drops nothing and changes nothing, and each schema validates."""
    lines = [json.loads(line) for line in (folder / "entities.ftm.json").read_text(encoding="utf-8").splitlines()]
    for line, proxy in zip(lines, entities(folder), strict=True):
        proxy.schema.validate(line)
        assert {name: set(proxy.get(name)) for name in line["properties"]} == {
            name: set(values) for name, values in line["properties"].items()
        }


def test_every_entity_that_is_pointed_to_is_there(folder: Path) -> None:
    """No edge hangs in the air, and no id comes twice."""
    found = entities(folder)
    ids = [proxy.id for proxy in found]
    assert len(ids) == len(set(ids))
    pointed = {value for proxy in found for prop, value in proxy.itervalues() if prop.type.name == "entity"}
    assert pointed <= set(ids)


def test_events_say_what_the_ledger_holds(ledger: Path, folder: Path) -> None:
    """Quote, matter, date, parties and page of each event are found again."""
    found = {p.first("recordId"): p for p in entities(folder) if p.schema.name == "Event"}
    names = {p.id: p.first("notes") for p in entities(folder) if str(p.id).startswith("actor-")}
    held = told(ledger)
    assert len(found) == len(held)
    for one in (one for one in held if one.page.outlet and one.page.outlet.startswith("Sample")):
        event, proxy = one.event, found[one.key]
        assert proxy.first("description") == event.evidence.quote
        assert proxy.first("summary") == event.about
        assert {names[i] for i in proxy.get("organizer")} == {f"Communique id: {a.id}" for a in event.sources}
        assert {names[i] for i in proxy.get("involved")} == {
            f"Communique id: {a.id}" for a in (*event.sources, *event.targets)
        }
        dates = [d for d in (event.date or "").split("/") if d]
        assert [d for n in ("date", "startDate", "endDate") for d in proxy.get(n)] == dates


def test_links_join_each_source_with_each_target(ledger: Path, folder: Path) -> None:
    """As many links as ordered pairs of different parties, each with the event's type."""
    links = [proxy for proxy in entities(folder) if proxy.schema.name == "UnknownLink"]
    pairs = {
        (o.key, a.id, b.id) for o in told(ledger) for a in o.event.sources for b in o.event.targets if a.id != b.id
    }
    assert len(links) == len(pairs) > 20
    assert {"PROPOSE/offer", "REJECT"} & {link.first("role") for link in links}


def test_states_have_countries_and_topics(folder: Path) -> None:
    """Norway is a public body of country ``no``."""
    norway = next(proxy for proxy in entities(folder) if proxy.caption == "Norway")
    assert (norway.schema.name, norway.get("country"), norway.get("topics")) == ("PublicBody", ["no"], ["gov.national"])


def test_statements_make_the_same_entities(folder: Path) -> None:
    """The rows, put together by entity, are entities that the library takes, with the same values; each id is new."""
    with (folder / "statements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["id"] for row in rows}) == len(rows)
    made = {r["entity_id"]: model.make_entity(r["schema"], key_prefix=None) for r in rows if r["prop"] == "id"}
    for row in rows:
        if row["prop"] == "id":
            made[row["entity_id"]].id = row["entity_id"]
        else:
            made[row["entity_id"]].add(row["prop"], row["value"], cleaned=False)
    wanted = {proxy.id: proxy for proxy in entities(folder)}
    assert made.keys() == wanted.keys()
    for key, proxy in wanted.items():
        assert made[key].schema == proxy.schema
        assert {p.name: set(proxy.get(p)) for p in proxy.iterprops()} == {
            p.name: set(made[key].get(p)) for p in made[key].iterprops()
        }


def test_the_types_of_properties_are_the_models() -> None:
    """The table of property types says what the library's model says."""
    schemata = [model.get(name) for name in ("Event", "UnknownLink", "Article", "Person", "PublicBody")]
    properties = {name: prop for schema in schemata if schema for name, prop in schema.properties.items()}
    assert {name: properties[name].type.name for name in TYPES} == TYPES


def test_licence_and_versions_are_beside_it(folder: Path) -> None:
    """FollowTheMoney's entities have no place for them; the data set's description has."""
    said = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
    assert said["license"] == "CC-BY-4.0" and said["codebook_versions"] == ["1.2"]
    assert said["coders"] == [{"coder": "sample", "coder_version": "1", "codebook_version": "1.2"}]
    assert "terms" in (folder / "lost.csv").read_text(encoding="utf-8")


def test_the_same_ledger_gives_the_same_bytes(ledger: Path, folder: Path, tmp_path: Path) -> None:
    """Another export does not differ."""
    assert all_bytes(export(ledger, tmp_path, "ftm")) == all_bytes(folder)
