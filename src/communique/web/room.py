"""What every view has at hand: an open connection, what was counted before, and the names of parties."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection

from communique.ledger.actors import names_of
from communique.web.naming import tabled
from communique.web.remembering import Memory

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Room:
    """A request's view of the ledger: one consistent state of it, and the server's memory of that state."""

    connection: Connection
    memory: Memory
    state: Hashable

    @classmethod
    def of(cls, connection: Connection, memory: Memory) -> Room:
        """The room for one request."""
        return cls(connection, memory, memory.state(connection))

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, counted once for this state of the ledger."""
        return self.memory.recall(self.state, key, make)

    def name(self, actor: str) -> str:
        """What to call a party: by the tables of who is who, else as the pages call it, else its id."""
        known = tabled().get(actor)
        return known or self.recall(("name", actor), lambda: names_of(self.connection, [actor]).get(actor, actor))

    def named(self, actors: Iterable[str]) -> list[dict[str, Any]]:
        """Parties as ``id`` and ``name``."""
        listed = list(actors)
        new = [actor for actor in listed if actor not in tabled() and not self._knows(actor)]
        for actor, name in (names_of(self.connection, new) if len(new) > 1 else {}).items():
            self.recall(("name", actor), lambda name=name: name)  # type: ignore[misc]
        return [{"id": actor, "name": self.name(actor)} for actor in listed]

    def _knows(self, actor: str) -> bool:
        return self.memory.holds(self.state, ("name", actor))
