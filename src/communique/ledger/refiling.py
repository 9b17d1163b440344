"""Keys under which reports and moves are looked up: all written at once, after linking from scratch or an upgrade."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, select

from communique.collector import uncollected
from communique.ledger import schema
from communique.ledger.packing import unpack_move, unpack_report
from communique.ledger.sets import write_rows
from communique.linking.answers import EARLIER, LATER, own_keys
from communique.linking.keyed import Keyed
from communique.linking.same_act import block_keys

FIRST = "0007"  # the version of the tables since which ledgers hold the keys that are made now


def refile(connection: Connection) -> None:
    """File every report and every move anew, under the keys that this Communique makes."""
    with uncollected():
        _refile_reports(connection)
        _refile_moves(connection)


def _refile_reports(connection: Connection) -> None:
    table, events, wide = schema.report, array("q"), array("b")
    keyed = {True: Keyed(), False: Keyed()}
    query = select(table.c.event_id, table.c.body).order_by(table.c.event_id)
    for event_id, body in connection.execute(query).yield_per(1_000):
        timed, matters, is_wide = block_keys(unpack_report(body))
        events.append(event_id)
        wide.append(is_wide)
        keyed[True].file(timed)
        keyed[False].file(matters)
    connection.execute(delete(schema.report_key))
    for is_timed, filed in keyed.items():
        write_report_keys(connection, filed, is_timed, events, wide)


def _refile_moves(connection: Connection) -> None:
    table, moves, kinds, filed = schema.move, array("q"), [], Keyed()
    for move_id, body in connection.execute(select(table.c.id, table.c.body).order_by(table.c.id)).yield_per(1_000):
        move = unpack_move(body)
        moves.append(move_id)
        kinds.append(move.type)
        filed.file(own_keys(move))
    connection.execute(delete(schema.move_key))
    write_move_keys(connection, filed, moves, kinds)


def write_report_keys(
    connection: Connection, filed: Keyed, timed: bool, events: Sequence[int], wide: Sequence[int]
) -> None:
    """Write the keys of reports by number; ``events`` and ``wide`` give each number's event and whether it is wide."""

    def rows() -> Iterator[tuple[int, int, bool, bool]]:
        return ((key, events[n], timed, bool(wide[n])) for key, n in filed.rows())

    write_rows(connection, schema.report_key, rows())


def write_move_keys(connection: Connection, filed: Keyed, moves: Sequence[int], kinds: Sequence[str]) -> None:
    """Write the keys of moves by number; ``moves`` and ``kinds`` give each number's move and its type."""
    flags = {kind: (kind in EARLIER, kind in LATER) for kind in set(kinds)}
    write_rows(connection, schema.move_key, ((key, moves[n], *flags[kinds[n]]) for key, n in filed.rows()))
