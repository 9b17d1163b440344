"""Listings for eyes: tables that fit the terminal, page text made harmless for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.commands.table import PLAIN_WIDTH, clean
from communique.move import Dispute, Move
from communique.thread import Position, Thread

Row = Sequence[str]


def console() -> Console:
    """Standard output as wide as the terminal, or of one width elsewhere."""
    return Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False)


def print_table(columns: Sequence[str], rows: Iterable[Row], empty: str = "nothing found") -> None:
    """Print rows under columns, the last column taking the room that is left."""
    listed = [[Text("\n".join(clean(line) for line in cell.split("\n"))) for cell in row] for row in rows]
    if not listed:
        console().print(Text(empty))
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for n, name in enumerate(columns):
        last = n == len(columns) - 1
        table.add_column(name, ratio=1 if last else None, overflow="fold")
    for row in listed:
        table.add_row(*row)
    console().print(table)


def thread_row(thread: Thread) -> Row:
    """A thread in one row."""
    when = f"{thread.outcome}\n{thread.outcome_date or ''}".strip()
    told = f"{len(thread.moves)} move{'s' * (len(thread.moves) > 1)}\n{sources(thread.said_by)}"
    return (thread.id, when, parties(thread.actors), told, thread.matter)


def move_row(move: Move) -> Row:
    """A move in one row."""
    act = "\n".join(part for part in (move.type, move.mode, status(move)) if part)
    who = f"{parties(move.actors)} →\n{parties(move.targets)}" if move.targets else parties(move.actors)
    words = f"{move.about or ''}\n«{move.quote}»\n{sources(move.said_by)}"
    return (move.id, move.date or "undated", act, who, words)


def status(move: Move) -> str:
    """Whether a move is disputed, or how firmly it is told."""
    return "disputed" if move.disputes else "" if move.status == "actual" else move.status


def sources(names: Sequence[str]) -> str:
    """The number of independent sources, with the names of the first."""
    if len(names) == 1:
        return f"one source: {names[0]}"
    return f"{len(names)} sources: {', '.join(names[:4])}{', …' if len(names) > 4 else ''}"


def parties(ids: Sequence[str]) -> str:
    """Parties in a cell."""
    return ", ".join(ids[:4]) + (", …" if len(ids) > 4 else "")


def dispute_row(name: str, dispute: Dispute) -> Row:
    """A dispute in one row, each side with its sources and words."""
    sides = (f"{s.says} ({'; '.join(s.sources[:3])})\n«{s.words[0] if s.words else ''}»" for s in dispute.sides)
    return (name, dispute.kind, "\n".join(sides))


def position_row(position: Position) -> Row:
    """A position in one row."""
    stance = f"{position.stance} (changed)" if position.changed else position.stance
    return (position.actor, position.date or "undated", stance, position.thread, position.matter)


COLUMNS: dict[str, tuple[str, ...]] = {
    "threads": ("thread", "outcome", "parties", "told by", "matter"),
    "moves": ("move", "when", "act", "who → whom", "about, words, sources"),
    "disputes": ("where", "on", "sides"),
    "positions": ("actor", "when", "stance", "thread", "matter"),
    "actors": ("actor", "name", "moves", "made", "received"),
}
ROWS: dict[str, Callable[[Any], Row]] = {
    "threads": thread_row,
    "moves": move_row,
    "positions": position_row,
    "actors": lambda a: (a["id"], a["name"], str(a["moves"]), str(a["made"]), str(a["received"])),
}
