"""FollowTheMoney: actors, pages and events as entities, and the same as statements. https://followthemoney.tech

``entities.ftm.json`` (an entity a line) goes into Aleph and OpenAleph; ``statements.csv`` into nomenklatura. An event
is an ``Event`` with its page as proof, and an ``UnknownLink`` from each source to each target, which draws the network.
FollowTheMoney has no place for terms, mentions, answers or offsets: ``lost.csv``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from communique.export.acts import names, write_lost
from communique.export.codes import codes_of
from communique.export.ftm_statements import Entity, Statements
from communique.export.iris import safe_url
from communique.export.metadata import Metadata
from communique.export.record import PageRow, Party, Record, Told
from communique.export.xml_text import guid, safe
from communique.linking.days import bounds
from communique.web.wording import listed, verb

SCHEMATA = {"state": "PublicBody", "igo": "Organization", "group": "Organization", "person": "Person"}
TOPICS = {"state": "gov.national", "igo": "gov.igo"}
LOST = [
    ("terms", "no property: they are in the csv, parquet and annotations formats"),
    ("mentions and offsets", "no property: they are in annotations"),
    ("answers, moves, threads, disputes", "no schema: they are in csv and parquet"),
    ("chain of sources", "in the notes of an event, in order, as words"),
    ("SHA-256 of a page", "contentHash takes SHA-1 only: it stands in the notes of the article"),
    ("confidence", "in the notes of an event"),
]


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write ``entities.ftm.json``, ``statements.csv``, ``dataset.json`` and ``lost.csv``."""
    made = folder / "entities.ftm.json"
    with made.open("w", encoding="utf-8", newline="") as file, Statements(folder / "statements.csv") as statements:
        for entity in entities(record):
            file.write(json.dumps(entity.to_dict(), ensure_ascii=False) + "\n")
            statements.add(entity)
    dataset = {
        "name": "communique",
        "title": metadata.title,
        "summary": metadata.citation,
        "license": metadata.licence,
        **metadata.to_dict(),
    }
    (folder / "dataset.json").write_text(json.dumps(dataset, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    write_lost(folder, LOST)


def entities(record: Record) -> Iterator[Entity]:
    """Actors, then each page with its events."""
    called = names(record)
    yield from (_party(party, called) for party in record.parties())
    page = None
    for told in record.told():
        if told.page != page:
            page = told.page
            yield _article(page)
        yield _event(told, called)
        yield from _links(told)


@lru_cache(maxsize=65536)
def _id(kind: str, *names: str) -> str:
    """Ids are letters and digits only, whatever pages wrote: tools split them at signs."""
    return f"{kind}-{guid('ftm', kind, *names)}"


def _party(party: Party, called: dict[str, str]) -> Entity:
    country = codes_of(party.id).iso2 if party.kind == "state" else None
    named = called[party.id]
    return Entity(
        _id("actor", party.id),
        SCHEMATA.get(party.kind, "LegalEntity"),
        name=[named],
        alias=[party.name] if party.name != named else [],
        country=[country.lower()] if country else [],
        topics=[TOPICS[party.kind]] if party.kind in TOPICS else [],
        notes=[f"Communique id: {safe(party.id)}"],
    )


def _article(page: PageRow) -> Entity:
    return Entity(
        _id("page", page.key),
        "Article",
        title=[page.title],
        author=[page.byline],
        publisher=[page.outlet],
        publishedAt=_date(page.published),
        sourceUrl=[safe_url(page.url)],
        notes=[f"Communique page: {page.key}", f"SHA-256: {page.digest}"],
    )


def _event(told: Told, called: dict[str, str]) -> Entity:
    event = told.event
    first, _, last = (event.date or "").partition("/")
    ids = [_id("actor", actor.id) for actor in (*event.sources, *event.targets)]
    chain = " < ".join(event.according_to)
    return Entity(
        _id("event", told.key),
        "Event",
        name=[_name(told, called)],
        involved=list(dict.fromkeys(ids)),
        organizer=list(dict.fromkeys(_id("actor", actor.id) for actor in event.sources)),
        date=_date(first) if not last else [],
        startDate=_date(first) if last else [],
        endDate=_date(last),
        location=[event.place],
        summary=[event.about],
        description=[event.evidence.quote],
        keywords=[event.type, f"{event.type}/{event.mode}" if event.mode else None],
        recordId=[told.key],
        proof=[_id("page", told.page.key)],
        publisher=[told.page.outlet],
        notes=[
            f"Status: {event.status}",
            f"Confidence: {event.confidence:.3f}",
            f"According to: {chain}" if chain else None,
            f"Coded by {told.by.coder} {told.by.coder_version}, codebook {told.by.codebook_version}",
        ],
    )


def _name(told: Told, called: dict[str, str]) -> str:
    event = told.event
    who = listed([called.get(actor.id, actor.name) for actor in event.sources], 6) or "Somebody"
    whom = listed([called.get(actor.id, actor.name) for actor in event.targets], 6)
    done = verb(event.type, len(event.sources), len(event.targets))
    return " ".join(part for part in (who, done, whom) if part)


def _links(told: Told) -> Iterator[Entity]:
    """From each source to each target; nobody is linked to themselves."""
    event = told.event
    first, _, last = (event.date or "").partition("/")
    pairs = dict.fromkeys((a.id, b.id) for a in event.sources for b in event.targets if a.id != b.id)
    for source, target in pairs:
        yield Entity(
            _id("link", told.key, source, target),
            "UnknownLink",
            subject=[_id("actor", source)],
            object=[_id("actor", target)],
            role=["/".join(filter(None, (event.type, event.mode)))],
            status=[event.status],
            date=_date(first) if not last else [],
            startDate=_date(first) if last else [],
            endDate=_date(last),
            summary=[event.about],
            recordId=[told.key],
            sourceUrl=[safe_url(told.page.url)],
        )


def _date(date: str | None) -> list[Any]:
    return [date] if date and bounds(date) else []
