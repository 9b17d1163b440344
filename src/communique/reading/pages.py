"""Bytes to one Page, for the two kinds every reader ends in: text and HTML."""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF8
from dataclasses import dataclass, field, replace

from communique.page import Page
from communique.reading.decoding import decode
from communique.reading.failure import ReadError
from communique.reading.fields import Columns

LIMIT = 5_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """Where a Page comes from: its document name, path, address, date and outlet as told from outside.

    ``columns`` names the fields of records, where the user does.
    """

    doc: str
    path: str | None = None
    url: str | None = None
    date: str | None = None
    outlet: str | None = None
    fetched: str | None = None
    columns: Columns = field(default_factory=Columns)


def check_size(data: bytes) -> None:
    """Raise ReadError for an empty page or one over 5 MB."""
    if not data.strip():
        raise ReadError("empty")
    if len(data) > LIMIT:
        raise ReadError(f"over 5 MB ({len(data):,} bytes)")


def text_page(data: bytes, source: Source, encoding: str | None = None) -> Page:
    """A Page of plain text. Raises ReadError where the bytes are empty, too many or no text."""
    check_size(data)
    text, name = decode(data, encoding)
    return with_text(text, hashlib.sha256(data).hexdigest(), source, name)


def with_text(text: str, digest: str, source: Source, encoding: str = "utf-8") -> Page:
    """A Page of text that is decoded already. Raises ReadError where it holds only space."""
    if not text.strip():
        raise ReadError("empty")
    return Page(
        doc=source.doc,
        text=text,
        digest=digest,
        path=source.path,
        url=source.url,
        encoding=encoding,
        date=source.date,
        outlet=source.outlet,
        fetched=source.fetched,
    )


def html_page(data: bytes, source: Source, encoding: str | None = None) -> Page:
    """A Page of HTML: its visible text, one block a line, with blocks and metadata.

    Raises ReadError where the bytes are empty, too many or no text, or a tag is past parsing. A page without
    visible words has a text of one space, and says so in ``warnings``.
    """
    from communique.reading.crowding import check_tags
    from communique.reading.html import read_markup

    check_size(data)
    markup, name = decode(data, encoding)
    check_tags(markup)
    read = read_markup(data if _plain(data, markup, name) else markup)
    page = with_text(read.text or "(no text)", hashlib.sha256(data).hexdigest(), source, name)
    warnings = () if read.text else ("no visible text",)
    url = source.url or read.meta.get("link:canonical") or read.meta.get("og:url")
    if not read.text:
        page = replace(page, text=" ")
    return replace(page, kind="html", url=url, blocks=read.blocks, meta=read.meta, warnings=warnings)


def _plain(data: bytes, text: str, encoding: str) -> bool:
    """Whether bytes are their text in UTF-8, no mark before it, nothing replaced: then it need not be written anew."""
    return encoding == "utf-8" and not data.startswith(BOM_UTF8) and "\ufffd" not in text
