"""WARC and WET archives, plain, gzip or zstd: a Page for each HTML or text response, with its address and time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from typing import Any

from communique.page import Page
from communique.reading.failure import MissingReader, ReadFailure
from communique.reading.formats import Pages, Stream, guarded
from communique.reading.pages import LIMIT, Source, html_page, text_page, with_text

TYPES = ("text/html", "application/xhtml+xml", "text/plain")


def read(kind: str, stream: Stream, source: Source, depth: int) -> Pages:
    """The Pages of all records that hold a page; other records are passed over."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingReader("WARC files", "warc") from error
    wanted = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    records = ArchiveIterator(stream, record_types=wanted, parse_http=True, auto_decode="all", quirks_mode=True)
    for number, record in enumerate(_records(records)):
        inner = _source(record, source, number)
        yield from guarded(inner.path or "", partial(_pages, record, inner))


def _records(records: Any) -> Iterator[Any]:
    """The records up to the end, or up to where the archive breaks off."""
    yield from records


def _source(record: Any, source: Source, number: int) -> Source:
    fetched = record.record_date
    return Source(
        doc=f"{source.doc}-{number:06d}",
        path=f"{source.path or source.doc}!{number}",
        url=record.headers.get("WARC-Target-URI"),
        date=source.date,
        outlet=source.outlet,
        fetched=fetched.isoformat() if fetched else None,
    )


def _pages(record: Any, source: Source) -> Pages:
    """The Page of a record; none for images, scripts, redirects and empty answers."""
    headers = record.http_headers if record.is_http else None
    if headers is not None and headers.status_code not in (200, 203, None):
        return
    name = (record.http_content_type if record.is_http else record.headers.get("Content-Type")) or "text/html"
    if name.split(";")[0].strip().lower() not in TYPES:
        return
    data = record.reader.read(LIMIT + 1)
    if not data.strip():
        return
    if len(data) > LIMIT:
        yield ReadFailure(source.path or "", "over 5 MB")
    elif "plain" in name:
        yield _plain(data, source)
    else:
        yield html_page(data, source, record.http_charset if record.is_http else None)


def _plain(data: bytes, source: Source) -> Page:
    """WET text is UTF-8 by its own rules; other text is decoded as any is."""
    try:
        return with_text(data.decode("utf-8"), hashlib.sha256(data).hexdigest(), source)
    except UnicodeDecodeError:
        return text_page(data, source)
