"""Which stored reports tell an act that a new page tells: found by way of their keys, compared two by two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Connection, and_

from communique.ledger import schema
from communique.ledger.packing import PackedReport
from communique.ledger.sets import rows_by
from communique.linking.report import Report
from communique.linking.same_act import BlockKeys, ruled_out, same_act

_TIMED: ColumnElement[bool] = schema.report_key.c.timed
_BY_MATTER = ~schema.report_key.c.timed
_WIDE = and_(schema.report_key.c.wide, ~schema.report_key.c.timed)


def edges_with_stored(
    connection: Connection, reports: Mapping[int, Report], wanted: Mapping[int, BlockKeys]
) -> dict[tuple[int, int], float]:
    """Edges between new reports and all those that share a key with them, and among themselves."""
    meets = _meets(connection, wanted)
    others = _packed(connection, set().union(*meets.values()) if meets else set())
    pairs = [
        (i, other, report, others[other].report())
        for i, report in reports.items()
        for other in sorted(meets[i] & others.keys())
        if not ruled_out(report, others[other].outline)
    ]
    listed = sorted(reports)
    pairs += [(a, b, reports[a], reports[b]) for n, a in enumerate(listed) for b in listed[n + 1 :]]
    scored = ((a, b, same_act(x, y)) for a, b, x, y in pairs)
    return {(min(a, b), max(a, b)): score for a, b, score in scored if score}


def _packed(connection: Connection, event_ids: Collection[int]) -> dict[int, PackedReport]:
    """Reports by the id of their event, of which most will not be looked at whole."""
    table = schema.report
    rows = rows_by(connection, (table.c.event_id, table.c.body), table.c.event_id, event_ids)
    return {event_id: PackedReport(body) for event_id, body in rows}


def _meets(connection: Connection, wanted: Mapping[int, BlockKeys]) -> dict[int, set[int]]:
    """The stored reports that meet each new one: by time, and by matter where one of the two is wide."""
    timed = {i: keys for i, (keys, _, _) in wanted.items()}
    wide = {i: matters for i, (_, matters, is_wide) in wanted.items() if is_wide}
    narrow = {i: matters for i, (_, matters, is_wide) in wanted.items() if not is_wide}
    found: dict[int, set[int]] = {i: set() for i in wanted}
    for keys, where in ((timed, _TIMED), (wide, _BY_MATTER), (narrow, _WIDE)):
        known = _filed(connection, {key for its in keys.values() for key in its}, where)
        for i, its in keys.items():
            found[i].update(*(known[key] for key in its if key in known))
    return found


def _filed(connection: Connection, keys: Collection[int], where: ColumnElement[bool]) -> dict[int, list[int]]:
    """The events under each of some keys."""
    table = schema.report_key
    found: dict[int, list[int]] = defaultdict(list)
    for key, event_id in rows_by(connection, (table.c.key, table.c.event_id), table.c.key, keys, where):
        found[key].append(event_id)
    return found
