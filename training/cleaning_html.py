"""HTML pages to learn from: their lines, and which of them the gold body has."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from cleaning_data import Sample, read_rows
from numpy.typing import NDArray

from communique.cleaning.features import NAMES, line_features
from communique.cleaning.lines import Lines, split_lines
from communique.cleaning.markup import blocks_of, hint_buckets, markup_features
from communique.cleaning.wording import BUCKETS
from communique.page import Page
from communique.reading import Source, html_page

WORD = re.compile(r"\w+")
SHINGLE = 4
PROSE = NAMES.index("prose")


def html_samples(shared: Path) -> list[Sample]:
    """The HTML pages of ``shared/cleaning`` whose body is known from their dump."""
    rows = {row["id"]: row for row in read_rows(shared / "cleaning" / "dump_wet.jsonl.gz")}
    found = []
    for raw in read_rows(shared / "cleaning" / "html.jsonl.gz"):
        row = rows[raw["id"]]
        page = html_page(raw["html"].encode("utf-8", "replace"), Source(raw["id"], url=raw["url"]), "utf-8")
        lines = split_lines(page.text)
        item = Sample(row["id"], row["site"], "html", lines, body_of(lines, gold_lines(row)))
        item.markup = page
        found.append(item)
    return found


def gold_lines(row: dict) -> list[str]:
    """The body lines of a dump."""
    lines = row["text"].split("\n")
    return [lines[number] for number in row["body_lines"]]


def shingles(text: str) -> list[tuple[str, ...]]:
    """The runs of four words of a text, in lower case; all its words where it has fewer."""
    words = WORD.findall(text.lower())
    if len(words) < SHINGLE:
        return [tuple(words)] if words else []
    return [tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)]


def body_of(lines: Lines, gold: list[str]) -> list[bool]:
    """Which lines of another reading of the page are in the gold body: most of their words' runs are."""
    known = set(shingles(" ".join(gold)))
    whole = {" ".join(WORD.findall(line.lower())) for line in gold}
    flags = []
    for index in range(len(lines)):
        words = lines.words(index)
        own = shingles(words)
        if " ".join(WORD.findall(words.lower())) in whole:
            flags.append(True)
        else:
            flags.append(len(own) > 1 and sum(one in known for one in own) >= 0.7 * len(own))
    return flags


def html_features(item: Sample, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """The features of a page of HTML: those of its text, then those of its markup."""
    page: Page = item.markup
    rows = line_features(item.lines, weights, item.recurring)
    blocks = blocks_of(page, item.lines)
    return np.concatenate([rows, markup_features(page, item.lines, blocks, rows[:, PROSE], weights)], axis=1)


def hint_matrix(samples: list[Sample]) -> sparse.csr_matrix:
    """One row a line, one column a bucket: the class words of its chain."""
    rows, columns, row = [], [], 0
    for item in samples:
        for block in blocks_of(item.markup, item.lines):
            for bucket in set(hint_buckets(block.tags, block.hints)):
                rows.append(row)
                columns.append(bucket)
            row += 1
    matrix = sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(row, BUCKETS))
    return sparse.diags(1 / np.sqrt(np.maximum(matrix.getnnz(axis=1), 1))) @ matrix
