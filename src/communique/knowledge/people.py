"""People and the parties they acted for, each between two dates."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Office:
    """Acting for party ``id`` in ``role`` from month ``start`` to month ``end`` (``YYYY-MM``)."""

    id: str
    role: str
    start: str
    end: str


@dataclass(slots=True)
class Person:
    """A person by canonical name, with the offices held. ``famous`` people may be named by surname alone."""

    name: str
    gender: str | None = None
    famous: bool = False
    offices: list[Office] = field(default_factory=list)

    def office(self, month: str | None, slack: int = 1) -> Office | None:
        """The office held in ``month`` (``YYYY-MM``), or within ``slack`` years of it; the one held latest if None."""
        if not self.offices:
            return None
        if month is None:
            return max(reversed(self.offices), key=lambda o: o.end)
        held = [o for o in self.offices if o.start <= month <= o.end]
        if held:
            return held[-1]
        nearest = min(self.offices, key=lambda o: _years(month, o))
        return nearest if _years(month, nearest) <= slack else None

    def holds(self, month: str | None) -> bool:
        """Whether an office is held in ``month`` exactly."""
        return month is None or any(o.start <= month <= o.end for o in self.offices)


def _years(month: str, office: Office) -> float:
    """How many years ``month`` lies outside the office's period."""
    if month < office.start:
        return _number(office.start) - _number(month)
    return max(0.0, _number(month) - _number(office.end))


def _number(month: str) -> float:
    year, _, rest = month.partition("-")
    return int(year) + (int(rest[:2]) - 1) / 12 if rest else int(year)
