"""Parties in the actor codes of CAMEO and PLOVER: a country or kind of organisation, then a sector."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from communique.export.codes import codes_of
from communique.knowledge.kinds import kind_of

SECTORS = {"civilians": "CVL", "rebels": "REB", "opposition": "OPP"}
KINDS = ("IGO", "NGO", "IMG", "INT")  # what a code begins with where it begins with no country
PLOVER_NAMED = {"IGOUNO": "UNO", "IGOEUREEC": "EUR"}  # organisations that PLOVER names; it calls the others IGO


class Entity(NamedTuple):
    """A party's country (or kind of organisation) and sector, three letters each; None where not known."""

    country: str | None
    sector: str | None


@cache
def cameo_code(actor: str) -> str | None:
    """The CAMEO code of a party: from the tables, else its country and sector, None where neither is known."""
    known = codes_of(actor).cameo
    if known:
        return known
    stem, _, last = actor.rpartition("-")
    if last in SECTORS and stem in _adjectives():
        return f"{_country(_adjectives()[stem])}{SECTORS[last]}"
    if actor in _states_of_groups():
        return _country(_states_of_groups()[actor])
    return "IGO" if kind_of(actor) == "igo" else None


@cache
def cameo_entity(actor: str) -> Entity:
    """The parts of the CAMEO code: for an organisation, no country, and its kind as the sector."""
    code = cameo_code(actor)
    if code is None:
        return Entity(None, None)
    if code == "UNK":
        return Entity(None, "UNK")
    return Entity(None, code[:3]) if code.startswith(KINDS) else Entity(code[:3], code[3:6] or None)


@cache
def plover_entity(actor: str) -> Entity:
    """The parts of PLOVER's code: its seven kinds of international actors stand where a country would."""
    code = cameo_code(actor)
    if code is None or code == "UNK":
        return Entity(None, code)
    if code in PLOVER_NAMED or code.startswith(KINDS):
        return Entity(PLOVER_NAMED.get(code, "IMG" if code.startswith("INT") else code[:3]), None)
    return Entity({"KSV": "KOS"}.get(code[:3], code[:3]), code[3:6] or None)


@cache
def state_named(name: str) -> str | None:
    """The id of the state of that name."""
    return {row["name"]: row["id"] for row in _read("states.csv")}.get(name)


def _country(state: str) -> str:
    return codes_of(state).cameo or state


@cache
def _adjectives() -> dict[str, str]:
    """States by their adjectives as ids of parties have them (``saudi``, ``south-african``)."""
    rows = _read("states.csv")
    return {row["adjective"].lower().replace(" ", "-"): row["id"] for row in rows if row["adjective"]}


@cache
def _states_of_groups() -> dict[str, str]:
    return {row["id"]: row["state"] for row in _read("groups.csv") if row["state"]}


def _read(name: str) -> list[dict[str, str]]:
    text = files("communique.knowledge").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))
