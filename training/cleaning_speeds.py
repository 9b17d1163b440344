"""The measures of ``benchmarks/cleaning.py`` that tell how fast it goes, on one core, beside the peers.

All count processor time. Ours and the peers take turns at each page, so that they meet the same machine.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cleaning_data import read_rows
from cleaning_peers import resiliparse_text, trafilatura_meta
from cleaning_rows import Asked, Row

from communique.article import Article
from communique.cleaning import clean
from communique.cleaning.classifier import body_odds
from communique.cleaning.lines import split_lines
from communique.page import Page
from communique.reading import Source, html_page, read_path, read_paths

PAGES = 100
TURNS = 3
TIMES = 3.0  # trafilatura's
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def per_second(items: Sequence, *actions: Callable, turns: int = TURNS) -> list[float]:
    """How many items each action does in a second of processor time, by the best of its turns at each item."""
    best = [[float("inf")] * len(items) for _ in actions]
    for _ in range(turns):
        for at, item in enumerate(items):
            for act, least in zip(actions, best, strict=True):
                start = time.process_time()
                act(item)
                least[at] = min(least[at], time.process_time() - start)
    return [len(items) / max(1e-9, sum(least)) for least in best]


def speed_rows(asked: Asked) -> Iterator[Row]:
    """Pages of HTML and lines of text a second, on one core."""
    pages = asked.part([row["html"] for row in read_rows(asked.shared / "cleaning" / "html.jsonl.gz")])
    actions = (_ours, lambda html: trafilatura_meta(html, None, body=True), resiliparse_text)
    per_second(pages[:1], *actions, turns=1)  # what is loaded at first use
    ours, peer, plain = per_second(pages, *actions, turns=1)  # each page once: nothing of it may be remembered
    peers = {"trafilatura": peer, "resiliparse, body alone": plain}
    yield Row(f"HTML pages a second, body and metadata ({len(pages)})", ours, peers)
    yield Row("HTML, times as fast as trafilatura", ours / peer, {}, TIMES)
    rows = asked.part(list(read_rows(asked.shared / "cleaning" / "dump_wet.jsonl.gz")))
    texts = [Page(row["id"], row["text"], "0") for row in rows]
    lines = sum(page.text.count("\n") + 1 for page in texts) / len(texts)
    classified, whole = per_second(texts, lambda page: body_odds(page, split_lines(page.text)), clean)
    yield Row("text dumps, lines a second, classified", classified * lines, {}, 60_000)
    yield Row("text dumps, lines a second, the whole of clean", whole * lines)
    (rate,) = per_second(list(read_path(asked.shared / "gold" / "dev")), clean)
    yield Row("dev pages, ms a page, the whole of clean", 1000 / rate, {}, 3, "<")


def _ours(html: str) -> Article:
    return clean(html_page(html.encode("utf-8", "replace"), Source("x"), "utf-8"))


def warc_rows(asked: Asked) -> Iterator[Row]:
    """The share of reading records in the whole from the bytes of a WARC file to its cleaned articles."""
    pages = asked.part(list(read_rows(asked.shared / "cleaning" / "html.jsonl.gz"))[:PAGES])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.warc.gz"
        _write(path, pages)
        data = path.read_bytes()
        bare = min(_timed(lambda: _records(data)) for _ in range(TURNS))
        whole = min(_timed(lambda: _cleaned(path)) for _ in range(TURNS))
    peers = {"fastwarc, read alone": len(pages) / bare}
    yield Row("WARC records a second, read and cleaned", len(pages) / whole, peers)
    yield Row("WARC, reading's share of the whole", bare / whole, {}, 0.1, "<")


def _write(path: Path, rows: list[dict]) -> None:
    """A gzipped WARC file with an answer of each page."""
    from fastwarc.stream_io import GzipWriter
    from fastwarc.warc import WarcRecord, WarcRecordType

    with open(path, "wb") as file:
        out = GzipWriter(file)
        for row in rows:
            record = WarcRecord()
            record.init_headers(WarcRecordType.response)
            record.headers["WARC-Target-URI"] = row["url"]
            record.headers["Content-Type"] = "application/http; msgtype=response"
            record.set_bytes_content(HTTP + row["html"].encode("utf-8", "replace"))
            record.write(out)
        out.close()


def _timed(act: Callable[[], int]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def _records(data: bytes) -> int:
    from fastwarc.warc import ArchiveIterator

    return sum(len(record.reader.read()) > 0 for record in ArchiveIterator(io.BytesIO(data), parse_http=True))


def _cleaned(path: Path) -> int:
    return sum(len(clean(page).body) > 0 for page in read_paths([path]) if isinstance(page, Page))
