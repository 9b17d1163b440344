"""Reading containers: the format is told by content, and one bad part stops nothing."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from communique.page import Page
from communique.reading import Columns, ReadFailure, read_paths

HTML = """<html><head><title>Talk</title></head><body>
<h1>Talk held</h1><p>The ministers met again on Monday.</p></body></html>"""
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Sample Post</title><item><title>Talks &amp; tea</title>
<link>https://example.org/1</link><pubDate>Mon, 03 Feb 2020 10:00:00 GMT</pubDate>
<description>&lt;p&gt;They met &lt;b&gt;again&lt;/b&gt;.&lt;/p&gt;</description></item>
<item><title>Empty</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Sample Wire</title><entry><title>Reply sent</title>
<link href="https://example.org/2"/><published>2021-05-06T00:00:00Z</published><author><name>Ann Example</name></author>
<content type="html">&lt;p&gt;The reply was sent.&lt;/p&gt;</content></entry></feed>"""
MAIL = (
    b"From: Sample Post <news@example.org>\r\nSubject: The week\r\n"
    b"Date: Mon, 3 Feb 2020 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
ANSWER = "application/http; msgtype=response"


def read(path: Path, data: bytes, **options: Columns) -> list[Page | ReadFailure]:
    """What reading these bytes gives; the file's name says nothing of its format."""
    path.write_bytes(data)
    return list(read_paths([path], **options))


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_jsonl_with_usual_and_named_fields(tmp_path: Path) -> None:
    """Usual field names are found; named ones are obeyed; bad lines are failures."""
    rows = [{"text": "They met.", "url": "https://example.org/a", "date": "2020-01-02", "lede": "The envoys met."}]
    data = (json.dumps(rows[0]) + "\n{broken\n[1]\n").encode()
    page, broken, no_object = read(tmp_path / "x", data)
    assert isinstance(page, Page) and (page.text, page.url, page.date) == (
        "They met.",
        "https://example.org/a",
        "2020-01-02",
    )
    assert isinstance(broken, ReadFailure) and isinstance(no_object, ReadFailure)
    page, *_ = read(tmp_path / "x", data, columns=Columns(text="lede"))
    assert isinstance(page, Page) and page.text == "The envoys met."


def test_csv(tmp_path: Path) -> None:
    """A row is a page, with its title above its text."""
    (page,) = read(
        tmp_path / "x", 'title;text;url\nTalks held;"They met;\nthen left.";https://example.org\n'.encode("utf-16")
    )
    assert isinstance(page, Page) and page.text == "Talks held\n\nThey met;\nthen left."


def test_zip_of_all_sorts(tmp_path: Path) -> None:
    """Members are read by their content; a binary one is a failure in its place."""
    inner = zipped({"deep.txt": b"Deep words."})
    found = read(
        tmp_path / "x", zipped({"one": b"Plain words.", "two": HTML.encode(), "bad": bytes(range(256)), "in": inner})
    )
    assert next(item.text for item in found if isinstance(item, Page)) == "Plain words."
    assert [item.kind for item in found if isinstance(item, Page)] == ["text", "html", "text"]
    assert [item.path for item in found if isinstance(item, ReadFailure)] == [f"{tmp_path / 'x'}!bad"]


def test_gzipped_tar(tmp_path: Path) -> None:
    """A compressed tar is read as the tar inside."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("../../etc/x.txt")
        info.size = 6
        archive.addfile(info, io.BytesIO(b"Words."))
    (page,) = read(tmp_path / "x", out.getvalue())
    assert isinstance(page, Page) and page.doc == "x" and page.text == "Words."


def test_a_bomb_is_cut_off(tmp_path: Path) -> None:
    """A small gzip of a huge text is refused after 5 MB."""
    (failure,) = read(tmp_path / "x", gzip.compress(b"a b " * 30_000_000))
    assert isinstance(failure, ReadFailure) and "over 5 MB" in failure.reason


@pytest.mark.parametrize(
    ("data", "title", "url"),
    [(RSS, "Talks & tea", "https://example.org/1"), (ATOM, "Reply sent", "https://example.org/2")],
)
def test_feeds(tmp_path: Path, data: str, title: str, url: str) -> None:
    """Each entry is a page with its address, title and text."""
    page, *failures = read(tmp_path / "x", data.encode())
    assert isinstance(page, Page) and page.url == url and page.meta["feed:title"] == title
    assert page.text.startswith(title + "\n")
    assert all(isinstance(item, ReadFailure) and "without text" in item.reason for item in failures)


def test_a_feed_with_entities_is_refused(tmp_path: Path) -> None:
    """Entity declarations can blow up, and no feed needs them."""
    (failure,) = read(
        tmp_path / "x", b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss><channel>&a;</channel></rss>'
    )
    assert isinstance(failure, ReadFailure) and "entities" in failure.reason


def test_mail_and_saved_page(tmp_path: Path) -> None:
    """A newsletter gives its HTML part and headers; an MHTML file its page and address."""
    (mail,) = read(tmp_path / "x", MAIL + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + HTML.encode())
    assert isinstance(mail, Page) and mail.kind == "html" and mail.meta["mail:date"] == "2020-02-03"
    head = (
        MAIL
        + b"Snapshot-Content-Location: https://example.org/p\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    )
    (saved,) = read(tmp_path / "x", head + b"--b\r\nContent-Type: text/html\r\n\r\n" + HTML.encode() + b"\r\n--b--\r\n")
    assert isinstance(saved, Page) and saved.url == "https://example.org/p" and saved.text.startswith("Talk held")


@pytest.mark.parametrize("wrap", ["plain", "GzipWriter", "ZstdWriter"])
def test_warc(tmp_path: Path, wrap: str) -> None:
    """HTML answers and text conversions become pages, plain and compressed; errors and images do not."""
    warc = pytest.importorskip("fastwarc.warc")
    streams = pytest.importorskip("fastwarc.stream_io")
    answers = [
        (
            "response",
            "application/http; msgtype=response",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + HTML.encode(),
        ),
        (
            "response",
            "application/http; msgtype=response",
            b"HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n" + HTML.encode(),
        ),
        ("response", "application/http; msgtype=response", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxx"),
        ("conversion", "text/plain", b"A talk\nThe ministers met."),
    ]
    with open(tmp_path / "x", "wb") as file:
        out = file if wrap == "plain" else getattr(streams, wrap)(file)
        for kind, media, content in answers:
            record = warc.WarcRecord()
            record.init_headers(getattr(warc.WarcRecordType, kind))
            record.headers["WARC-Target-URI"] = "https://example.org/w"
            record.headers["Content-Type"] = media
            record.set_bytes_content(content)
            record.write(out)
        if out is not file:
            out.close()
    pages = list(read_paths([tmp_path / "x"]))
    assert [page.text for page in pages if isinstance(page, Page)] == [
        "Talk held\nThe ministers met again on Monday.",
        "A talk\nThe ministers met.",
    ]
    assert all(page.url == "https://example.org/w" for page in pages if isinstance(page, Page))


def test_parquet(tmp_path: Path) -> None:
    """A row of a Parquet file is a page."""
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({"text": ["They met."], "url": ["https://example.org"]}), tmp_path / "t")
    (page,) = read_paths([tmp_path / "t"])
    assert isinstance(page, Page) and page.text == "They met." and page.url == "https://example.org"
