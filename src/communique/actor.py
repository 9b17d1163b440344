"""An Actor is a party with a canonical id; a person acts for a party in a role between two dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["state", "igo", "group", "collective", "civilians", "person", "unknown"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A party to an act: its ``name`` as the page writes it, if need be elsewhere, and its canonical ``id``.

    Ids follow the codebook: ISO 3166 alpha-3 for states, capitals for international
    organisations, lower-case hyphenated names for other parties, ``unknown`` for a party
    that the page does not name.
    """

    name: str
    id: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage of a page that names or points to an Actor.

    ``id`` is the party acted for; ``kind`` what sort of party; ``via`` how it was resolved:
    ``name`` (a party by its name, demonym or capital), ``person`` (someone who acts for it),
    ``role`` ("the foreign minister"), ``surname`` (a later short form), ``pronoun`` or
    ``description`` ("the militant group"). ``person`` is the canonical name of the person,
    where one is meant. ``adjective`` is true where the name only qualifies another noun and
    is no party by itself ("Syrian war"). ``also`` holds the ids of further parties that the same
    words stand for ("both sides", "the UN-Arab League envoy").
    """

    start: int
    end: int
    name: str
    id: str
    kind: ActorKind
    via: str
    person: str | None = None
    adjective: bool = False
    also: tuple[str, ...] = ()

    @property
    def parties(self) -> frozenset[str]:
        """The ids of all parties that the words stand for."""
        return frozenset((self.id, *self.also))
