"""The plover format: events in PLOVER's sixteen types and modes, after the manual of February 2024.

``events.jsonl`` has one record a line with the manual's field names, ``events.tsv`` the same one row an event (lists
divided by a semicolon), ``lost.csv`` what PLOVER cannot hold. Events of symmetric types have all parties as actors and
no recipient, save visits, as the manual has it. A date that is not known to the day runs from ``date`` to ``enddate``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique import codebook
from communique.export.chunks import batches
from communique.export.codes.entities import plover_entity
from communique.export.codes.maps import Plover, plover, plover_scores
from communique.export.csv_lines import create, lines
from communique.export.dates import days
from communique.export.lost import Lost
from communique.export.metadata import Metadata
from communique.export.record import EventRow, PageRow, Record

AUXILIARY = {"planned": "future", "negated": "negation"}
COLUMNS = (
    "id", "date", "enddate", "event", "mode", "context", "quad_code", "event_scale", "actor", "actor_code",
    "actor_sector", "recipient", "recipient_code", "recipient_sector", "event_loc", "event_text", "link", "url",
    "title", "publication", "language", "coder", "codebook",
)  # fmt: skip
MARK = ";"
TOGETHER = 5000  # records written at once


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write ``events.jsonl``, ``events.tsv`` and ``lost.csv``."""
    lost = Lost()
    with create(folder / "events.jsonl") as jsonl, create(folder / "events.tsv") as tsv:
        tsv.write(lines([COLUMNS], "\t"))
        for found in batches(_records(record, metadata, lost), TOGETHER):
            jsonl.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
            tsv.write(lines([_flat(one) for one in found], "\t"))
    lost.write(folder / "lost.csv")


def _records(record: Record, metadata: Metadata, lost: Lost) -> Iterator[dict[str, Any]]:
    for part in record.parts():
        for page, events in zip(part.pages, part.standing, strict=True):
            for event in events:
                to = plover(event.type, event.mode)
                if to is None:
                    lost.note("event", event.type, "The codebook has no such type, so nothing says what it is here.")
                    continue
                _note(event, to, lost)
                yield _record(page, event, to, metadata)


def _record(page: PageRow, event: EventRow, to: Plover, metadata: Metadata) -> dict[str, Any]:
    first, last, _ = days(event.date)
    actors, recipients = _sides(event)
    contexts = [to.context, AUXILIARY.get(event.status)]
    return {
        "id": event.key,
        "date": first,
        "enddate": last if last != first else None,
        "actor": [_entity(*party) for party in actors],
        "recipient": [_entity(*party) for party in recipients],
        "event": [to.event],
        "mode": [to.mode] if to.mode else [],
        "context": [context for context in contexts if context],
        "quad_code": plover_scores()[to.event, to.mode or ""][0],
        "event_scale": plover_scores()[to.event, to.mode or ""][1],
        "event_loc": {"extracted_place": event.place} if event.place else None,
        "event_text": [event.quote, *(quote for _, _, quote in event.mentions)],
        "text_info": {"start": event.start, "end": event.end},
        "link": event.move,
        "cite_info": {
            "corpus": metadata.title,
            "url": page.url,
            "title": page.title,
            "language": page.language,
            "publication": page.outlet,
            "license": metadata.licence,
            "coder": f"{event.coder} {event.coder_version}",
            "codebook": f"communique-{event.codebook_version}",
            "version": metadata.communique_version,
        },
        "coder": f"{event.coder} {event.coder_version}",
    }


def _entity(id_: str, name: str) -> dict[str, str | None]:
    country, sector = plover_entity(id_)
    return {"code": country, "sector": sector, "entity_text": name, "identifier_id": id_}


Sides = tuple[list[tuple[str, str]], list[tuple[str, str]]]


def _sides(event: EventRow) -> Sides:
    """Actors and recipients: of an act without direction everybody is an actor."""
    if event.type in codebook.symmetric() and event.mode != "visit":
        return [*event.sources, *event.targets], []
    return event.sources, event.targets


def _flat(one: dict[str, Any]) -> tuple[Any, ...]:
    """The row of a record."""
    cited = one["cite_info"]
    place = one["event_loc"]["extracted_place"] if one["event_loc"] else None
    return (
        one["id"], one["date"], one["enddate"], one["event"][0], *(_joined(one[name]) for name in ("mode", "context")),
        one["quad_code"], one["event_scale"], *_parties(one["actor"]), *_parties(one["recipient"]), place,
        one["event_text"][0], one["link"], cited["url"], cited["title"], cited["publication"], cited["language"],
        one["coder"], cited["codebook"],
    )  # fmt: skip


def _parties(parties: list[dict[str, Any]]) -> tuple[str | None, ...]:
    return tuple(_joined([party[name] or "" for party in parties]) for name in ("identifier_id", "code", "sector"))


def _joined(values: list[str]) -> str | None:
    return MARK.join(values) if any(values) else None


def _note(event: EventRow, to: Plover, lost: Lost) -> None:
    """Say what of an event PLOVER does not hold."""
    if to.lost:
        lost.note("type" if event.mode is None else "mode", " ".join(filter(None, (event.type, event.mode))), to.lost)
    if event.status == "alleged":
        lost.note("status", "alleged", "PLOVER has no word for an act that rests on somebody's claim.")
    for name, values in (("according_to", event.according_to), ("terms", event.terms), ("answers", event.answers)):
        if values:
            lost.note(name, "", "PLOVER has no such field.")
    if event.about:
        lost.note("about", "", "PLOVER has no field for the matter.")
    if event.date is None:
        lost.note("date", "", "PLOVER asks for a day; this event has none, and its date is null.")
