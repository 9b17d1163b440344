"""The acts that an export tells, all or those of the threads and actors asked for, and the names of parties."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from communique.export.record import Record
from communique.move import Move
from communique.web.naming import tabled
from communique.web.wording import listed, verb


def acts(record: Record) -> Iterator[Move]:
    """Moves in the order of their ids; only those of the threads and actors asked for, where any are."""
    focus = record.focus
    if not (focus.threads or focus.actors):
        yield from record.moves()
        return
    wanted = {key for thread in record.threads() if thread.id in focus.threads for key in thread.moves}
    actors = set(focus.actors)
    for move in record.moves():
        if move.id in wanted or actors.intersection((*move.actors, *move.targets)):
            yield move


def names(record: Record) -> dict[str, str]:
    """What to call each party: by the tables of who is who, else as most pages call it."""
    known = tabled()
    return {party.id: known.get(party.id, party.name) for party in record.parties()}


def said(move: Move, called: dict[str, str]) -> str:
    """An act in a sentence: who does what toward whom."""
    who = listed([called.get(actor, actor) for actor in move.actors], 6) or "Somebody"
    whom = listed([called.get(actor, actor) for actor in move.targets], 6)
    return " ".join(part for part in (who, verb(move.type, len(move.actors), len(move.targets)), whom) if part)


def page_of_report(report: str) -> str:
    """The key of the page that a report stands in."""
    return report.rpartition("-")[0]


def write_lost(folder: Path, rows: Iterable[Sequence[str]]) -> None:
    """``lost.csv``: what the format cannot hold, and what became of it."""
    with (folder / "lost.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("what", "why"))
        writer.writerows(rows)
