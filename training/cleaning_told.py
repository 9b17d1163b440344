"""The measures of ``benchmarks/cleaning.py`` that tell how right title, author and date are, beside the peers'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import numpy as np
from cleaning_data import read_rows
from cleaning_peers import readability_title, trafilatura_meta
from cleaning_rows import Asked, Row

from communique.cleaning import clean
from communique.page import Page
from communique.reading import Source, html_page

Right = tuple[bool, bool, bool]
WANTED = (("title", 0.90), ("author", 0.88), ("date", 0.98))
PART = "fundus"


def metadata_rows(asked: Asked) -> Iterator[Row]:
    """Title, author and date, exact, on the Fundus part, beside the peers; dates far off, on all pages with one."""
    known = {row["id"]: row for row in read_rows(asked.shared / "cleaning" / "dump_wet.jsonl.gz")}
    ours: list[Right] = []
    theirs: list[Right] = []
    titles: list[bool] = []
    far: list[bool] = []
    for raw in asked.part(list(read_rows(asked.shared / "cleaning" / "html.jsonl.gz"))):
        row = known[raw["id"]]
        page = html_page(raw["html"].encode("utf-8", "replace"), Source(raw["id"], url=raw["url"]), "utf-8")
        article = clean(page)
        if row["date"]:
            far.append(_far(row["date"], article.published))
        if raw["id"].startswith(PART):
            ours.append(_right(row, article.title, article.byline, article.published))
            theirs.append(_right(row, *trafilatura_meta(raw["html"], raw["url"])))
            titles.append(_level(readability_title(raw["html"])) == _level(row["title"]))
    for place, (name, wanted) in enumerate(WANTED):
        peers = {"trafilatura": float(np.mean([one[place] for one in theirs]))}
        if name == "title":
            peers["readability"] = float(np.mean(titles))
        mine = float(np.mean([one[place] for one in ours]))
        yield Row(f"HTML {name} exact, Fundus part ({len(ours)})", mine, peers, wanted)
    yield Row(f"HTML date over 30 days off, share ({len(far)})", float(np.mean(far)), {}, 0.01, "<")
    yield _text_dates(asked)


def _text_dates(asked: Asked) -> Row:
    """How many raw text dumps that have a date are given another, over 30 days off; silence is no error."""
    far = [
        _far(row["date"], clean(Page(row["id"], row["text"], "0", url=row["url"])).published)
        for row in asked.part(list(read_rows(asked.shared / "cleaning" / "dump_wet.jsonl.gz")))
        if row["date"]
    ]
    return Row(f"raw text dumps, date over 30 days off, share ({len(far)})", float(np.mean(far)), {}, 0.01, "<")


def _right(row: dict, title: str | None, byline: str | None, date: str | None) -> Right:
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
    return bool(abs(np.datetime64(true[:10]) - np.datetime64(said[:10])) > np.timedelta64(30, "D"))
