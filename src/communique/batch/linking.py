"""Linking a folder of shards: the moves and threads that a ledger of the same events would have, within a memory.

Reports, keys and moves lie on disk; DuckDB joins what shares parties and time, and only a block of what hangs together
is in memory at once. What is one act, and what answers what, is judged by the same functions as in a ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from communique.batch.linking_moves import Links, link_of, make_links, make_moves
from communique.batch.linking_pairs import blocks, edges
from communique.batch.linking_reports import read_reports, read_shards
from communique.batch.linking_shards import Broken, Shard, past_damage
from communique.batch.linking_tables import Tables, dispute_rows, link_row, move_row, thread_row
from communique.batch.linking_work import Work, working
from communique.collector import uncollected
from communique.linking.whole import threads_of
from communique.move import Move
from communique.thread import Thread

MEMORY = 2_000_000_000
Say = Callable[[str], None]


def link_folder(
    folder: Path, memory: int = MEMORY, say: Say = lambda stage: None
) -> tuple[dict[str, int], list[Broken]]:
    """Link all finished shards of a folder and write its moves, threads, links and disputes as Parquet.

    ``memory`` is in bytes; ``say`` is told each stage as it begins. Returns counts of reports, moves, links and
    threads, and the files that could not be read. Raises BatchError where there is nothing to link.
    """
    return past_damage(folder, lambda shards: _link(folder, shards, memory, say))


def _link(folder: Path, shards: Sequence[Shard], memory: int, say: Say) -> dict[str, int]:
    with uncollected(), working(folder, memory, place=folder) as work:
        say("reading events")
        read_shards(work, shards)
        told = read_reports(work)
        say("comparing reports")
        found = edges(work)
        say("grouping reports into moves")
        move_of = make_moves(work, told, found)
        say("linking moves")
        links = make_links(work, told, move_of)
        say("writing threads")
        threads = _write(work, links, folder)
        return {"reports": len(work.reports), "moves": len(work.moves), "links": len(links), "threads": threads}


def _write(work: Work, links: Links, folder: Path) -> int:
    """Write all tables, block by block of moves that hang together; returns the number of threads."""
    made = 0
    with Tables(folder) as tables:
        for numbers, inside in blocks(len(work.moves), links.edges(), work.block):
            moves = [work.moves.get(number) for number in numbers]
            linked = [link_of(work, links, int(place)) for place in inside.score]
            threads = threads_of(moves, linked)
            made += len(threads)
            tables.add("links", map(link_row, linked))
            _add(tables, moves, threads)
    return made


def _add(tables: Tables, moves: list[Move], threads: list[Thread]) -> None:
    thread_of = {name: thread.id for thread in threads for name in thread.moves}
    tables.add("moves", (move_row(move, thread_of.get(move.id)) for move in moves))
    tables.add("threads", map(thread_row, threads))
    for move in moves:
        tables.add("disputes", dispute_rows(move.id, move.disputes))
    for thread in threads:
        tables.add("disputes", dispute_rows(thread.id, thread.disputes))
