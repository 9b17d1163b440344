"""schema.org: pages as NewsArticle, acts as Claim, the words of each report as Quotation, in one JSON-LD file.

``claims.jsonld``. https://schema.org/Claim, https://schema.org/NewsArticle. The context is in the file, so that nobody
has to fetch one. A claim is what pages say happened; nothing here says that it is true or false.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from communique.export.acts import acts, names, page_of_report, said
from communique.export.iris import TERMS, iri, licence_iri, safe_url
from communique.export.jsonld import without_none, write_list
from communique.export.metadata import Metadata
from communique.export.record import PageRow, Party, Record, Told, told_of
from communique.move import Move

CONTEXT = {"@vocab": "https://schema.org/", "communique": TERMS, "id": "@id", "type": "@type"}
STATUSES = {
    "actual": "https://schema.org/CompletedActionStatus",
    "planned": "https://schema.org/PotentialActionStatus",
    "negated": "https://schema.org/FailedActionStatus",
}
KINDS = {"state": "Country", "person": "Person", "civilians": "Organization"}


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write ``claims.jsonld``."""
    write_list(folder / "claims.jsonld", {"@context": CONTEXT}, "@graph", _things(record, metadata))


def _things(record: Record, metadata: Metadata) -> Iterator[dict[str, Any]]:
    called = names(record)
    yield _data(metadata)
    yield from (_party(party, called) for party in record.parties())
    asked = pages_asked(record)
    for part in record.parts():
        for page, rows in zip(part.pages, part.events, strict=True):
            if asked is None or page.key in asked:
                yield article(page, [told_of(page, row) for row in rows])
    yield from (claim(move, called) for move in acts(record))


def pages_asked(record: Record) -> set[str] | None:
    """The pages that tell the acts asked for; None where all are."""
    if not (record.focus.threads or record.focus.actors):
        return None
    return {page_of_report(key) for move in acts(record) for key in (*move.reports, *move.contested)}


def _data(metadata: Metadata) -> dict[str, Any]:
    coders = [f"{by.coder} {by.coder_version}, codebook {by.codebook_version}" for by in metadata.coders]
    return without_none(
        {
            "id": iri("collection", "claims"),
            "type": "Dataset",
            "name": metadata.title,
            "license": licence_iri(metadata.licence),
            "usageInfo": metadata.licence_note,
            "citation": metadata.citation,
            "version": metadata.communique_version,
            "creditText": coders,
            "communique:ledgerVersion": metadata.ledger_version,
        }
    )


def _party(party: Party, called: dict[str, str]) -> dict[str, Any]:
    kind = KINDS.get(party.kind, "Organization")
    return {"id": iri("actor", party.id), "type": kind, "name": called[party.id], "identifier": party.id}


def article(row: PageRow, told: Sequence[Told]) -> dict[str, Any]:
    """A page with its quotations."""
    return without_none(
        {
            "id": iri("page", row.key),
            "type": "NewsArticle",
            "headline": row.title,
            "url": safe_url(row.url),
            "datePublished": row.published,
            "inLanguage": row.language,
            "publisher": {"type": "NewsMediaOrganization", "name": row.outlet} if row.outlet else None,
            "author": {"type": "Person", "name": row.byline} if row.byline else None,
            "creditText": row.credit,
            "identifier": {"type": "PropertyValue", "propertyID": "sha256", "value": row.digest},
            "hasPart": [quotation(one) for one in told],
        }
    )


def quotation(told: Told) -> dict[str, Any]:
    """The words of one report. Its creators are the sources that the page names for it, nearest to the fact first."""
    event = told.event
    return without_none(
        {
            "id": iri("event", told.key),
            "type": "Quotation",
            "text": event.evidence.quote,
            "about": {"id": iri("move", told.move)} if told.move else None,
            "creator": {"@list": [{"type": "Thing", "name": name} for name in event.according_to]}
            if event.according_to
            else None,
            "communique:type": "/".join(filter(None, (event.type, event.mode))),
        }
    )


def claim(move: Move, called: dict[str, str]) -> dict[str, Any]:
    """An act as a claim that pages make."""
    pages = list(dict.fromkeys(page_of_report(key) for key in move.reports))
    contested = list(dict.fromkeys(page_of_report(key) for key in move.contested))
    return without_none(
        {
            "id": iri("move", move.id),
            "type": "Claim",
            "name": said(move, called) + (f": {move.about}" if move.about else ""),
            "text": move.quote,
            "appearance": [{"id": iri("page", key)} for key in pages],
            "communique:contestedIn": [{"id": iri("page", key)} for key in contested],
            "about": without_none(
                {
                    "id": iri("act", move.id),
                    "type": "Action",
                    "name": "/".join(filter(None, (move.type, move.mode))),
                    "agent": [{"id": iri("actor", actor)} for actor in move.actors],
                    "participant": [{"id": iri("actor", actor)} for actor in move.targets],
                    "object": {"type": "Thing", "name": move.about} if move.about else None,
                    "startTime": (move.date or "").partition("/")[0] or None,
                    "endTime": (move.date or "").partition("/")[2] or None,
                    "actionStatus": STATUSES.get(move.status),
                    "communique:status": move.status,
                }
            ),
        }
    )
