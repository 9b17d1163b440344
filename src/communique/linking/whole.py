"""Linking from scratch: all reports in, moves, links and threads out.

The ledger links new pages with the same functions, looking only at what they touch; the result is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from communique.linking.answers import EARLIER, best_links, own_keys, own_links, reach_keys
from communique.linking.grouping import Edge, components, group
from communique.linking.keyed import Keyed, Meetings, meetings
from communique.linking.report import Report
from communique.linking.same_act import block_keys, same_act
from communique.linking.summary import summarise
from communique.linking.threads import assemble, opens_thread
from communique.move import Move
from communique.thread import Link, Thread

AT_ONCE = 5_000  # moves whose earlier ones are looked up together


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


def filed_moves(moves: Iterable[Move], keys: Callable[[Move], Sequence[int]] = own_keys) -> Keyed:
    """Moves by their place in the list, under the keys by which they are looked up."""
    filed = Keyed()
    for move in moves:
        filed.file(keys(move))
    return filed


def links_of(moves: Sequence[Move], reports: Iterable[Report], filed: Keyed | None = None) -> list[Link]:
    """What each move stands to: by its pages' own word, and its best match among the moves that share a key."""
    move_of = {key: move.id for move in moves for key in move.reports}
    links = own_links(reports, move_of)
    stated = {(k.move, k.kind) for k in links}
    for number, near in _near(moves, filed or filed_moves(moves)):
        found = best_links(moves[number], [moves[other] for other in near])
        links += [k for k in found if (k.move, k.kind) not in stated]
    return links


def _near(moves: Sequence[Move], filed: Keyed) -> Iterator[tuple[int, list[int]]]:
    """Each move that shares a key with earlier ones, and these, by their places in the list, in order."""
    earlier = np.fromiter((move.type in EARLIER for move in moves), bool, len(moves))
    for start in range(0, len(moves), AT_ONCE):
        reaching = filed_moves(moves[start : start + AT_ONCE], reach_keys)
        found = [a.astype(np.int64) * len(moves) + b for a, b in reaching.across(filed)]
        pairs = np.unique(np.concatenate([np.empty(0, np.int64), *found]))
        who, other = np.divmod(pairs, max(len(moves), 1))
        who, other = who[earlier[other]] + start, other[earlier[other]]
        ends = [*np.flatnonzero(np.diff(who, append=-1)) + 1]
        for first, last in pairwise([0, *ends]):
            yield int(who[first]), other[first:last].tolist()


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
