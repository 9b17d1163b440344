"""Threads: moves that hang together by links, what they are about, and how it came out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from communique.linking.answers import OPENING
from communique.linking.matter import shortened
from communique.linking.words import tokens, weight
from communique.move import Dispute, Move, Side
from communique.thread import Link, Outcome, Thread

BARGAINING = OPENING | {"ACCEPT", "REJECT", "AGREE"}
DECIDING = {"answers": ("ACCEPT", "REJECT"), "agreement": ("AGREE",), "breach": ("BREACH",), "counters": ("PROPOSE",)}


class Result(NamedTuple):
    """How a thread came out, when, and by which moves."""

    outcome: Outcome
    date: str | None
    rests_on: tuple[str, ...]
    disputes: tuple[Dispute, ...] = ()


TELLS = 0.15  # weight of words that say what a thread is about


def opens_thread(move: Move) -> bool:
    """Whether a move can stand in a thread alone: something put, answered or agreed."""
    return move.type in BARGAINING


def assemble(moves: Sequence[Move], links: Iterable[Link]) -> Thread:
    """The Thread of moves that hang together; ``moves`` need not be in order."""
    ordered = sorted(moves, key=in_time)
    links = sorted(links, key=lambda k: (k.move, k.to, k.kind))
    root = root_of(ordered, links)
    result = outcome(ordered, links)
    said: dict[str, str] = {}
    for key, words in (pair for m in ordered for pair in zip(m.sources, m.said_by, strict=True)):
        said.setdefault(key, words)
    dated = [m.since for m in ordered if m.since is not None], [m.until for m in ordered if m.until is not None]
    return Thread(
        id="t" + root.id[1:],
        root=root.id,
        matter=label(root, ordered),
        outcome=result.outcome,
        outcome_date=result.date,
        rests_on=result.rests_on,
        moves=tuple(m.id for m in ordered),
        links=tuple(links),
        actors=tuple(dict.fromkeys(a for m in ordered for a in (*m.actors, *m.targets))),
        since=min(dated[0], default=None),
        until=max(dated[1], default=None),
        outlets=tuple(dict.fromkeys(o for m in ordered for o in m.outlets)),
        sources=tuple(said),
        said_by=tuple(said.values()),
        disputes=result.disputes,
    )


def in_time(move: Move) -> tuple[int, int, int, str]:
    """Sort key: by day, openings before answers of the same day, then by id."""
    day = move.since if move.since is not None else move.until if move.until is not None else 9_999_999
    return (day, 0 if move.type in OPENING else 1, move.until or 0, move.id)


def root_of(ordered: Sequence[Move], links: Iterable[Link]) -> Move:
    """What the thread began with: the opening that others stand to and that stands to nothing."""
    standing_to = {link.move for link in links}
    stood_to = {link.to for link in links}
    return min(
        ordered,
        key=lambda m: (m.type not in OPENING, m.id in standing_to, m.id not in stood_to, in_time(m)),
    )


def label(root: Move, ordered: Sequence[Move]) -> str:
    """The matter in the pages' words: what the first move is said to be about.

    Where it is said to be about nothing that tells, what its doer's like moves are, then what others' like moves are,
    then what any move is; else its own words.
    """
    nearest = sorted(ordered, key=lambda m: (m is not root, m.type != root.type, m.actors != root.actors))
    telling = (m.about for m in nearest if m.about and sum(weight(t) for t in tokens(m.about)) >= TELLS)
    return next(telling, root.about or shortened(root.quote))


def outcome(ordered: Sequence[Move], links: Iterable[Link]) -> Result:
    """How the thread came out: its last deciding move, unless sources differ on an answer.

    A planned or negated move decides nothing. A breach after an agreement makes it broken; a yes and a
    no of one party on one matter from different sources, neither clearly later, are a dispute.
    """
    deciding = [m for m in ordered if decides(m, links)]
    contested = _disputed_answer(deciding)
    if contested:
        return contested
    if not deciding:
        return Result("open", None, ())
    last = max(deciding, key=lambda m: (in_time(m)[0], _rank(m), in_time(m)))
    if last.disputes and any(d.kind == "whether" for d in last.disputes):
        return Result("disputed", last.date, (last.id,), last.disputes)
    same = [m.id for m in deciding if _says(m) == _says(last)]
    return Result(_says(last), last.date, tuple(same))


def decides(move: Move, links: Iterable[Link]) -> bool:
    """Whether a move settles the thread: an answer, an agreement, a breach or a counter-proposal, done."""
    if move.status in ("planned", "negated"):
        return False
    if move.type in ("REJECT", "ACCEPT", "AGREE"):
        return True
    kinds = {link.kind for link in links if link.move == move.id}
    return (move.type == "BREACH" and "breach" in kinds) or (move.type == "PROPOSE" and "counters" in kinds)


def _rank(move: Move) -> int:
    """Of deciding moves on one day the more final one."""
    return ("PROPOSE", "REJECT", "ACCEPT", "AGREE", "BREACH").index(move.type)


def _says(move: Move) -> Outcome:
    if move.type == "ACCEPT":
        return "conditionally accepted" if move.mode == "conditional" else "accepted"
    names: Mapping[str, Outcome] = {"REJECT": "rejected", "AGREE": "agreed", "BREACH": "broken", "PROPOSE": "countered"}
    return names[move.type]


def _disputed_answer(deciding: Sequence[Move]) -> Result | None:
    """A yes and a no of one party, on days that overlap, the one of them only alleged or by other sources."""
    yes = [m for m in deciding if m.type in ("ACCEPT", "AGREE")]
    no = [m for m in deciding if m.type == "REJECT"]
    for a in yes:
        for b in no:
            if _clash(a, b):
                sides = tuple(Side(_says(m), m.sources, m.reports, (m.quote,)) for m in (a, b))
                return Result("disputed", a.date or b.date, (a.id, b.id), (Dispute("acceptance", sides),))
    return None


def _clash(yes: Move, no: Move) -> bool:
    if not set(yes.actors) & set(no.actors) or ("actual" in (yes.status,) and set(yes.sources) & set(no.sources)):
        return False
    if yes.status == no.status == "actual":
        return yes.date is not None and yes.date == no.date and not set(yes.sources) & set(no.sources)
    return _overlap(yes, no)


def _overlap(a: Move, b: Move) -> bool:
    if a.since is None or a.until is None or b.since is None or b.until is None:
        return False
    return max(a.since, b.since) <= min(a.until, b.until)
