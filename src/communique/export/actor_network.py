"""Who acts toward whom: parties as nodes, and for each ordered pair the acts between them, counted by type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from communique.codebook.loader import load
from communique.export.acts import acts, names
from communique.export.dates import iso
from communique.export.record import Party, Record
from communique.move import Move


@dataclass(slots=True)
class Edge:
    """The acts of one party toward another: how many of each type, and the first and last day of those with a date."""

    source: str
    target: str
    types: Counter[str] = field(default_factory=Counter)
    first: int | None = None
    last: int | None = None
    disputed: int = 0

    @property
    def acts(self) -> int:
        """All acts."""
        return self.types.total()

    def add(self, move: Move) -> None:
        """Count an act."""
        self.types[move.type] += 1
        self.disputed += bool(move.disputes)
        if move.date is not None:
            days = [day for day in (move.since, move.until) if day is not None]
            self.first = min([*days, *([self.first] if self.first else [])], default=None)
            self.last = max([*days, *([self.last] if self.last else [])], default=None)

    def values(self) -> dict[str, int | str | None]:
        """What a file says of the edge, by the names in EDGE."""
        counts = {f"acts_{name}": self.types[name] for name in types()}
        groups = {f"acts_{group}": sum(self.types[n] for n in inside) for group, inside in groups_of_types().items()}
        days = {"first": iso(self.first), "last": iso(self.last)}
        return {"acts": self.acts, "disputed": self.disputed, **days, **groups, **counts}


@cache
def types() -> tuple[str, ...]:
    """The codebook's types, in its order."""
    return tuple(kind.name for kind in load().types)


@cache
def groups_of_types() -> dict[str, tuple[str, ...]]:
    """The types of each group of the codebook."""
    return {group: tuple(kind.name for kind in load().types if kind.group == group) for group in load().groups}


def edge_fields() -> dict[str, str]:
    """The names of an edge's values, each with ``integer`` or ``string``."""
    counted = [f"acts_{name}" for name in (*groups_of_types(), *types())]
    return {"acts": "integer", "disputed": "integer", "first": "string", "last": "string",
            **dict.fromkeys(counted, "integer")}  # fmt: skip


NODE_FIELDS = {"kind": "string", "made": "integer", "received": "integer"}


@dataclass(frozen=True, slots=True)
class Network:
    """Parties with their names, and edges, both sorted by id. ``alone`` counts acts toward nobody."""

    parties: tuple[Party, ...]
    names: dict[str, str]
    edges: tuple[Edge, ...]
    alone: int


def network(record: Record) -> Network:
    """The network of the acts asked for; parties without an edge are left out where only some acts are asked for."""
    edges, alone = _edges(acts(record))
    used = {end for edge in edges for end in (edge.source, edge.target)}
    everything = not (record.focus.threads or record.focus.actors)
    parties = tuple(party for party in record.parties() if everything or party.id in used)
    return Network(parties, names(record), edges, alone)


def _edges(moves: Iterable[Move]) -> tuple[tuple[Edge, ...], int]:
    found: dict[tuple[str, str], Edge] = {}
    alone = 0
    for move in moves:
        alone += not (move.actors and move.targets)
        for pair in ((a, b) for a in move.actors for b in move.targets if a != b):
            found.setdefault(pair, Edge(*pair)).add(move)
    return tuple(found[pair] for pair in sorted(found)), alone


def lost(made: Network) -> list[tuple[str, str]]:
    """What a network cannot hold."""
    return [
        ("acts toward nobody", f"{made.alone} acts have no target (or no source) and make no edge"),
        ("single acts", "an edge counts acts; their words, terms and answers are in the other formats"),
    ]
