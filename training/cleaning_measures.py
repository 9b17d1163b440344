"""The measures of ``benchmarks/cleaning.py``: each a generator of rows with ours, the peer's and the wanted figure."""

from __future__ import annotations

import io
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
from cleaning_data import Sample, add_recurrence, dumps, gold, read_rows, variants
from cleaning_html import gold_lines, html_features, html_samples, shingles
from cleaning_model import fit, folds, predict, text_features
from cleaning_peers import length_rule, line_rules, resiliparse_text, trafilatura_meta, trafilatura_text
from numpy.typing import NDArray

from communique.article import Article
from communique.cleaning import clean
from communique.cleaning.body import body_flags, drop_comments, drop_recurring
from communique.cleaning.classifier import body_odds
from communique.cleaning.furniture import signs
from communique.cleaning.lines import Lines, split_lines
from communique.cleaning.markup import blocks_of
from communique.page import Page
from communique.reading import Source, html_page, read_path, read_paths

Row = dict
FIELDS = ("title", "outlet", "byline", "published", "dateline", "credit")


def line_f1(said: Iterable[bool], true: Iterable[bool]) -> float:
    """The F1 of body lines of one page."""
    a, b = np.asarray(list(said)), np.asarray(list(true))
    return 2 * float((a & b).sum()) / max(1, int(a.sum() + b.sum()))


def shingle_scores(said: str, true: str) -> tuple[float, float]:
    """Precision and recall of the runs of four words of one page."""
    a, b = Counter(shingles(said)), Counter(shingles(true))
    both = sum((a & b).values())
    return both / max(1, sum(a.values())), both / max(1, sum(b.values()))


def f1_of_means(pairs: Sequence[tuple[float, float]]) -> float:
    """F1 of mean precision and mean recall."""
    precision, recall = np.mean([p for p, _ in pairs]), np.mean([r for _, r in pairs])
    return float(2 * precision * recall / (precision + recall))


def seed_rows(shared: Path, _: int) -> Iterator[Row]:
    """Wrong lines and fields of the seeds and the dev pages, by the shipped model."""
    for part, folder in (("seeds", shared / "seeds"), ("dev", shared / "gold" / "dev")):
        rows = [json.loads(line) for line in (shared / "gold" / f"{part}.jsonl").read_text("utf-8").splitlines()]
        pages = [next(read_path(folder / row["text_file"])) for row in rows]
        found = [clean(page) for page in pages]
        wrong = sum(len(set(row["body_lines"]) ^ set(one.body_lines)) for row, one in zip(rows, found, strict=True))
        peer = sum(_length_wrong(page, row["body_lines"]) for page, row in zip(pages, rows, strict=True))
        wanted = 2 if part == "seeds" else None
        yield {
            "measure": f"{part}: wrong lines",
            "ours": str(wrong),
            "peer": str(peer),
            "wanted": wanted,
            "who": "length rule",
        }
        for name in FIELDS:
            right = sum(row[name] == getattr(one, name) for row, one in zip(rows, found, strict=True))
            yield {"measure": f"{part}: {name} right", "ours": f"{right}/{len(rows)}"}


def _length_wrong(page: Page, body_lines: list[int]) -> int:
    lines = split_lines(page.text)
    said = {lines.numbers[index] for index, flag in enumerate(length_rule(lines)) if flag}
    return len(said ^ set(body_lines))


def text_rows(shared: Path, count: int) -> Iterator[Row]:
    """Line F1 of text dumps, cross-validated by site, with and without other pages of the site."""
    pages = dumps(shared)
    add_recurrence(pages)
    plain = [replace(page, recurring=None) for page in pages]
    fold = folds(pages, count)
    alone, related = _text_scores(pages, plain, fold, count, gold(shared, "train"))
    wanted = {"wet": (0.90, 0.93), "light": (0.93, None)}
    for style, name in (("wet", "raw text dumps"), ("light", "light dumps")):
        at = [index for index, page in enumerate(pages) if page.style == style]
        with_others = [index for index in at if pages[index].recurring is not None]
        peer = np.mean([line_f1(line_rules(pages[i].lines), pages[i].body) for i in at])
        yield _line_row(f"{name}, line F1", [alone[i] for i in at], float(peer), wanted[style][0])
        yield _line_row(f"{name}, pages with siblings, alone", [alone[i] for i in with_others], None, None)
        yield _line_row(
            f"{name}, pages with siblings, with them", [related[i] for i in with_others], None, wanted[style][1]
        )


