"""The reports that a timeline is chosen from, and the choice itself in ledgers too large to weigh every day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection, select

from communique.ledger import schema
from communique.ledger.acts import Acts
from communique.ledger.filters import Filters
from communique.ledger.packing import glance_at_report
from communique.ledger.prepared import Prepared, several
from communique.linking.timeline import Entry, Told, timeline

if TYPE_CHECKING:
    from numpy.typing import NDArray

MANY = 3_000  # acts, of which every report is weighed; of more only those of the likeliest days
LIKELY = 4  # days that are weighed for each that is wanted, at most
WEIGHED = 2_500  # acts that are weighed then, unless half as many days again as are wanted have more
_REPORTS = Prepared(select(schema.report.c.body).where(schema.report.c.move_id.in_(several())))


def chosen(connection: Connection, filters: Filters, top: int) -> list[Entry]:
    """The ``top`` days that pages make most of, among the acts that the filters leave, in order of time.

    Of more than ``MANY`` acts the days with most acts are weighed, several times as many as are wanted.
    """
    acts = Acts(connection)
    kept = acts.passing(filters)
    if np.count_nonzero(kept) > MANY:
        kept &= acts.of_one_day()
        kept &= np.isin(acts.one("until"), likely(acts.one("until")[kept], top))
    return timeline(_reports_of(connection, kept), top, filters.days)


def reports_for(connection: Connection, filters: Filters) -> Iterator[Told]:
    """The reports of the moves that the filters leave."""
    return _reports_of(connection, Acts(connection).passing(filters))


def _reports_of(connection: Connection, kept: NDArray[np.bool_]) -> Iterator[Told]:
    for row in _REPORTS.rows_in(connection, np.flatnonzero(kept).tolist()):
        yield glance_at_report(row[0])


def likely(days: NDArray[np.int32], top: int) -> list[int]:
    """Of the days of acts those that most acts have: some times as many as are wanted, fewer where they have many."""
    values, counts = np.unique(days, return_counts=True)
    busiest = np.argsort(-counts, kind="stable")[: LIKELY * top]
    found: list[int] = []
    acts = 0
    for day, many in zip(values[busiest].tolist(), counts[busiest].tolist(), strict=True):
        acts += many
        if acts > WEIGHED and len(found) >= 1.5 * top:
            break
        found.append(day)
    return found
