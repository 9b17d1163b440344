"""Reports and moves as tuples of plain values, for the files that linking a folder works in, and back."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from communique.linking.report import Report
from communique.move import Dispute, Move, Side

Plain = tuple[Any, ...]

_MOVE = tuple(Move.__dataclass_fields__)
_fields_of_move = attrgetter(*_MOVE[:-1])
plain_report = attrgetter(*Report.__dataclass_fields__)
assert _MOVE[-1] == "disputes"


def report_of(values: Plain) -> Report:
    """The report that ``plain_report`` took apart."""
    return Report(*values)


def plain_move(move: Move) -> Plain:
    """A move's fields in order, without classes of ours."""
    return (*_fields_of_move(move), tuple(_plain_dispute(dispute) for dispute in move.disputes))


def move_of(values: Plain) -> Move:
    """The move that ``plain_move`` took apart."""
    return Move(*(*values[:-1], tuple(_dispute(*dispute) for dispute in values[-1])))


def _plain_dispute(dispute: Dispute) -> Plain:
    return (dispute.kind, tuple((side.says, side.sources, side.reports, side.words) for side in dispute.sides))


def _dispute(kind: Any, sides: Plain) -> Dispute:
    return Dispute(kind, tuple(Side(*side) for side in sides))
