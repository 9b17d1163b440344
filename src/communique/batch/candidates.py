"""The pages of a shard, each with words enough for triage; a page is read properly only when it is asked for.

Every page belongs to a numbered unit: a record of a WARC file, a file of a slice, or an item of another container.
Before a unit is read the ``Marker`` is told, so that whoever watches knows which one was at fault.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Any, Protocol, cast

from communique.batch.places import Hashed, is_remote, open_place
from communique.batch.prose import html_prose, text_prose
from communique.batch.shards import Shard
from communique.page import Page
from communique.reading import ReadError, ReadFailure, Source, html_page, text_page
from communique.reading.formats import HEAD, guarded, read_stream
from communique.reading.pages import LIMIT, with_text
from communique.reading.sniffing import sniff
from communique.reading.warc import TYPES


@dataclass(frozen=True, slots=True)
class Start:
    """Where to begin: the first ``unit`` that is wanted, and for WARC files a record at or before it."""

    unit: int = 0
    record: int = 0
    offset: int = 0


class Marker(Protocol):
    """Is told which unit is being read. ``path`` names it; ``offset`` is the byte where it begins, if that is known."""

    def at(self, unit: int, path: str, offset: int | None = None) -> None: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page before triage: its longer lines, what it is called, and how to read it (which may raise ReadError)."""

    prose: bytes
    light: Page
    read: Callable[[], Page]


Found = Iterator[Candidate | ReadFailure]


class Input:
    """The pages of one shard; ``digest`` and ``size`` tell what went by, once all of them are taken."""

    def __init__(self, shard: Shard, marker: Marker, start: Start, left: Container[int]) -> None:
        self.shard = shard
        self.marker = marker
        self.start = start
        self.left = left
        self.digest = ""
        self.size = 0

    def __iter__(self) -> Found:
        """The candidates from ``start`` on, without the units that are ``left``. Raises OSError where a store fails."""
        yield from self._container() if self.shard.container else self._slice()

    def _slice(self) -> Found:
        whole = hashlib.sha256()
        for unit, address in enumerate(self.shard.files):
            self.marker.at(unit, address)
            data = b""
            try:
                with open_place(address) as file:
                    data = file.read(LIMIT + 1)
            except (OSError, ReadError) as error:
                if is_remote(address) and not isinstance(error, FileNotFoundError):
                    raise
                yield ReadFailure(address, f"cannot be read: {error}")
            self.size += len(data)
            whole.update(hashlib.sha256(data).digest())
            if data and unit >= self.start.unit and unit not in self.left:
                yield from _safely(address, partial(_file, data, address))
        self.digest = whole.hexdigest()

    def _container(self) -> Found:
        address = self.shard.files[0]
        self.marker.at(self.start.unit, address)
        with open_place(address) as file:
            head = file.read(HEAD)
            file.seek(0)
            if _is_warc(head):
                yield from self._records(file, address)
            else:
                yield from self._items(file, address)

    def _records(self, file: IO[bytes], address: str) -> Found:
        """The records of a WARC file, counted as ``communique.reading`` counts them."""
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        stream = Hashed(file, self.start.offset)
        wanted = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
        records = ArchiveIterator(
            cast(Any, stream), record_types=wanted, parse_http=True, auto_decode="all", quirks_mode=True
        )
        source = _source(address)
        unit = self.start.record
        self.marker.at(unit, f"{address}!{unit}")
        for record in records:
            if unit >= self.start.unit and unit not in self.left:
                self.marker.at(unit, f"{address}!{unit}", record.stream_pos)
                yield from _safely(f"{address}!{unit}", partial(_record, record, source, unit))
                self._check(stream)
            unit += 1
            self.marker.at(unit, f"{address}!{unit}")
        self._check(stream)
        self.digest, self.size = stream.finish(), stream.size

    def _items(self, file: IO[bytes], address: str) -> Found:
        """The items of any other container, or the one page of a large file."""
        stream = Hashed(file)
        pages = guarded(address, lambda: read_stream(io.BufferedReader(_Raw(stream), 1 << 16), _source(address)))
        for unit, page in enumerate(pages):
            if unit >= self.start.unit and unit not in self.left:
                yield page if isinstance(page, ReadFailure) else _read_page(page)
            self.marker.at(unit + 1, f"{address}!{unit + 1}")
        self._check(stream)
        self.digest, self.size = stream.finish(), stream.size

    def _check(self, stream: Hashed) -> None:
        """A store that fails is no fault of the page's: the shard must be done again."""
        if stream.failed is not None:
            raise OSError(f"{self.shard.files[0]}: {stream.failed}") from stream.failed


