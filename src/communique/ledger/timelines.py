"""The reports that a timeline is chosen from."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from communique.ledger import schema
from communique.ledger.filters import Filters, narrow_moves
from communique.ledger.packing import unpack_report
from communique.linking.report import Report


def reports_for(connection: Connection, filters: Filters) -> Iterator[Report]:
    """The reports of the moves that the filters leave."""
    report, move = schema.report, schema.move
    inside = narrow_moves(select(move.c.id), filters)
    for row in connection.execute(select(report.c.body).where(report.c.move_id.in_(inside))):
        yield unpack_report(row[0])
