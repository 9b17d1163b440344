"""The moves of a folder, block by block of what hangs together, and the links between them."""

from __future__ import annotations

from array import array
from itertools import groupby

import numpy as np

from communique.batch.linking_pairs import Edges, blocks
from communique.batch.linking_reports import Told
from communique.batch.linking_work import Rows, Work
from communique.linking.answers import EARLIER, LATER, best_links, own_keys, reach_keys
from communique.linking.whole import moves_from
from communique.thread import Link, LinkKind

KINDS: tuple[LinkKind, ...] = (
    "answers", "counters", "version", "agreement", "breach", "fulfils", "talks", "supports",
)  # fmt: skip
_CANDIDATES = """
CREATE TABLE candidate AS
SELECT DISTINCT r.move AS move, k.move AS other FROM reach_key r JOIN move_key k ON r.key = k.key
WHERE r.move <> k.move ORDER BY 1, 2
"""


class Links:
    """Links between moves by number; ``kind`` is an index of KINDS."""

    def __init__(self) -> None:
        self.move, self.to, self.kind, self.score = array("i"), array("i"), array("b"), array("d")

    def __len__(self) -> int:
        return len(self.move)

    def add(self, move: int, to: int, kind: LinkKind, score: float) -> None:
        """Take a link."""
        self.move.append(move)
        self.to.append(to)
        self.kind.append(KINDS.index(kind))
        self.score.append(score)

    def edges(self) -> Edges:
        """The links as pairs; the score of each is its place in the list."""
        pairs = (np.array(self.move, np.int32), np.array(self.to, np.int32))
        return Edges(*pairs, np.arange(len(self), dtype=np.float64))


def make_moves(work: Work, told: Told, found: Edges) -> np.ndarray:
    """Keep the moves that the reports tell, with their keys; returns the number of each report's move."""
    for table in ("move_key", "reach_key"):
        work.db.execute(f"CREATE TABLE {table} (key BIGINT, move INTEGER)")
    filed, reaching = (Rows(work, table, {"key": "q", "move": "i"}) for table in ("move_key", "reach_key"))
    move_of = np.full(len(work.reports), -1, np.int32)
    for numbers, inside in blocks(len(work.reports), found, work.block):
        reports = [work.reports.get(number) for number in numbers]
        id_of = {report.key: number for number, report in zip(numbers, reports, strict=True)}
        edges = (
            (work.reports.get(a).key, work.reports.get(b).key, score)
            for a, b, score in zip(inside.a.tolist(), inside.b.tolist(), inside.score.tolist(), strict=True)
        )
        for move in moves_from(reports, edges, told.copies_of(numbers, reports)):
            number = work.moves.append(move)
            move_of[[id_of[key] for key in move.reports]] = number
            if move.type in EARLIER:
                filed.add(own_keys(move), number)
            if move.type in LATER:
                reaching.add(reach_keys(move), number)
    filed.flush()
    reaching.flush()
    work.moves.flush()
    return move_of


def make_links(work: Work, told: Told, move_of: np.ndarray) -> Links:
    """What each move stands to: what pages say, and its best match among the moves that share a key."""
    links = Links()
    stated = _stated(told, move_of)
    for move, to in stated:
        links.add(move, to, "answers", 1.0)
    answering = {move for move, _ in stated}
    work.db.execute(_CANDIDATES)
    batches = work.stream("SELECT move, other FROM candidate")
    pairs = (pair for b in batches for pair in zip(*(column.to_pylist() for column in b.columns), strict=True))
    for number, found in groupby(pairs, key=lambda pair: pair[0]):
        candidates = {work.moves.get(other).id: other for _, other in found}
        _choose(work, links, number, candidates, number in answering)
    return links


def _choose(work: Work, links: Links, number: int, candidates: dict[str, int], answers: bool) -> None:
    for link in best_links(work.moves.get(number), (work.moves.get(other) for other in candidates.values())):
        if not (answers and link.kind == "answers"):
            links.add(number, candidates[link.to], link.kind, link.score)


def _stated(told: Told, move_of: np.ndarray) -> list[tuple[int, int]]:
    """The answers that pages themselves tell, as pairs of moves."""
    pairs = np.stack([move_of[told.answering], move_of[told.answered]], axis=1)
    found: list[tuple[int, int]] = list(map(tuple, np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0).tolist()))
    return found


def link_of(work: Work, links: Links, place: int) -> Link:
    """The link at a place of the list, between ids."""
    get = work.moves.get
    return Link(get(links.move[place]).id, get(links.to[place]).id, KINDS[links.kind[place]], links.score[place])
