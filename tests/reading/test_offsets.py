"""Offsets are exact whatever the reader: every range that reading and cleaning give is the words it means."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.cleaning import clean
from communique.page import Page
from communique.reading import ReadFailure, read_paths
from pdf_maker import pdf

SENTENCE = "The envoy said on Monday that the two sides had agreed to meet again, and would soon set a date."
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=60)
ROWS = st.lists(st.one_of(WORDS, st.just(SENTENCE), st.just("By Ann Example"), st.just("Page 2 of 3")), max_size=8)


def html(rows: list[str]) -> str:
    """A document of the rows, each in an element of its own."""
    body = "".join(f"<p class=row>{escape(row)} <a href=x>more &amp; more</a></p>" for row in rows)
    return f"<html><head><title>Talks</title></head><body><h1>Talks</h1>{body}<p>{SENTENCE}</p></body></html>"


def text(rows: list[str]) -> str:
    """The rows as a dump."""
    return "\n\n".join([*rows, SENTENCE])


def mail(rows: list[str]) -> bytes:
    """A newsletter of the rows."""
    message = EmailMessage()
    message["Subject"], message["From"] = "The week", "Sample Post <news@example.org>"
    message.set_content(html(rows), subtype="html")
    return message.as_bytes()


def mhtml(rows: list[str]) -> bytes:
    """A saved page of the rows."""
    head = "MIME-Version: 1.0\nSnapshot-Content-Location: https://example.org/p\n"
    head += "Content-Type: multipart/related; boundary=b\n"
    return f"{head}\n--b\nContent-Type: text/html; charset=utf-8\n\n{html(rows)}\n--b--\n".encode()


def feed(rows: list[str]) -> bytes:
    """A feed of one entry."""
    printable = "".join(char for char in html(rows) if char.isprintable())
    item = f"<item><title>Talks</title><description>{escape(printable)}</description></item>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>{item}</channel></rss>'.encode()


def table(rows: list[str]) -> bytes:
    """A CSV file of one page."""
    out = io.StringIO()
    csv.writer(out).writerows([["title", "text"], ["Talks", text(rows)]])
    return out.getvalue().encode()


def parquet(rows: list[str]) -> bytes:
    """A Parquet file of one page."""
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet as files

    out = io.BytesIO()
    files.write_table(pyarrow.table({"text": [text(rows)]}), out)
    return out.getvalue()


def zipped(rows: list[str]) -> bytes:
    """A zip of a page of text and one of HTML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", text(rows))
        archive.writestr("b", html(rows))
    return out.getvalue()


def tarred(rows: list[str]) -> bytes:
    """A tar of one page."""
    out, data = io.BytesIO(), html(rows).encode()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zstd(rows: list[str]) -> bytes:
    """The page of text, compressed by zstd."""
    compressed: bytes = pytest.importorskip("zstandard").ZstdCompressor().compress(text(rows).encode())
    return compressed


def warc(rows: list[str]) -> bytes:
    """An archive with an HTML answer and a text conversion."""
    fastwarc = pytest.importorskip("fastwarc.warc")
    out = io.BytesIO()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html(rows).encode()
    for kind, media, content in (
        ("response", "application/http; msgtype=response", answer),
        ("conversion", "text/plain", text(rows).encode()),
    ):
        record = fastwarc.WarcRecord()
        record.init_headers(getattr(fastwarc.WarcRecordType, kind))
        record.headers["WARC-Target-URI"] = "https://example.org/w"
        record.headers["Content-Type"] = media
        record.set_bytes_content(content)
        record.write(out)
    return out.getvalue()


READERS: dict[str, Callable[[list[str]], bytes]] = {
    "text": lambda rows: text(rows).encode(),
    "utf-16": lambda rows: text(rows).encode("utf-16"),
    "html": lambda rows: html(rows).encode(),
    "mail": mail,
    "mhtml": mhtml,
    "feed": feed,
    "jsonl": lambda rows: json.dumps({"text": text(rows)}).encode() + b"\n",
    "csv": table,
    "parquet": parquet,
    "zip": zipped,
    "tar": tarred,
    "gzip": lambda rows: gzip.compress(html(rows).encode()),
    "zstd": zstd,
    "warc": warc,
    "pdf": lambda rows: pdf([[row for row in rows if row.isascii()], [SENTENCE]]),
}


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_every_range_is_its_words(name: str, rows: list[str], tmp_path: Path) -> None:
    """Of every reader's Pages, all blocks, lines, body ranges and the title's are exact."""
    file = tmp_path / "input"
    file.write_bytes(READERS[name](rows))
    items = list(read_paths([file]))
    assert items and not any(isinstance(item, ReadFailure) for item in items), items
    for item in items:
        assert isinstance(item, Page)
        check(item)


def check(page: Page) -> None:
    """Assert that every range of the page and its article is exact."""
    article = clean(page)
    rows = page.text.split("\n")
    for block in page.blocks:
        assert 0 <= block.start < block.end <= len(page.text) and "\n" not in page.text[block.start : block.end]
    for line in article.lines:
        words = page.text[line.start : line.end]
        assert words and words == words.strip() and words in rows[line.number]
    ends = 0
    for start, end in article.body:
        assert ends <= start < end <= len(page.text)
        assert any(line.kind == "body" and line.start <= start and end <= line.end for line in article.lines)
        ends = end
    if article.title_span:
        assert page.text[slice(*article.title_span)].strip()
    assert SENTENCE in page.text
