"""Reports, moves and threads as JSON text for the derived tables, and back."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter, itemgetter
from types import SimpleNamespace
from typing import Any

import orjson

from communique.linking.report import Report
from communique.linking.same_act import Outline
from communique.linking.timeline import Told
from communique.move import Dispute, Move, Side
from communique.thread import Link, Thread

_REPORT = tuple(Report.__dataclass_fields__)
_MOVE = tuple(Move.__dataclass_fields__)
_THREAD = tuple(Thread.__dataclass_fields__)


_fields_of_report = attrgetter(*_REPORT)
_fields_of_move = attrgetter(*_MOVE)
_DISPUTES = _MOVE.index("disputes")


def _dump(values: Sequence[Any]) -> str:
    return orjson.dumps(values).decode()


def _dispute(d: Dispute) -> list[Any]:
    return [d.kind, [[s.says, s.sources, s.reports, s.words] for s in d.sides]]


def _disputes(values: list[Any]) -> tuple[Dispute, ...]:
    return tuple(Dispute(kind, tuple(Side(s[0], *(tuple(p) for p in s[1:])) for s in sides)) for kind, sides in values)


def pack_report(report: Report) -> str:
    """A report as JSON: its fields in order."""
    return _dump(_fields_of_report(report))


def unpack_report(text: str) -> Report:
    """The report that ``pack_report`` wrote."""
    return _report_of(orjson.loads(text))


def answers_within(text: str) -> bool:
    """Whether the report that ``pack_report`` wrote answers another of its page: told by its end, without unpacking.

    Behind what it answers stand that event's type and a number, neither of which holds a comma.
    """
    return text.rsplit(",", _BEHIND)[-_BEHIND] != "null"


_BEHIND = len(_REPORT) - _REPORT.index("answers")
_LISTS_OF_REPORT = tuple(_REPORT.index(name) for name in ("actors", "targets", "via"))
_TERMS = _REPORT.index("terms")


def _report_of(values: list[Any]) -> Report:
    for n in _LISTS_OF_REPORT:
        values[n] = tuple(values[n])
    values[_TERMS] = tuple([tuple(term) for term in values[_TERMS]])
    return Report(*values)


_OUTLINE = itemgetter(*(_REPORT.index(name) for name in Outline._fields))


class PackedReport:
    """What ``pack_report`` wrote: its outline, and the report itself where it is asked for."""

    def __init__(self, text: str) -> None:
        self._values = orjson.loads(text)
        self._report: Report | None = None
        self.outline = Outline._make(_OUTLINE(self._values))

    def report(self) -> Report:
        """The whole report."""
        if self._report is None:
            self._report = _report_of(self._values)
        return self._report


_GLANCE = itemgetter(*(_REPORT.index(name) for name in Told._fields))


def glance_at_report(text: str) -> Told:
    """What a timeline weighs of the report that ``pack_report`` wrote, in half the time of unpacking it."""
    return Told._make(_GLANCE(orjson.loads(text)))


def pack_move(move: Move) -> str:
    """A move as JSON: its fields in order."""
    values = list(_fields_of_move(move))
    values[_DISPUTES] = [_dispute(d) for d in move.disputes]
    return _dump(values)


def unpack_move(text: str) -> Move:
    """The move that ``pack_move`` wrote."""
    values = orjson.loads(text)
    for n in _LISTS_OF_MOVE:
        values[n] = tuple(values[n])
    values[_DISPUTES] = _disputes(values[_DISPUTES])
    return Move(*values)


_LISTS_OF_MOVE = tuple(
    _MOVE.index(name) for name in ("actors", "targets", "reports", "outlets", "sources", "said_by", "contested")
)


def pack_thread(thread: Thread) -> str:
    """A thread as JSON: its fields in order."""
    values = {name: getattr(thread, name) for name in _THREAD}
    values["links"] = [[k.move, k.to, k.kind, k.score] for k in thread.links]
    values["disputes"] = [_dispute(d) for d in thread.disputes]
    return _dump(list(values.values()))


def glance_at_thread(text: str) -> Any:
    """What ``pack_thread`` wrote, by attribute: lists stay lists, links plain. For listings, which are shown often."""
    found = SimpleNamespace(**dict(zip(_THREAD, orjson.loads(text), strict=True)))
    found.disputes = _disputes(found.disputes)
    return found


def unpack_thread(text: str) -> Thread:
    """The thread that ``pack_thread`` wrote."""
    values = dict(zip(_THREAD, orjson.loads(text), strict=True))
    for name in ("rests_on", "moves", "actors", "outlets", "sources", "said_by"):
        values[name] = tuple(values[name])
    values["links"] = tuple(Link(*k) for k in values["links"])
    values["disputes"] = _disputes(values["disputes"])
    return Thread(**values)
