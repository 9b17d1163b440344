"""The reports of a folder of shards, each page once, in order of publication; and the copies among its pages."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from communique.article import Article
from communique.batch.linking_pairs import Edges, together
from communique.batch.linking_shards import Shard
from communique.batch.linking_work import Rows, Work
from communique.batch.rows import LINKED, body_of, linked_event
from communique.linking.copies import DAYS_APART, bands, likeness, signature
from communique.linking.days import bounds
from communique.linking.keyed import days_filed
from communique.linking.report import Report, reports_of
from communique.linking.same_act import block_keys

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PAGES = """
CREATE TABLE page AS SELECT (row_number() OVER (ORDER BY published, key) - 1)::INTEGER AS page, * FROM (
    SELECT key, min(shard) AS shard, arg_min(published, shard) AS published,
        arg_min(coalesce(url, path, doc), shard) AS place
    FROM article WHERE coded GROUP BY key)
"""
_OF_PAGE = ("page", "address", "outlet", "published", "credit")
_EVENTS = f"""
SELECT p.page AS number, {", ".join(f"e.{name}" for name in (*_OF_PAGE, *LINKED))}
FROM event e JOIN page p ON e.page = p.key AND e.shard = p.shard
ORDER BY p.page, e.position
"""
_BODIES = """
SELECT p.page AS number, a.published, a.text, a.article_detail
FROM article a JOIN page p ON a.key = p.key AND a.shard = p.shard
"""
_NEAR = f"""
SELECT DISTINCT x.page AS a, y.page AS b, m.mark AS mark, n.mark AS other, m.day AS day, n.day AS other_day
FROM page_band x JOIN page_band y ON x.band = y.band AND x.page < y.page
JOIN page_mark m ON m.page = x.page JOIN page_mark n ON n.page = y.page
WHERE m.day IS NULL OR n.day IS NULL OR abs(m.day - n.day) <= {DAYS_APART}
"""
_VERSIONS = """
SELECT first AS a, page AS b FROM (SELECT page, min(page) OVER (PARTITION BY place) AS first FROM page)
WHERE page <> first
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of each report by its number: its page, and the pairs (answering, answered) of one page.

    ``copied`` says for each page, by number, the number of its group of copies, -1 where it has none.
    """

    page: NDArray[np.int32]
    answering: NDArray[np.int32]
    answered: NDArray[np.int32]
    copied: NDArray[np.int32]

    def copies_of(self, numbers: Sequence[int], reports: Sequence[Report]) -> dict[str, str]:
        """The groups of copies of some reports' pages, as ``summarise`` takes them."""
        groups = self.copied[self.page[np.asarray(numbers, np.int64)]].tolist()
        return {r.page: str(group) for r, group in zip(reports, groups, strict=True) if group >= 0}


def read_shards(work: Work, shards: Sequence[Shard]) -> None:
    """Name the shards' tables ``article`` and ``event``, and number the coded pages, each of which counts once."""
    for table, files in (("article", [s.articles for s in shards]), ("event", [s.events for s in shards])):
        listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
        work.db.execute(
            f"CREATE VIEW {table} AS SELECT * EXCLUDE (filename), parse_filename(filename) AS shard"
            f" FROM read_parquet([{listed}], filename = true, hive_partitioning = false)"
        )
    work.db.execute(_PAGES)


def read_reports(work: Work) -> Told:
    """Every event as a report, kept with the keys under which it meets others."""
    keys = keys_table(work)
    pages, answering, answered = array("i"), array("i"), array("i")
    for number, reports in _by_page(work):
        id_of = {report.key: work.reports.append(report) for report in reports}
        for report in reports:
            pages.append(number)
            file_report(keys, report, id_of[report.key], number)
            if report.answers in id_of:
                answering.append(id_of[report.key])
                answered.append(id_of[report.answers])
    keys.flush()
    work.reports.flush()
    return Told(_numbers(pages), _numbers(answering), _numbers(answered), _copies(work))


def _numbers(values: array[int]) -> NDArray[np.int32]:
    return np.array(values, np.int32)


def keys_table(work: Work) -> Rows:
    """A new table of the keys under which reports meet, for ``file_report`` to fill."""
    work.db.execute(
        "CREATE TABLE report_key (key BIGINT, id INTEGER, page INTEGER, timed TINYINT, wide TINYINT,"
        " since INTEGER, until INTEGER, told INTEGER, dated TINYINT)"
    )
    codes = {"key": "q", "id": "i", "page": "i", "timed": "b", "wide": "b"}
    return Rows(work, "report_key", {**codes, "since": "i", "until": "i", "told": "i", "dated": "b"})


def file_report(keys: Rows, report: Report, number: int, page: int) -> None:
    """Note the keys of a report, by its number and its page's."""
    timed, matters, wide = block_keys(report)
    when = days_filed(report)
    keys.add(timed, number, page, True, wide, *when)
    keys.add(matters, number, page, False, wide, *when)


def _by_page(work: Work) -> Iterator[tuple[int, list[Report]]]:
    """The reports of each page, by the page's number, in order."""
    rows = (row for batch in work.stream(_EVENTS, 2_000) for row in batch.to_pylist())
    for number, listed in groupby(rows, key=lambda row: row["number"]):
        told = list(listed)
        first = told[0]
        article = Article(outlet=first["outlet"], published=first["published"], credit=first["credit"])
        events = [linked_event(row) for row in told]
        yield number, reports_of(first["page"], first["address"], article, events)


def _copies(work: Work) -> NDArray[np.int32]:
    """Each coded page's group of copies, -1 where it has none: near-duplicate bodies, and versions of one address."""
    _mark(work)
    a, b = array("i"), array("i")
    for batch in work.stream(_NEAR, 10_000):
        for row in batch.to_pylist():
            if likeness(row["mark"], row["day"], row["other"], row["other_day"]):
                a.append(row["a"])
                b.append(row["b"])
    for batch in work.stream(_VERSIONS):
        a.extend(batch.column("a").to_pylist())
        b.extend(batch.column("b").to_pylist())
    work.db.execute("DROP TABLE page_mark")
    work.db.execute("DROP TABLE page_band")
    (number,) = work.db.execute("SELECT count(*) FROM page").fetchone()  # type: ignore[misc]
    pairs = Edges(np.array(a, np.int32), np.array(b, np.int32), np.ones(len(a)))
    labels = together(number, pairs) if number else np.empty(0, np.int32)
    copied = np.zeros(number, bool)
    copied[pairs.a] = copied[pairs.b] = True
    return np.where(copied, labels, -1).astype(np.int32)


def _mark(work: Work) -> None:
    work.db.execute("CREATE TABLE page_mark (mark BLOB, page INTEGER, day INTEGER)")
    work.db.execute("CREATE TABLE page_band (band BIGINT, page INTEGER)")
    filed = Rows(work, "page_band", {"band": "q", "page": "i"})
    for batch in work.stream(_BODIES, 500):
        rows = batch.to_pylist()
        marks = [signature(body_of(row) or row["text"]) for row in rows]
        days = [bounds(row["published"]) for row in rows]
        numbers = [row["number"] for row in rows]
        columns = {"mark": marks, "page": numbers, "day": [day[1] if day else None for day in days]}
        work.insert("page_mark", columns)
        for number, mark in zip(numbers, marks, strict=True):
            filed.add(set(bands(mark)), number)
    filed.flush()