def _line_row(name: str, scores: list[float], peer: float | None, wanted: float | None) -> Row:
    return {
        "measure": f"{name} ({len(scores)})",
        "ours": float(np.mean(scores)),
        "peer": peer,
        "wanted": wanted,
        "who": "line rules",
    }


def _text_scores(
    pages: list[Sample], plain: list[Sample], fold: NDArray[np.int64], count: int, extra: list[Sample]
) -> tuple[list[float], list[float]]:
    """Line F1 of each page, without and with its siblings, by models that did not see its site."""
    alone, related = [0.0] * len(pages), [0.0] * len(pages)
    for number in range(count):
        others = np.flatnonzero(fold != number)
        learn = [plain[i] for i in others]
        known = [pages[i] for i in others if pages[i].recurring is not None]
        model = fit([*learn, *known, *(v for page in learn for v in variants(page)), *extra], inner=3)
        for index in np.flatnonzero(fold == number):
            odds = predict(model, plain[index], text_features)
            alone[index] = line_f1(flags(plain[index].lines, odds, None), pages[index].body)
            if pages[index].recurring is not None:
                odds = predict(model, pages[index], text_features)
            related[index] = line_f1(flags(pages[index].lines, odds, pages[index].recurring), pages[index].body)
    return alone, related


def flags(lines: Lines, odds: NDArray[np.float64], recurring: dict[str, int] | None) -> NDArray[np.bool_]:
    """The body lines as cleaning decides them from the classifier's word."""
    body = body_flags(lines, odds, list(signs(lines)))
    drop_recurring(lines, body, recurring)
    return body


def html_rows(shared: Path, count: int) -> Iterator[Row]:
    """Shingle F1 of HTML bodies, cross-validated by site, beside trafilatura and resiliparse."""
    samples = html_samples(shared)
    raw = {row["id"]: row["html"] for row in read_rows(shared / "cleaning" / "html.jsonl.gz")}
    true = {row["id"]: "\n".join(gold_lines(row)) for row in read_rows(shared / "cleaning" / "dump_wet.jsonl.gz")}
    fold = folds(samples, count)
    said: dict[str, str] = {}
    for number in range(count):
        model = fit([samples[i] for i in np.flatnonzero(fold != number)], html_features, inner=3)
        for index in np.flatnonzero(fold == number):
            item = samples[index]
            body = flags(item.lines, predict(model, item, html_features), None)
            drop_comments(blocks_of(item.markup, item.lines), body)
            said[item.page] = "\n".join(item.lines.words(i) for i in np.flatnonzero(body))
    for prefix, name, wanted in (
        ("fundus", "Fundus part", 0.947),
        ("sh", "scrapinghub part", 0.960),
        ("", "all", None),
    ):
        ids = [item.page for item in samples if item.page.startswith(prefix)]
        for who, peer in (("trafilatura", trafilatura_text), ("resiliparse", resiliparse_text)):
            ours = f1_of_means([shingle_scores(said[one], true[one]) for one in ids])
            theirs = f1_of_means([shingle_scores(peer(raw[one]), true[one]) for one in ids])
            yield {
                "measure": f"HTML body, shingle F1, {name} ({len(ids)})",
                "ours": ours,
                "peer": theirs,
                "wanted": wanted,
                "who": who,
            }


def metadata_rows(shared: Path, _: int) -> Iterator[Row]:
    """Title, author and date, exact, on the Fundus part, beside trafilatura."""
    rows = {
        row["id"]: row for row in read_rows(shared / "cleaning" / "dump_wet.jsonl.gz") if row["id"].startswith("fundus")
    }
    ours: list[tuple[bool, bool, bool]] = []
    theirs: list[tuple[bool, bool, bool]] = []
    late = 0
    for raw in read_rows(shared / "cleaning" / "html.jsonl.gz"):
        row = rows.get(raw["id"])
        if row is not None:
            page = html_page(raw["html"].encode("utf-8", "replace"), Source(raw["id"], url=raw["url"]), "utf-8")
            article = clean(page)
            ours.append(_right(row, article.title, article.byline, article.published))
            theirs.append(_right(row, *trafilatura_meta(raw["html"], raw["url"])))
            late += _far(row["date"], article.published)
    for place, (name, wanted) in enumerate((("title", 0.90), ("author", 0.88), ("date", 0.98))):
        measure = f"HTML {name} exact, Fundus part ({len(ours)})"
        mine, peer = (float(np.mean([one[place] for one in scores])) for scores in (ours, theirs))
        yield {"measure": measure, "ours": mine, "peer": peer, "wanted": wanted, "who": "trafilatura"}
    yield {"measure": "HTML date more than 30 days off, share", "ours": late / len(ours), "wanted": "<0.01"}


