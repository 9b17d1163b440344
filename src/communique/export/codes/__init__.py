"""Codes of other data sets for the ids of parties: ISO 3166, Correlates of War, Gleditsch-Ward, CAMEO, UCDP, PA-X.

``states.csv`` and ``parties.csv`` are the tables; ``README.md`` beside them names their sources.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Codes(NamedTuple):
    """What other data sets call a party; None where they do not have it, or nothing here says so."""

    iso3: str | None = None
    iso2: str | None = None
    isonum: str | None = None
    cow: int | None = None
    cow_abbreviation: str | None = None
    gw: int | None = None
    cameo: str | None = None
    ucdp: str | None = None
    pax: str | None = None


NOTHING = Codes()


def codes_of(actor: str) -> Codes:
    """The codes of a party."""
    return _table().get(actor, NOTHING)


@cache
def _table() -> dict[str, Codes]:
    table = {row["id"]: _codes(row) for row in read("states.csv")}
    for row in read("parties.csv"):
        known = table.get(row["id"], NOTHING)
        cameo, ucdp, pax = (row[name] or None for name in ("cameo", "ucdp", "pax"))
        table[row["id"]] = known._replace(cameo=cameo or known.cameo, ucdp=ucdp, pax=pax)
    return table


def read(name: str) -> list[dict[str, str]]:
    """The rows of a table of this folder."""
    text = files("communique.export.codes").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _codes(row: dict[str, str]) -> Codes:
    iso3, iso2, isonum, abbreviation, cameo = (
        row[name] or None for name in ("iso3", "iso2", "isonum", "cow_abbreviation", "cameo")
    )
    return Codes(iso3, iso2, isonum, _number(row["cow"]), abbreviation, _number(row["gw"]), cameo)


def _number(cell: str) -> int | None:
    return int(cell) if cell else None
