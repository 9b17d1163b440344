"""FollowTheMoney's entities and statements, written by their rules without the library, which tests read them with."""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from communique.export.xml_text import safe

DATASET = "communique"
COLUMNS = ("canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang",
           "original_value", "external", "first_seen", "last_seen", "id")  # fmt: skip

# The type of each property that is used here; a test compares them with the model.
TYPES = {
    "alias": "name", "author": "string", "country": "country", "date": "date", "description": "text",
    "endDate": "date", "involved": "entity", "keywords": "string", "location": "address", "name": "name",
    "notes": "text", "object": "entity", "organizer": "entity", "proof": "entity", "publishedAt": "date",
    "publisher": "string", "recordId": "string", "role": "string", "sourceUrl": "url", "startDate": "date",
    "status": "string", "subject": "entity", "summary": "text", "title": "string", "topics": "topic",
}  # fmt: skip


class Entity:
    """An entity: its id, its schema, and the values of its properties, the missing ones left out."""

    def __init__(self, id_: str, schema: str, **properties: Sequence[str | None]) -> None:
        self.id = id_
        self.schema = schema
        cleaned = {name: [clean(v, TYPES[name]) for v in values if v] for name, values in properties.items()}
        self.properties = {name: [v for v in values if v] for name, values in cleaned.items() if any(values)}

    def to_dict(self) -> dict[str, Any]:
        """The entity as FollowTheMoney's JSON has it."""
        return {"id": self.id, "schema": self.schema, "properties": self.properties}

    def statements(self) -> Iterator[tuple[str, str, str]]:
        """Property, its type, and each value; first the statement that the entity is there."""
        yield "id", "id", self.id
        yield from ((name, TYPES[name], value) for name, values in self.properties.items() for value in values)


def clean(value: str, kind: str) -> str:
    """A value as the library keeps it: text composed, without control characters, and on one line unless it is text."""
    plain = unicodedata.normalize("NFC", safe(value))
    return plain.strip() if kind == "text" else " ".join(plain.split())


def key_of(entity: str, name: str, value: str) -> str:
    """The id of a statement, as FollowTheMoney makes it."""
    return hashlib.sha1(f"{DATASET}.{entity}.{name}.{value}".encode()).hexdigest()


class Statements:
    """A file of statements, as FollowTheMoney's CSV has them."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, dialect=csv.unix_dialect)
        self._writer.writerow(COLUMNS)

    def __enter__(self) -> Statements:
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()

    def add(self, entity: Entity) -> None:
        """Write what is stated of an entity."""
        for name, kind, value in entity.statements():
            key = key_of(entity.id, name, value)
            self._writer.writerow((entity.id, entity.id, name, kind, entity.schema, value, DATASET, "", "", "", "f", "",
                                   "", key))  # fmt: skip