def _right(row: dict, title: str | None, byline: str | None, date: str | None) -> tuple[bool, bool, bool]:
    names = sorted(_level(name) for name in re.split(r"[,;] ", byline or "") if name)
    return (
        _level(title) == _level(row["title"]),
        names == sorted(_level(name) for name in row["author"] or []),
        (date or "")[:10] == (row["date"] or "")[:10],
    )


def _level(value: str | None) -> str:
    return " ".join(unescape(value or "").replace("\u00ad", "").split())


def _far(true: str | None, said: str | None) -> bool:
    if not true or not said:
        return False
    return abs(np.datetime64(true[:10]) - np.datetime64(said[:10])) > np.timedelta64(30, "D")


def per_second(items: Sequence, *actions: Callable, turns: int = 1) -> list[float]:
    """How many items each action does in a second of processor time.

    The actions take turns at each item, so that they meet the same machine; of several turns the best counts.
    """
    best = [float("inf")] * len(actions)
    for _ in range(turns):
        spent = [0.0] * len(actions)
        for item in items:
            for place, act in enumerate(actions):
                start = time.process_time()
                act(item)
                spent[place] += time.process_time() - start
        best = [min(pair) for pair in zip(best, spent, strict=True)]
    return [len(items) / max(1e-9, seconds) for seconds in best]


def speed_rows(shared: Path, _: int) -> Iterator[Row]:
    """Pages of HTML and lines of text a second, on one core."""
    pages = [row["html"] for row in read_rows(shared / "cleaning" / "html.jsonl.gz")][:100]
    _ours(pages[0])
    name = "HTML pages a second, body and metadata"
    ours, peer, plain = per_second(pages, _ours, lambda html: trafilatura_meta(html, None, body=True), resiliparse_text)
    yield {"measure": name, "ours": ours, "peer": peer, "wanted": 3 * peer, "who": "trafilatura"}
    yield {"measure": name, "ours": ours, "peer": plain, "who": "resiliparse, body alone"}
    texts = [Page(row["id"], row["text"], "0") for row in read_rows(shared / "cleaning" / "dump_wet.jsonl.gz")]
    lines = sum(page.text.count("\n") + 1 for page in texts) / len(texts)
    classified, whole = per_second(texts, lambda page: body_odds(page, split_lines(page.text)), clean, turns=3)
    yield {"measure": "text dumps, lines a second, classified", "ours": classified * lines, "wanted": 60_000}
    yield {"measure": "text dumps, lines a second, whole clean()", "ours": whole * lines}
    gold_pages = list(read_path(shared / "gold" / "dev"))
    (rate,) = per_second(gold_pages, clean, turns=3)
    yield {"measure": "gold pages, ms a page, whole clean()", "ours": 1000 / rate, "wanted": "<3"}


def _ours(html: str) -> Article:
    return clean(html_page(html.encode("utf-8", "replace"), Source("x"), "utf-8"))


def warc_rows(shared: Path, _: int) -> Iterator[Row]:
    """The share of reading records in the whole of reading and cleaning a WARC file."""
    from fastwarc.stream_io import GzipWriter
    from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

    path = Path("/tmp/communique-benchmark.warc.gz")
    with open(path, "wb") as file:
        out = GzipWriter(file)
        for raw in list(read_rows(shared / "cleaning" / "html.jsonl.gz"))[:100]:
            record = WarcRecord()
            record.init_headers(WarcRecordType.response)
            record.headers["WARC-Target-URI"] = raw["url"]
            record.headers["Content-Type"] = "application/http; msgtype=response"
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            record.set_bytes_content(head + raw["html"].encode("utf-8", "replace"))
            record.write(out)
        out.close()
    data = path.read_bytes()
    start = time.process_time()
    records = sum(len(record.reader.read()) > 0 for record in ArchiveIterator(io.BytesIO(data), parse_http=True))
    bare = time.process_time() - start
    start = time.process_time()
    pages = [clean(page) for page in read_paths([path]) if isinstance(page, Page)]
    whole = time.process_time() - start
    path.unlink()
    yield {
        "measure": "WARC records a second, read and cleaned",
        "ours": len(pages) / whole,
        "peer": records / bare,
        "who": "fastwarc, read alone",
    }
    yield {"measure": "WARC: reading's share of the whole", "ours": bare / whole, "wanted": "<0.1"}
