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
    names: dict[str, str]

    @classmethod
    def of(cls, connection: Connection, memory: Memory) -> Room:
        """The room for one request."""
        state = memory.state(connection)
        return cls(connection, memory, state, memory.recall(state, "names", dict))

    @property
    def sqlite(self) -> bool:
        """Whether the ledger is a file; else it is a PostgreSQL database."""
        return self.connection.dialect.name == "sqlite"

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, counted once for this state of the ledger."""
        return self.memory.recall(self.state, key, make)

    def name(self, actor: str) -> str:
        """What to call a party: by the tables of who is who, else as the pages call it, else its id."""
        names = self.names
        return names[actor] if actor in names else str(self.named([actor])[0]["name"])

    def named(self, actors: Iterable[str]) -> list[dict[str, Any]]:
        """Parties as ``id`` and ``name``; what is not known yet is looked up in one go."""
        listed, names = list(actors), self.names
        new = [actor for actor in listed if actor not in names]
        if new:
            called = names_of(self.connection, [actor for actor in new if actor not in tabled()])
            names.update({actor: tabled().get(actor) or called.get(actor, actor) for actor in new})
        return [{"id": actor, "name": names[actor]} for actor in listed]
