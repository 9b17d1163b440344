"""Whole columns at a time: the same tables as row by row, whichever way they are read and whoever writes meanwhile."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.export import csv_tables, parquet
from communique.export.arrow import beside, move_tables, parties, parts
from communique.export.arrow.coded import coded, flat, in_order, together
from communique.export.arrow.csv_text import pieces
from communique.export.arrow.details import details
from communique.export.arrow.lists import joined, lists_apart
from communique.export.arrow.made import numbers_in, of_values, truths
from communique.export.arrow.reading import arrow_tables
from communique.export.csv_lines import lines
from communique.export.running import Wanted, opened
from communique.export.tables import tables
from export.made import all_bytes
from export.tables_made import fill
from web.sample import add_all, coded_samples

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger's file."""
    return fill(str(tmp_path_factory.mktemp("arrow") / "made.ledger"))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every ledger counts as a large one, and comes in many parts."""
    monkeypatch.setattr(beside, "SMALL", 0)
    monkeypatch.setattr(parts, "PAGES", 3)
    monkeypatch.setattr(parties, "ROWS", 5)
    monkeypatch.setattr(move_tables, "ROWS", 7)


def written(target: str, folder: Path, columns: bool) -> dict[str, bytes]:
    """What both formats write of a ledger, by whole columns or row by row."""
    with opened(target, Wanted(), columns=columns) as (record, metadata):
        assert bool(record.ask) is columns
        assert (type(getattr(record.ask, "__self__", None)) is beside.Beside) is (columns and not beside.SMALL)
        for name, write in (("csv", csv_tables.write), ("parquet", parquet.write)):
            (folder / name).mkdir(parents=True)
            write(record, folder / name, metadata)
    return all_bytes(folder)


def test_columns_give_the_bytes_of_rows(ledger: str, large: None, tmp_path: Path) -> None:
    """A process beside this one, in parts of a few pages, gives what the rows are; so does the connection itself."""
    by_rows = written(ledger, tmp_path / "rows", columns=False)
    assert written(ledger, tmp_path / "beside", columns=True) == by_rows
    beside.SMALL = 1 << 40
    assert written(ledger, tmp_path / "here", columns=True) == by_rows
    assert len(by_rows) > 2 * len(tables())


def test_both_see_one_state(large: None, tmp_path: Path) -> None:
    """What is written while an export runs is not in it, whichever way a table is read."""
    pages = coded_samples()
    target = tmp_path / "made.ledger"
    add_all(target, pages[:-2]).close()
    with opened(str(target), Wanted(), columns=True) as (record, _):
        add_all(target, pages[-2:]).close()
        counts: Counter[str] = Counter()
        for name, table in arrow_tables(record):
            counts[name] += len(table)
        assert counts["articles"] == sum(len(part.pages) for part in record.parts()) == len(pages) - 2
    with opened(str(target), Wanted(), columns=True) as (record, _):
        assert sum(len(table) for name, table in arrow_tables(record) if name == "articles") == len(pages)


@settings(deadline=None)  # the first example may import pandas
@given(st.lists(st.tuples(*[st.lists(TEXTS | st.sampled_from(["a", "],[", ","]), max_size=3)] * 3), max_size=6))
def test_packed_lists_come_back(cells: list[tuple[list[str], ...]]) -> None:
    """Whatever the texts hold: quotes, commas, brackets, backslashes; whichever of a cell's lists are empty."""
    packed = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in cells]
    for skipped in (0, 1):
        lists = lists_apart(pa.array(packed, pa.string()).slice(skipped), 3)
        for n, (owners, values) in enumerate(lists):
            assert values.to_pylist() == [text for one in cells[skipped:] for text in one[n]]
            assert owners.tolist() == [place for place, one in enumerate(cells[skipped:]) for _ in one[n]]


WORDS = TEXTS | st.sampled_from(["a", '"', "], 7 [", '"terms": [', "a: 8, 9", "terms", "\\"])
PLACE = st.integers(0, 10**9)
TERM = st.tuples(st.sampled_from(["gives", "asks", "conditions"]), st.none() | WORDS, PLACE, PLACE, WORDS)
DETAIL = st.fixed_dictionaries(
    {
        "according_to": st.lists(WORDS, max_size=3),
        "terms": st.lists(TERM, max_size=3),
        "mentions": st.lists(st.tuples(PLACE, PLACE, WORDS), max_size=3),
    }
)


