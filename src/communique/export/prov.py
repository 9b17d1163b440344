"""PROV-O: where each event came from, as RDF in Turtle. https://www.w3.org/TR/prov-o/

A page is an entity. An event is an entity quoted from its page, made by the coding (an activity) of a coder (an agent).
Where the page names sources, the event derives from the account of the last one, that from the account of the one
before, and so on to the one nearest to the fact; each account is attributed to its source. A move derives from its
events, a thread is a collection of moves, and a person's decision is an activity that used an event.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique.decision import Decision
from communique.export.iris import TERMS, iri, licence_iri, safe_url
from communique.export.metadata import CodedBy, Metadata
from communique.export.record import PageRow, Record, Told
from communique.export.turtle import Subject, iri_term, literal, typed
from communique.move import Move
from communique.thread import Thread

PREFIXES = {
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "comm": TERMS,
}
DATA = iri("collection", "prov")
LINKING = iri("activity", "linking")


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write ``provenance.ttl``."""
    with (folder / "provenance.ttl").open("w", encoding="utf-8", errors="replace", newline="") as file:
        file.writelines(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
        file.writelines(subject.written() for subject in _subjects(record, metadata))


def _subjects(record: Record, metadata: Metadata) -> Iterator[Subject]:
    yield _data(metadata)
    yield from _making(metadata)
    page = None
    for told in record.told():
        if told.page != page:
            page = told.page
            yield _page(page)
        yield from _event(told)
    yield from (_move(move) for move in record.moves())
    yield from (_thread(thread) for thread in record.threads())
    for decision in record.decisions():
        yield from _decision(decision)


def _data(metadata: Metadata) -> Subject:
    made = Subject(DATA, "prov:Entity", "prov:Collection")
    made.add("dcterms:title", literal(metadata.title))
    made.add("dcterms:license", iri_term(licence_iri(metadata.licence)))
    made.add("dcterms:rights", literal(metadata.licence_note))
    made.add("dcterms:bibliographicCitation", literal(metadata.citation))
    made.add("comm:ledgerVersion", *([literal(metadata.ledger_version)] if metadata.ledger_version else []))
    return made


def _making(metadata: Metadata) -> Iterator[Subject]:
    """The coders with their activities and codebooks, and the linking."""
    for by in metadata.coders:
        agent = Subject(_coder(by), "prov:SoftwareAgent")
        agent.add("foaf:name", literal(f"{by.coder} {by.coder_version}"))
        yield agent
        plan = Subject(iri("codebook", by.codebook_version), "prov:Plan", "prov:Entity")
        plan.add("dcterms:title", literal(f"Communique codebook {by.codebook_version}"))
        yield plan
        coding = Subject(_coding(by), "prov:Activity")
        coding.add("prov:wasAssociatedWith", iri_term(_coder(by)))
        coding.add("prov:used", iri_term(plan.name))
        yield coding
    program = iri("coder", f"communique {metadata.communique_version}")
    agent = Subject(program, "prov:SoftwareAgent")
    agent.add("foaf:name", literal(f"Communique {metadata.communique_version}"))
    yield agent
    linking = Subject(LINKING, "prov:Activity")
    linking.add("prov:wasAssociatedWith", iri_term(program))
    yield linking


def _coder(by: CodedBy) -> str:
    return iri("coder", f"{by.coder} {by.coder_version}")


def _coding(by: CodedBy) -> str:
    return iri("activity", f"coding {by.coder} {by.coder_version} {by.codebook_version}")


def _page(page: PageRow) -> Subject:
    made = Subject(iri("page", page.key), "prov:Entity")
    made.add("dcterms:title", *_literals(page.title))
    made.add("dcterms:publisher", *_literals(page.outlet))
    made.add("dcterms:creator", *_literals(page.byline))
    made.add("dcterms:issued", *_dates(page.published))
    made.add("prov:atLocation", *([iri_term(url)] if (url := safe_url(page.url)) else []))
    made.add("comm:sha256", literal(page.digest))
    return made


def _event(told: Told) -> Iterator[Subject]:
    event = told.event
    made = Subject(iri("event", told.key), "prov:Entity", "comm:Event")
    made.add("prov:wasQuotedFrom", iri_term(iri("page", told.page.key)))
    made.add("prov:wasGeneratedBy", iri_term(_coding(told.by)))
    made.add("prov:value", literal(event.evidence.quote))
    made.add("dcterms:type", literal("/".join(filter(None, (event.type, event.mode)))))
    made.add("comm:start", typed(event.evidence.start, "integer"))
    made.add("comm:end", typed(event.evidence.end, "integer"))
    made.add("comm:status", literal(event.status))
    made.add("comm:source", *(iri_term(iri("actor", actor.id)) for actor in event.sources))
    made.add("comm:target", *(iri_term(iri("actor", actor.id)) for actor in event.targets))
    made.add("comm:date", *_literals(event.date))
    accounts = [iri("account", f"{told.key}-{n}") for n, _ in enumerate(event.according_to, 1)]
    made.add("prov:wasDerivedFrom", *(iri_term(account) for account in accounts[-1:]))
    yield made
    for n, (account, source) in enumerate(zip(accounts, event.according_to, strict=True)):
        yield from _account(account, source, accounts[n - 1] if n else None)


def _account(name: str, source: str, before: str | None) -> Iterator[Subject]:
    """What one source told, and whom it had it from."""
    made = Subject(name, "prov:Entity", "comm:Account")
    made.add("prov:wasAttributedTo", iri_term(iri("source", source)))
    made.add("prov:wasDerivedFrom", *([iri_term(before)] if before else []))
    yield made
    agent = Subject(iri("source", source), "prov:Agent")
    agent.add("foaf:name", literal(source))
    yield agent


def _move(move: Move) -> Subject:
    made = Subject(iri("move", move.id), "prov:Entity", "comm:Move")
    made.add("prov:wasDerivedFrom", *(iri_term(iri("event", key)) for key in move.reports))
    made.add("comm:contestedBy", *(iri_term(iri("event", key)) for key in move.contested))
    made.add("prov:wasGeneratedBy", iri_term(LINKING))
    made.add("dcterms:type", literal("/".join(filter(None, (move.type, move.mode)))))
    return made


def _thread(thread: Thread) -> Subject:
    made = Subject(iri("thread", thread.id), "prov:Collection", "comm:Thread")
    made.add("prov:hadMember", *(iri_term(iri("move", key)) for key in thread.moves))
    made.add("prov:wasGeneratedBy", iri_term(LINKING))
    made.add("dcterms:subject", *_literals(thread.matter))
    made.add("comm:outcome", literal(thread.outcome))
    return made


def _decision(decision: Decision) -> Iterator[Subject]:
    who = iri("person", decision.who)
    made = Subject(iri("decision", str(decision.id)), "prov:Activity", "comm:Decision")
    made.add("prov:wasAssociatedWith", iri_term(who))
    made.add("prov:used", *(iri_term(iri("event", key)) for key in (decision.target, decision.other) if key))
    made.add("prov:endedAtTime", typed(decision.decided, "dateTime"))
    made.add("comm:judgement", literal(decision.judgement))
    made.add("comm:field", *_literals(decision.field))
    made.add("comm:value", *([literal(json.dumps(decision.value, ensure_ascii=False))] if decision.field else []))
    made.add("comm:withdrawn", *([typed(decision.withdrawn, "dateTime")] if decision.withdrawn else []))
    yield made
    person = Subject(who, "prov:Person")
    person.add("foaf:name", literal(decision.who))
    yield person


def _literals(words: str | None) -> Iterable[str]:
    return [literal(words)] if words else []


def _dates(date: str | None) -> Iterable[str]:
    """A date as XML Schema types it, by how fine it is."""
    kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
    return [typed(date, kinds[len(date)])] if date and len(date) in kinds else _literals(date)
