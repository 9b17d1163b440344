"""PROV-O and schema.org: rdflib reads both, offline, and the graphs say what the ledger holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV
from sqlalchemy import update

from communique.decision import Decision
from communique.export.iris import iri, licence_iri, safe_url
from communique.export.record import Focus, Record
from communique.export.running import Wanted, opened
from communique.export.turtle import iri_term, literal
from communique.ledger import schema
from communique.ledger.deciding import decide
from communique.ledger.store import Ledger
from export.made import all_bytes, export, make_ledger

COMM = Namespace("urn:communique:terms:")
SCHEMA = Namespace("https://schema.org/")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger's file, with one decision."""
    path = make_ledger(tmp_path_factory.mktemp("linked") / "made.ledger")
    with Ledger.open(path) as store:
        decide(
            store, Decision('Ána <the> "second"', "event", "190cde5cb22a3443-e1", "accept", "2026-01-02T03:04:05+00:00")
        )
        with store.writing() as connection:
            connection.execute(update(schema.decision).values(decided="2026-01-02T03:04:05+00:00"))
    return path


@pytest.fixture(scope="module")
def out(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both formats."""
    folder = tmp_path_factory.mktemp("out")
    export(ledger, folder, "prov,claims")
    return folder


@pytest.fixture(scope="module")
def prov(out: Path) -> Graph:
    """The provenance."""
    return Graph().parse(out / "prov" / "provenance.ttl", format="turtle")


@pytest.fixture(scope="module")
def claims(out: Path) -> Graph:
    """The claims."""
    return Graph().parse(out / "claims" / "claims.jsonld", format="json-ld")


def named(kind: str, name: str) -> URIRef:
    """The name of a thing."""
    return URIRef(iri(kind, name))


def record_of(ledger: Path) -> tuple[list, list, list]:
    """Events, moves and threads of the ledger."""
    with opened(str(ledger), Wanted(focus=Focus())) as (record, _):
        assert isinstance(record, Record)
        return list(record.told()), list(record.moves()), list(record.threads())


def test_every_event_comes_from_its_page_and_its_coder(ledger: Path, prov: Graph) -> None:
    """Quoted from the page, made by the coding, with the exact words."""
    told, _, _ = record_of(ledger)
    assert len(set(prov.subjects(RDF.type, COMM.Event))) == len(told)
    for one in told:
        event = named("event", one.key)
        assert prov.value(event, PROV.wasQuotedFrom) == named("page", one.page.key)
        assert str(prov.value(event, PROV.value)) == one.event.evidence.quote.replace("\x08", "\ufffd")
        coding = prov.value(event, PROV.wasGeneratedBy)
        agent = prov.value(coding, PROV.wasAssociatedWith)
        assert prov.value(agent, FOAF.name) == Literal("sample 1")
        assert prov.value(coding, PROV.used) == named("codebook", "1.2")


def test_the_chain_of_sources_is_walked_from_the_event_to_the_fact(ledger: Path, prov: Graph) -> None:
    """From the event through each account to the one nearest to the fact, in the order of the page."""
    told, _, _ = record_of(ledger)
    assert any(one.event.according_to for one in told)
    for one in told:
        walked, place = [], prov.value(named("event", one.key), PROV.wasDerivedFrom)
        while place is not None:
            walked.append(str(prov.value(prov.value(place, PROV.wasAttributedTo), FOAF.name)))
            place = prov.value(place, PROV.wasDerivedFrom)
        assert tuple(reversed(walked)) == one.event.according_to


def test_moves_derive_from_events_and_threads_collect_moves(ledger: Path, prov: Graph) -> None:
    """With every report of each move and every move of each thread."""
    _, moves, threads = record_of(ledger)
    for move in moves:
        assert set(prov.objects(named("move", move.id), PROV.wasDerivedFrom)) == {
            named("event", k) for k in move.reports
        }
    for thread in threads:
        assert set(prov.objects(named("thread", thread.id), PROV.hadMember)) == {named("move", k) for k in thread.moves}


def test_decisions_are_activities_of_people(prov: Graph) -> None:
    """Who decided what on which event, and when."""
    decision = next(prov.subjects(RDF.type, COMM.Decision))
    assert prov.value(prov.value(decision, PROV.wasAssociatedWith), FOAF.name) == Literal('Ána <the> "second"')
    assert prov.value(decision, PROV.used) == named("event", "190cde5cb22a3443-e1")
    assert str(prov.value(decision, COMM.judgement)) == "accept"


def test_licence_and_citation_are_in_both_graphs(prov: Graph, claims: Graph) -> None:
    """As properties of the data set."""
    data = named("collection", "prov")
    assert prov.value(data, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert str(prov.value(data, DCTERMS.bibliographicCitation)) == "The Skarv Bank data & notes"
    data = named("collection", "claims")
    assert str(claims.value(data, SCHEMA.citation)) == "The Skarv Bank data & notes"
    assert "codebook 1.2" in str(claims.value(data, SCHEMA.creditText))


def test_claims_appear_in_the_pages_that_report_them(ledger: Path, claims: Graph) -> None:
    """A claim a move, with its words, its parties and every page."""
    _, moves, _ = record_of(ledger)
    assert set(claims.subjects(RDF.type, SCHEMA.Claim)) == {named("move", move.id) for move in moves}
    for move in moves:
        claim = named("move", move.id)
        assert str(claims.value(claim, SCHEMA.text)) == move.quote
        pages = {named("page", key.rpartition("-")[0]) for key in move.reports}
        assert set(claims.objects(claim, SCHEMA.appearance)) == pages
        act = claims.value(claim, SCHEMA.about)
        assert set(claims.objects(act, SCHEMA.agent)) == {named("actor", actor) for actor in move.actors}
        assert set(claims.objects(act, SCHEMA.participant)) == {named("actor", actor) for actor in move.targets}


def test_articles_hold_quotations_with_their_creators_in_order(ledger: Path, claims: Graph) -> None:
    """Each report's words belong to its page, and the chain of sources keeps its order."""
    told, _, _ = record_of(ledger)
    for one in told:
        event = named("event", one.key)
        assert (named("page", one.page.key), SCHEMA.hasPart, event) in claims
        assert str(claims.value(event, SCHEMA.text)) == one.event.evidence.quote
        chain = claims.value(event, SCHEMA.creator)
        found = tuple(str(claims.value(item, SCHEMA.name)) for item in claims.items(chain)) if chain else ()
        assert found == one.event.according_to


def test_articles_say_headline_outlet_and_day(claims: Graph) -> None:
    """The facts of a page in schema.org's words."""
    page = named("page", "6ac79a266e2f6eeb")
    assert (page, RDF.type, SCHEMA.NewsArticle) in claims
    assert str(claims.value(page, SCHEMA.headline)) == "Iceland Turns Down Norway's Offer on Skarv Bank"
    assert str(claims.value(claims.value(page, SCHEMA.publisher), SCHEMA.name)) == "Sample Herald"
    assert str(claims.value(page, SCHEMA.datePublished)) == "2014-03-12"


def test_nothing_has_to_be_fetched_to_read_them(out: Path) -> None:
    """The context of JSON-LD is in the file."""
    made = json.loads((out / "claims" / "claims.jsonld").read_text(encoding="utf-8"))
    assert made["@context"]["@vocab"] == "https://schema.org/"


def test_words_and_names_cannot_leave_their_place() -> None:
    """Quotes, line ends and angle brackets are escaped in literals and in names."""
    words = 'x" . <urn:c>\n\\'
    turtle = f"<urn:a> <urn:b> {literal(words)} , {iri_term('urn:d> <urn:e')} ."
    graph = Graph().parse(data=turtle, format="turtle")
    assert {str(o) for o in graph.objects()} == {words, "urn:d%3E%20%3Curn:e"}
    assert iri("actor", 'a"><b/../#?') == "urn:communique:actor:a%22%3E%3Cb%2F..%2F%23%3F"
    assert safe_url("javascript:x") is None and safe_url("https://a.example/<b>") == "https://a.example/%3Cb%3E"
    assert licence_iri("ODbL-1.0") == "https://spdx.org/licenses/ODbL-1.0"


def test_the_same_ledger_gives_the_same_bytes(ledger: Path, out: Path, tmp_path: Path) -> None:
    """Another export does not differ."""
    export(ledger, tmp_path, "prov,claims")
    assert all_bytes(tmp_path) == all_bytes(out)