def _safely(path: str, read: Callable[[], Found]) -> Found:
    """Read one unit; whatever is wrong with it becomes a ReadFailure."""
    return cast(Found, guarded(path, cast(Any, read)))


class _Raw(io.RawIOBase):
    """A hashed file as the raw stream of a buffered reader."""

    def __init__(self, hashed: Hashed) -> None:
        self._hashed = hashed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._hashed.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _is_warc(head: bytes) -> bool:
    from communique.reading.archive import _first_bytes

    kind = sniff(head)
    return kind == "warc" or (kind in ("gzip", "zstd") and _first_bytes(kind, head).startswith(b"WARC/"))


def _source(address: str) -> Source:
    return Source(PurePosixPath(address).stem, address)


def _file(data: bytes, address: str) -> Found:
    """The page of a small file, or the pages of one that holds several."""
    source = _source(address)
    kind = sniff(data[:HEAD])
    if len(data) > LIMIT:
        raise ReadError("over 5 MB")
    if kind == "html":
        yield _html(data, source, None)
    elif kind == "text":
        yield _read_page(text_page(data, source))
    else:
        for page in read_stream(io.BufferedReader(io.BytesIO(data), 1 << 16), source):
            yield page if isinstance(page, ReadFailure) else _read_page(page)


def _record(record: Any, source: Source, number: int) -> Found:
    """The page of a WARC record; none for images, scripts, redirects and empty answers."""
    headers = record.http_headers if record.is_http else None
    if headers is not None and headers.status_code not in (200, 203, None):
        return
    kind = (record.http_content_type if record.is_http else record.headers.get("Content-Type")) or "text/html"
    if kind.split(";")[0].strip().lower() not in TYPES:
        return
    data = record.reader.read(LIMIT + 1)
    if not data.strip():
        return
    if len(data) > LIMIT:
        raise ReadError("over 5 MB")
    fetched = record.record_date
    source = replace(
        source,
        doc=f"{source.doc}-{number:06d}",
        path=f"{source.path}!{number}",
        url=record.headers.get("WARC-Target-URI"),
        fetched=fetched.isoformat() if fetched else None,
    )
    if "plain" in kind:
        yield _read_page(_plain(data, source))
    else:
        yield _html(data, source, record.http_charset if record.is_http else None)


def _plain(data: bytes, source: Source) -> Page:
    """WET text is UTF-8 by its own rules; other text is decoded as any is."""
    try:
        return with_text(data.decode("utf-8"), hashlib.sha256(data).hexdigest(), source)
    except UnicodeDecodeError:
        return text_page(data, source)


def _html(data: bytes, source: Source, charset: str | None) -> Candidate:
    """An HTML page, its markup not parsed yet."""
    light = Page(
        doc=source.doc,
        text="",
        digest=hashlib.sha256(data).hexdigest(),
        path=source.path,
        url=source.url,
        kind="html",
        fetched=source.fetched,
    )
    return Candidate(html_prose(data), light, lambda: html_page(data, source, charset))


def _read_page(page: Page) -> Candidate:
    """A page that is read already."""
    return Candidate(text_prose(page.text), page, lambda: page)
