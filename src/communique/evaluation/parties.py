"""The parties of an event as ids that two coders' spellings agree on."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Any

Event = dict[str, Any]


@cache
def _aliases() -> dict[str, str]:
    text = files("communique.evaluation").joinpath("aliases.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["alias"]: row["id"] for row in rows}


def canonical(actor_id: str) -> str:
    """One spelling of an id: without "the-", aliases resolved, state codes in capitals."""
    plain = actor_id.strip().replace(" ", "-").removeprefix("the-")
    if plain.lower() in _aliases():
        return _aliases()[plain.lower()]
    return plain.upper() if re.fullmatch(r"[A-Za-z]{3}", plain) else plain


def ids(event: Event, field: str) -> frozenset[str]:
    """The canonical ids in ``sources`` or ``targets``."""
    return frozenset(canonical(actor["id"]) for actor in event.get(field) or () if actor.get("id"))


def parties(event: Event) -> frozenset[str]:
    """The canonical ids on either side."""
    return ids(event, "sources") | ids(event, "targets")
