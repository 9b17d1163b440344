"""Parties as tables write them (names, codes, ids) to the codebook's ids."""

from __future__ import annotations

from functools import cache

from communique.actor import Actor
from communique.export import codes
from communique.importing.mapping import Mapping
from communique.knowledge import tables
from communique.knowledge.knowledge import slug


def party(cell: str, mapping: Mapping) -> Actor:
    """The party that a cell names.

    First what the mapping says of it; then its code in the list that the mapping names; then an id or name of the
    tables of who is who. Any other name is an id of its own, as in the codebook: in lower case, with hyphens.
    Raises ValueError where a code is not in its list.
    """
    said = mapping.values.get("parties", {}).get(cell)
    if said is not None:
        return Actor(cell, said)
    if mapping.party_codes is not None:
        return Actor(cell, _coded(cell, mapping.party_codes))
    return Actor(cell, _ids().get(cell) or _names().get(cell.casefold()) or slug(cell) or "unknown")


def _coded(cell: str, kind: str) -> str:
    number = cell.lstrip("0") or cell
    found = _codes(kind).get(cell.upper()) or _codes(kind).get(number.upper())
    if found is None:
        raise ValueError(f"{cell!r} is no {kind} code of the tables (say under 'values: parties' what it means)")
    return found


@cache
def _codes(kind: str) -> dict[str, str]:
    """Ids by code; leading zeros may be left out."""
    rows = [row for row in codes.read("states.csv") if row[kind]]
    return {**{row[kind].lstrip("0").upper(): row["id"] for row in rows}, **{r[kind].upper(): r["id"] for r in rows}}


@cache
def _ids() -> dict[str, str]:
    named = ("states.csv", "igos.csv", "groups.csv", "collectives.csv")
    return {row[0]: row[0] for name in named for row in tables.rows(name)} | {"unknown": "unknown"}


@cache
def _names() -> dict[str, str]:
    """Ids by name in lower case, the surest tables last so that they prevail."""
    found: dict[str, str] = {}
    for name in ("collectives.csv", "groups.csv", "igos.csv"):
        found |= {each.casefold(): row[0] for row in tables.rows(name) for each in tables.split(row[-1])}
    for code, names, *_ in tables.rows("states_more.csv"):
        found |= {each.casefold(): code for each in tables.split(names)}
    for code, name, variants, *_ in tables.rows("states.csv"):
        found |= {each.casefold(): code for each in (name, *tables.split(variants))}
    return found
