"""Positions: where an actor stood on a thread's matter over time, read off its moves."""

from __future__ import annotations

from collections.abc import Sequence

from communique.linking.threads import in_time
from communique.move import Move
from communique.thread import Position, Stance, Thread

STANCES: dict[str, Stance] = {
    "PROPOSE": "proposes",
    "REQUEST": "demands",
    "ACCEPT": "accepts",
    "REJECT": "rejects",
    "SUPPORT": "supports",
    "AGREE": "agrees",
    "DENY": "denies",
}
FOR = frozenset({"proposes", "demands", "accepts", "accepts conditionally", "supports", "agrees"})


def positions(actor: str, thread: Thread, moves: Sequence[Move]) -> list[Position]:
    """The actor's stance at each of its moves in the thread, in time order, changes of side marked.

    What an actor asks of others and what it says to what they ask are different sides of one matter, so
    a change is one between yes and no to the same opening, or from a full to a conditional yes.
    """
    found: list[Position] = []
    last: Stance | None = None
    for move in sorted(moves, key=in_time):
        stance = stance_of(actor, move)
        if stance is None:
            continue
        found.append(Position(actor, thread.matter, thread.id, stance, move.date, move.id, _changed(last, stance)))
        last = stance
    return found


def stance_of(actor: str, move: Move) -> Stance | None:
    """The stance that a move shows of an actor, or None where it shows none."""
    if move.status == "negated":
        return None
    if actor not in move.actors and not (move.type == "AGREE" and actor in move.targets):
        return None
    stance = STANCES.get(move.type)
    return "accepts conditionally" if stance == "accepts" and move.mode == "conditional" else stance


def _changed(before: Stance | None, now: Stance) -> bool:
    if before is None or before == now:
        return False
    return (before in FOR) != (now in FOR) or "accepts conditionally" in (before, now)
