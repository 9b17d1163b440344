"""Linking from scratch: all reports in, moves, links and threads out.

The ledger links new pages with the same functions, looking only at what they touch; the result is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.linking.answers import EARLIER, best_links, own_keys, own_links, reach_keys
from communique.linking.grouping import Edge, components, group
from communique.linking.keyed import Keyed, Meetings, meetings
from communique.linking.report import Report
from communique.linking.same_act import block_keys, same_act
from communique.linking.summary import summarise
from communique.linking.threads import assemble, opens_thread
from communique.move import Move
from communique.thread import Link, Thread


@dataclass(frozen=True, slots=True)
class Linked:
    """What reports say together: moves, the links between them, and threads."""

    moves: tuple[Move, ...]
    links: tuple[Link, ...]
    threads: tuple[Thread, ...]


def link(reports: Sequence[Report], copies: Mapping[str, str] | None = None) -> Linked:
    """Link reports from scratch; ``copies`` maps pages to their group of copies."""
    moves = moves_of(reports, copies or {})
    links = links_of(moves, reports)
    return Linked(tuple(moves), tuple(links), tuple(threads_of(moves, links)))


def edges_of(reports: Sequence[Report], filed: Meetings | None = None) -> Iterator[Edge]:
    """Pairs of reports that tell one act, found by way of their keys; ``filed`` are the reports, filed already."""
    filed = filed or meetings(reports, map(block_keys, reports))
    for first, second in filed.pairs():
        score = same_act(reports[second], reports[first])
        if score:
            yield (reports[second].key, reports[first].key, score)


def moves_of(reports: Sequence[Report], copies: Mapping[str, str]) -> list[Move]:
    """Every report in exactly one move."""
    return moves_from(reports, list(edges_of(reports)), copies)


def moves_from(reports: Iterable[Report], edges: Iterable[Edge], copies: Mapping[str, str]) -> list[Move]:
    """The moves of reports that are all of one or more components, from the edges between them."""
    by_key = {report.key: report for report in reports}
    of_key: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        of_key[edge[0]].append(edge)
    moves = []
    for part in components(sorted(by_key), (edge for inside in of_key.values() for edge in inside)):
        inside = [edge for key in part for edge in of_key[key]]
        moves += [summarise(told, copies) for told in group({key: by_key[key] for key in part}, inside)]
    return moves


def filed_moves(moves: Iterable[Move]) -> Keyed:
    """Moves by their place in the list, under the keys by which they are looked up."""
    filed = Keyed()
    for move in moves:
        filed.file(own_keys(move))
    return filed


def links_of(moves: Sequence[Move], reports: Iterable[Report], filed: Keyed | None = None) -> list[Link]:
    """What each move stands to: by its pages' own word, and its best match among the moves that share a key."""
    move_of = {key: move.id for move in moves for key in move.reports}
    filed = filed or filed_moves(moves)
    links = own_links(reports, move_of)
    stated = {(k.move, k.kind) for k in links}
    for move in moves:
        near = [moves[n] for n in filed.under(reach_keys(move)).tolist() if moves[n].type in EARLIER]
        if near:
            links += [k for k in best_links(move, near) if (k.move, k.kind) not in stated]
    return links


def threads_of(moves: Iterable[Move], links: Iterable[Link]) -> list[Thread]:
    """Moves that hang together by links; a move that is no bargaining and hangs on nothing has no thread."""
    by_key = {move.id: move for move in moves}
    of_move: dict[str, list[Link]] = defaultdict(list)
    for found in links:
        of_move[found.move].append(found)
    edges = [(k.move, k.to, k.score) for inside in of_move.values() for k in inside]
    threads = []
    for part in components(sorted(by_key), edges):
        inside = [by_key[key] for key in part]
        if any(opens_thread(move) for move in inside):
            threads.append(assemble(inside, [k for key in part for k in of_move[key]]))
    return threads
