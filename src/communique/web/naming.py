"""What the tables of who is who say of a party: its name, its other names, and who acted for it when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.knowledge import tables


@cache
def tabled() -> dict[str, str]:
    """Names of states, organisations and groups by id."""
    names = {code: names.split("|")[0] for code, _state, names in tables.rows("groups.csv")}
    names |= {code: listed.split("|")[0] for code, listed in tables.rows("igos.csv")}
    return {**names, **{row[0]: row[1] for row in tables.rows("states.csv")}, "unknown": "a party not named"}


@dataclass(frozen=True, slots=True)
class Office:
    """Someone who acts for a party: name, role, first and last month (``9999`` where it goes on)."""

    name: str
    role: str
    start: str
    end: str


@cache
def _offices() -> dict[str, tuple[Office, ...]]:
    found: dict[str, list[Office]] = {}
    for name, _aliases, _gender, code, role, start, end in tables.rows("people.csv"):
        if code:
            found.setdefault(code, []).append(Office(name, role, *tables.periods(start, end)))
    return {code: tuple(sorted(held, key=lambda o: (o.start, o.name))) for code, held in found.items()}


def offices(actor: str) -> tuple[Office, ...]:
    """Who acted for a party in which role, the earliest first."""
    return _offices().get(actor, ())


@cache
def aliases(actor: str) -> tuple[str, ...]:
    """Other names that the tables know for a party."""
    cells = [row[2] for row in tables.rows("states.csv") if row[0] == actor]
    cells += [row[-1] for name in ("groups.csv", "igos.csv") for row in tables.rows(name) if row[0] == actor]
    return tuple(dict.fromkeys(name for cell in cells for name in tables.split(cell) if name != tabled().get(actor)))
