"""Folders of shards for tests, written from coded pages with the batch's own schema and rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from communique.batch.rows import article_row, event_rows
from communique.batch.schema import article_schema, event_schema
from communique.coding.coded import CodedPage

STAMP = {"coder": "gold", "coder_version": "1", "codebook_version": "1.2"}


def write_folder(folder: Path, *shards: Sequence[CodedPage]) -> Path:
    """A folder with one shard a list of pages."""
    for name in ("articles", "events", "manifest"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number, pages in enumerate(shards):
        articles = [article_row(coded, n, 1.0, STAMP) for n, coded in enumerate(pages)]
        told = [row for coded in pages for row in event_rows(coded, STAMP)]
        pq.write_table(pa.Table.from_pylist(articles, article_schema()), folder / "articles" / f"s{number}.parquet")
        pq.write_table(pa.Table.from_pylist(told, event_schema()), folder / "events" / f"s{number}.parquet")
        (folder / "manifest" / f"s{number}.json").write_text("{}", encoding="utf-8")
    return folder
