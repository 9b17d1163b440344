"""Parties between two days: years and months that lie wholly within are read off their counts."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import create_engine, insert, or_, select

from communique.ledger import partycounts, schema


@pytest.mark.parametrize(
    ("first", "last"),
    [("1999-01", "2003-12"), ("1999-02", "2003-11"), ("2001-03", "2001-03"), ("2000-12", "2002-01"),
     ("2001-01", "2001-12"), ("2001-12", "2002-01"), ("2001-01", "2002-06")],
)  # fmt: skip
def test_each_month_is_counted_once(first: str, last: str) -> None:
    """What is read off for years and months together is what its months are."""
    months = [f"{year}-{month:02}" for year in range(1999, 2004) for month in range(1, 13)]
    rows = [{"field": "month", "value": m, "actor": "a", "made": 1 << n, "received": 0} for n, m in enumerate(months)]
    wanted = sum(row["made"] for row in rows if first <= row["value"] <= last)
    engine = create_engine("sqlite://")
    schema.party_count.create(engine)
    query = select(schema.party_count.c.made).where(or_(*partycounts._read_off(_day(first), _day(last))))
    with engine.begin() as connection:
        connection.execute(insert(schema.party_count), [*rows, *partycounts._years(rows)])
        assert sum(connection.execute(query).scalars()) == wanted


def _day(month: str) -> int:
    return dt.date.fromisoformat(f"{month}-15").toordinal()
