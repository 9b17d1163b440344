"""What a ledger answers with, where it is more than one of the records: an event in its place, a party, a dispute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from communique.event import Event
from communique.move import Dispute


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event with where it is told and what it became part of.

    ``id`` names the event in the ledger, ``page`` its page; ``published`` is ISO 8601. ``move`` and ``thread`` are
    None where people rejected the event, ``thread`` also where nothing was put on the table or answered.
    """

    id: str
    page: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    move: str | None
    thread: str | None
    coder: str
    coder_version: str
    codebook_version: str
    event: Event


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of the ledger: its id, the name that pages use most, and in how many moves it acts or is acted upon."""

    id: str
    name: str
    moves: int
    made: int
    received: int


@dataclass(frozen=True, slots=True)
class Disputed:
    """A point on which sources differ, and the move or thread (``of``, by its ``id``) that it is about."""

    id: str
    of: Literal["move", "thread"]
    dispute: Dispute
