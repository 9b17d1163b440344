"""A page as a REFI-QDA text source: its text, the passages that are coded, and what is known of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from communique.export.record import PageRow, StoredPage, Told
from communique.export.refi_codes import code_guid
from communique.export.xml_text import element, guid, text

VARIABLES = ("outlet", "published", "byline", "address", "sha256", "page")


@dataclass(frozen=True, slots=True)
class Source:
    """A page and the GUID of its source."""

    guid: str
    page: StoredPage

    @classmethod
    def of(cls, page: StoredPage) -> Source:
        """The source of a page."""
        return cls(guid("source", page.row.key), page)

    def plain(self) -> bytes:
        """The text, UTF-8, a line feed at each line's end. It has as many characters as the page's text."""
        words = self.page.page.text.replace("\r\n", " \n").replace("\r", "\n")
        return words.encode("utf-8", "replace")

    def xml(self) -> str:
        """The ``TextSource`` element."""
        path = f"internal://{self.guid}.txt"
        passages = "".join(_passages(self.page))
        values = "".join(_values(self.page.row))
        return (
            element("TextSource", passages, values, guid=self.guid, name=name_of(self.page.row), plainTextPath=path)
            + "\n"
        )


def name_of(page: PageRow) -> str:
    """A name for people that is unique and that every file system takes: programs make files of it."""
    words = re.sub(r"[^\w .-]+", " ", f"{page.published or 'undated'} {page.outlet or ''} {page.title or page.doc}")
    return f"{' '.join(words.split())[:80].strip(' .')} {page.key}"


def _values(page: PageRow) -> Iterator[str]:
    """What is known of the page, as values of the project's variables."""
    found = (page.outlet, page.published, page.byline, page.url, page.digest, page.key)
    for name, value in zip(VARIABLES, found, strict=True):
        if value:
            reference = element("VariableRef", targetGUID=guid("variable", name))
            yield element("VariableValue", reference, text("TextValue", value))


class Passage(NamedTuple):
    """Words under a code. Programs take the same code at the same words for one coding, so this is what tells it."""

    start: int
    end: int
    code: str
    coder: str


def _passages(page: StoredPage) -> Iterator[str]:
    """A selection for each passage of each event and term; what several say of one passage is joined."""
    found: dict[Passage, list[str]] = {}
    for told in page.events:
        event = told.event
        coder = guid("user", told.by.coder, told.by.coder_version)
        code = code_guid(event.type, event.mode)
        for evidence in (event.evidence, *event.mentions):
            found.setdefault(Passage(evidence.start, evidence.end, code, coder), []).append(memo(told))
        for term in event.terms:
            place = Passage(term.evidence.start, term.evidence.end, code_guid("term", term.role), coder)
            words = f"Term of {told.key}: {term.role}" + (f" ({term.actor})" if term.actor else "")
            found.setdefault(place, []).append(words)
    for passage, memos in found.items():
        yield _selection(page.row.key, passage, "\n\n".join(dict.fromkeys(memos)))


def _selection(page: str, passage: Passage, words: str) -> str:
    coder = passage.coder
    reference = element("CodeRef", targetGUID=passage.code)
    coding = element("Coding", reference, guid=guid("coding", page, *passage), creatingUser=coder)
    return element(
        "PlainTextSelection",
        text("Description", words),
        coding,
        guid=guid("selection", page, *passage),
        name=f"{passage.start}-{passage.end}",
        startPosition=passage.start,
        endPosition=passage.end,
        creatingUser=coder,
    )


def memo(told: Told) -> str:
    """What the codebook's other fields say of an event, a line each."""
    event = told.event
    fields = {
        "Event": told.key,
        "Type": event.type,
        "Mode": event.mode,
        "From": ", ".join(f"{actor.name} ({actor.id})" for actor in event.sources),
        "To": ", ".join(f"{actor.name} ({actor.id})" for actor in event.targets),
        "About": event.about,
        "Date": event.date,
        "Place": event.place,
        "Status": event.status,
        "According to": " < ".join(event.according_to),
        "Answers": event.answers,
        "Confidence": f"{event.confidence:.3f}",
        "Codebook": told.by.codebook_version,
    }
    return "\n".join(f"{name}: {value}" for name, value in fields.items() if value)
