"""Records as tables: the same values in Arrow, pandas and polars, with missing values missing."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

import communique
from communique.api import columns, results, tables

QUESTIONS = {
    "threads": columns.THREADS,
    "moves": columns.MOVES,
    "events": columns.EVENTS,
    "actors": columns.ACTORS,
    "disputes": columns.DISPUTES,
    "positions": columns.POSITIONS,
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_library_holds_the_same_values(ledger: communique.Ledger, question: str) -> None:
    """Arrow, polars and pandas give back each row as the records have it."""
    found = getattr(ledger, question)()
    rows = list(found.rows())
    assert rows and found.to_arrow().to_pylist() == rows
    assert found.to_polars().to_dicts() == rows
    assert [{name: plain(value) for name, value in row.items()} for row in found.to_pandas().to_dict("records")] == rows


def plain(value: Any) -> Any:
    """A cell of pandas as a plain value."""
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if not isinstance(value, list) and pd.isna(value) else value


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_empty_table_keeps_its_columns(ledger: communique.Ledger, question: str) -> None:
    """No records give a table with every column, of the same type as ever."""
    none = getattr(ledger, question)(actor="nobody")
    all_ = getattr(ledger, question)()
    assert none.to_arrow().num_rows == 0
    assert none.to_arrow().schema == all_.to_arrow().schema
    assert tuple(none.to_pandas().columns) == tuple(none.to_polars().columns) == all_.columns
    assert (none.to_pandas().dtypes == all_.to_pandas().dtypes).all()


def test_missing_is_missing(ledger: communique.Ledger) -> None:
    """No text, number or date stands for a missing value."""
    frame = ledger.events().to_pandas()
    arrow = ledger.events().to_arrow()
    assert arrow["mode"].null_count == frame["mode"].isna().sum() > 0
    assert not frame["mode"].dropna().isin(["", "None", "nan"]).any()


def test_a_date_is_also_its_first_and_last_day(ledger: communique.Ledger) -> None:
    """A month is given as written, and as the days between which the act lies."""
    found = {row["date"]: row for row in ledger.events().rows() if row["date"] == "2014-02"}
    assert found["2014-02"]["first_day"] == dt.date(2014, 2, 1)
    assert found["2014-02"]["last_day"] == dt.date(2014, 2, 28)


def test_long_answers_come_in_batches(ledger: communique.Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of many batches is the table of one."""
    whole = ledger.events().to_arrow()
    monkeypatch.setattr(results, "BATCH", 7)
    parts = ledger.events().to_arrow()
    assert parts.column(0).num_chunks > 2 and parts == whole


def test_a_missing_library_names_its_extra(ledger: communique.Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says what to install."""

    def gone(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(tables, "import_module", gone)
    with pytest.raises(results.MissingExtra, match=r"pip install 'communique\[frames\]'"):
        ledger.threads().to_arrow()


def test_kinds_are_arrow_types() -> None:
    """Every column's kind has a type."""
    types = tables._types(pa)
    assert {column.kind for made in QUESTIONS.values() for column in made} <= set(types)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_documents_name_every_column(question: str) -> None:
    """docs/python.md lists the columns, in their order."""
    text = (Path(__file__).parents[2] / "docs" / "python.md").read_text(encoding="utf-8")
    told = next(line for line in text.splitlines() if line.startswith(f"| {question} | `"))
    assert re.findall(r"`(\w+)`", told) == [column.name for column in QUESTIONS[question]]