@settings(deadline=None)  # the first example may import pandas
@given(st.lists(st.none() | DETAIL, max_size=6), st.integers(0, 1))
def test_details_come_back(told: list[dict[str, list[Any]] | None], skipped: int) -> None:
    """Whatever the texts hold, and whichever events have any: by quotes or as any JSON."""
    cells = [one and json.dumps(one, ensure_ascii=False) for one in told]
    for name, listed in details(pa.array(cells, pa.string()).slice(skipped))._asdict().items():
        rows = [(n, place, row) for n, one in enumerate(told[skipped:]) if one for place, row in enumerate(one[name])]
        assert list(zip(listed.owner.tolist(), listed.place.tolist(), strict=True)) == [row[:2] for row in rows]
        columns = [column.to_pylist() for column in listed.columns]
        found = columns[0] if name == "according_to" else list(zip(*columns, strict=True))
        assert found == [row[2] for row in rows]


@settings(deadline=None)  # the first example may import pandas
@given(st.lists(st.none() | TEXTS, max_size=9), st.lists(st.none() | TEXTS, max_size=9))
def test_coded_texts_are_what_they_were(some: list[str | None], others: list[str | None]) -> None:
    """Put together, picked and put in order, places in a list of texts stand for the same texts."""
    pieces = [coded(pa.array(texts, pa.string())) for texts in (some, others)]
    whole = together(pieces).slice(1)
    made = in_order(whole)
    assert flat(whole).to_pylist() == flat(made).to_pylist() == (some + others)[1:]
    assert made.dictionary.to_pylist() == list(dict.fromkeys(text for text in (some + others)[1:] if text is not None))


@settings(deadline=None)  # the first example may import pandas
@given(st.lists(st.lists(st.none() | TEXTS, max_size=3), max_size=6))
def test_lists_are_joined_as_python_joins(lists: list[list[str | None]]) -> None:
    """Missing values fall away, and nothing is null."""
    owners = np.array([place for place, one in enumerate(lists) for _ in one], np.int64)
    cells = joined(pa.array([text for one in lists for text in one], pa.string()), owners, len(lists))
    kept = [[text for text in one if text is not None] for one in lists]
    assert cells.to_pylist() == [" | ".join(one) if one else None for one in kept]


ROW = st.tuples(st.none() | TEXTS, st.text('a,"\r\n;', max_size=4), st.none() | st.integers(-9, 9), st.booleans(),
                st.none() | st.floats(allow_nan=False))  # fmt: skip


@settings(deadline=None)  # the first example may import pandas
@given(st.lists(ROW, max_size=8))
def test_lines_are_those_of_rows(rows: list[tuple[Any, ...]]) -> None:
    """CSV from columns is CSV from rows, byte by byte."""
    types = [pa.string(), pa.string(), pa.int64(), pa.bool_(), pa.float64()]
    columns = [pa.array([row[n] for row in rows], type_) for n, type_ in enumerate(types)]
    table = pa.table(columns, names=list("abcde"))
    assert b"".join(bytes(piece) for piece in pieces(table)) == lines(rows).encode()


def test_nothing_imports_pandas(ledger: str, tmp_path: Path) -> None:
    """Pandas takes longer to import than a small export takes, and nothing here needs it."""
    code = f"""
import sys
from pathlib import Path
from communique.export import running
from communique.export.arrow import beside
beside.SMALL = 0
running.export({ledger!r}, Path({str(tmp_path)!r}), ["csv", "parquet"], running.Wanted(), print)
sys.exit("pandas" in sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


@settings(deadline=None)  # the first example may import pandas
@given(st.lists(st.none() | TEXTS), st.lists(st.none() | st.integers(-(2**63), 2**63 - 1)), st.integers(0, 2))
def test_columns_hold_their_values(texts: list[str | None], numbers: list[int | None], skipped: int) -> None:
    """Made of bytes, columns are as pyarrow makes them, and their numbers come back."""
    for values, type_ in (
        (texts, pa.string()),
        (numbers, pa.int64()),
        ([None if n is None else n > 0 for n in numbers], pa.bool_()),
    ):
        made = of_values(values, type_)
        made.validate(full=True)
        assert made.equals(pa.array(values, type_))
    whole = of_values(numbers, pa.int64())[skipped:]
    assert numbers_in(whole).tolist() == [-1 if n is None else n for n in numbers[skipped:]]
    assert truths(whole.is_valid()).tolist() == [n is not None for n in numbers[skipped:]]
