"""W3C Web Annotation: each passage that shows an event or a term, by its words and by its place in the page's text.

``annotations.jsonld`` is one AnnotationPage. https://www.w3.org/TR/annotation-model/

Positions count code points of the page's text, as the model has it. ``textSha256`` is the digest of that text in UTF-8,
so whoever has the text can see that it is the one that the positions are of; ``bytesSha256`` that of the page as read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.evidence import Evidence
from communique.export.iris import TERMS, iri, licence_iri, safe_url
from communique.export.jsonld import without_none, write_list
from communique.export.metadata import CodedBy, Metadata
from communique.export.record import Record, StoredPage, Told

ANNO = "http://www.w3.org/ns/anno.jsonld"
OURS: dict[str, Any] = {
    "communique": TERMS,
    "event": {"@id": "communique:event", "@type": "@json"},
    "term": {"@id": "communique:term", "@type": "@json"},
    "about": {"@id": "communique:about", "@type": "@json"},
    "textSha256": "communique:textSha256",
    "bytesSha256": "communique:bytesSha256",
}
AROUND = 32  # characters of the page's text before and after the words


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write ``annotations.jsonld``: an annotation for the quote, each mention and each term of every event."""
    whole = {
        "id": iri("collection", "annotations"),
        "type": "AnnotationCollection",
        "label": metadata.title,
        "rights": licence_iri(metadata.licence),
        "about": metadata.to_dict(),
    }
    head = {"@context": [ANNO, OURS], "id": iri("collection", "annotations-1"), "type": "AnnotationPage",
            "startIndex": 0, "partOf": whole}  # fmt: skip
    made = (annotation for page in record.pages() for annotation in annotations_of(page))
    write_list(folder / "annotations.jsonld", head, "items", made)


def annotations_of(page: StoredPage) -> Iterator[dict[str, Any]]:
    """The annotations of a page, event by event."""
    source = _source(page)
    text = page.page.text
    for told in page.events:
        event = told.event
        yield _annotation(told, "quote", _target(event.evidence, text, source))
        for number, mention in enumerate(event.mentions, 1):
            yield _annotation(told, f"mention-{number}", _target(mention, text, source))
        for number, term in enumerate(event.terms, 1):
            body = {"type": "Dataset", "purpose": "describing", "term": {"role": term.role, "actor": term.actor}}
            yield _annotation(told, f"term-{number}", _target(term.evidence, text, source), body)


def _source(page: StoredPage) -> dict[str, Any]:
    row = page.row
    return without_none(
        {
            "id": safe_url(row.url) or iri("page", row.key),
            "type": "Text",
            "format": "text/plain",
            "language": row.language,
            "label": row.title,
            "textSha256": hashlib.sha256(page.page.text.encode("utf-8", "surrogatepass")).hexdigest(),
            "bytesSha256": row.digest,
        }
    )


def _target(evidence: Evidence, text: str, source: dict[str, Any]) -> dict[str, Any]:
    start, end = evidence.start, evidence.end
    words = {
        "type": "TextQuoteSelector",
        "exact": evidence.quote,
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"type": "SpecificResource", "source": source, "selector": [words, place]}


def _annotation(told: Told, part: str, target: dict[str, Any], more: dict[str, Any] | None = None) -> dict[str, Any]:
    """One annotation; all those of an event name the same event, and only that of the quote holds its fields."""
    event = told.event
    tag = {"type": "TextualBody", "purpose": "tagging", "value": "/".join(filter(None, (event.type, event.mode)))}
    named = {"id": iri("event", told.key), "type": "Dataset", "purpose": "classifying"}
    if part == "quote":
        named["event"] = {**event.to_dict(), "key": told.key, "move": told.move, "thread": told.thread}  # type: ignore[assignment]
    return {
        "id": iri("annotation", f"{told.key}-{part}"),
        "type": "Annotation",
        "motivation": "describing" if part.startswith("term") else "classifying",
        "creator": _creator(told.by),
        "body": [tag, named, *([more] if more else [])],
        "target": target,
    }


def _creator(by: CodedBy) -> dict[str, str]:
    name = f"{by.coder} {by.coder_version}, codebook {by.codebook_version}"
    return {"id": iri("coder", f"{by.coder} {by.coder_version}"), "type": "Software", "name": name}
