"""Which reports of a folder tell one act: pairs that share a key, found by DuckDB, judged by ``same_act``."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from communique.batch.linking_work import Work
from communique.linking.days import LONGEST_GAP
from communique.linking.keyed import ALWAYS
from communique.linking.same_act import APART, same_act

if TYPE_CHECKING:
    from numpy.typing import NDArray

# As reports meet in a ledger (``linking.keyed.Meetings``): their days come near each other, and of two of which one is
# undated they came out within about a year, unless the act is rare; or one page tells both.
_MEET = f"""(x.page = y.page OR (x.since <= y.until + {LONGEST_GAP} AND y.since <= x.until + {LONGEST_GAP}
    AND ((x.dated > 0 AND y.dated > 0) OR greatest(x.dated, y.dated) = {ALWAYS}
        OR x.told = 0 OR y.told = 0 OR abs(x.told - y.told) <= {APART})))"""
_PAIRS = f"""
CREATE TABLE pair AS SELECT DISTINCT a, b FROM (
    SELECT x.id AS a, y.id AS b FROM report_key x JOIN report_key y ON x.key = y.key AND x.id < y.id
    WHERE x.timed = 1 AND y.timed = 1 AND {_MEET}
    UNION ALL
    SELECT least(x.id, y.id), greatest(x.id, y.id) FROM report_key x JOIN report_key y ON x.key = y.key AND x.id <> y.id
    WHERE x.timed = 0 AND x.wide = 1 AND y.timed = 0 AND {_MEET}
) ORDER BY a, b
"""


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of numbers that belong together, each with a score: three arrays of one length."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    score: NDArray[np.float64]


def edges(work: Work) -> Edges:
    """Every pair of reports that tell one act."""
    find_pairs(work)
    work.db.execute("DROP TABLE report_key")
    a, b, score = array("i"), array("i"), array("d")
    get = work.reports.get
    for batch in work.stream("SELECT a, b FROM pair"):
        for x, y in zip(batch.column("a").to_pylist(), batch.column("b").to_pylist(), strict=True):
            alike = same_act(get(x), get(y))
            if alike:
                a.append(x)
                b.append(y)
                score.append(alike)
    work.db.execute("DROP TABLE pair")
    return Edges(np.array(a, np.int32), np.array(b, np.int32), np.array(score, np.float64))


def find_pairs(work: Work) -> None:
    """Make the table ``pair`` of the numbers of all reports that meet, the lower first."""
    work.db.execute(_PAIRS)


def blocks(number: int, found: Edges, size: int) -> Iterator[tuple[list[int], Edges]]:
    """The numbers below ``number`` in blocks of about ``size``, each with all that hangs together, and its edges."""
    labels = together(number, found)
    order, inside = np.argsort(labels, kind="stable"), labels[found.a]
    by_label = np.argsort(inside, kind="stable")
    ordered, edge_labels = labels[order], inside[by_label]
    start = 0
    while start < number:
        end = min(start + size, number)
        end = int(np.searchsorted(ordered, ordered[end - 1], side="right"))
        first, last = np.searchsorted(edge_labels, (ordered[start], ordered[end - 1] + 1))
        chosen = by_label[first:last]
        yield order[start:end].tolist(), Edges(found.a[chosen], found.b[chosen], found.score[chosen])
        start = end


def together(number: int, found: Edges) -> NDArray[np.int32]:
    """A label for each number: the same for those that hang together."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(found.a), np.int8), (found.a, found.b)), shape=(number, number))
    labels: NDArray[np.int32] = connected_components(graph, directed=False)[1]
    return labels
