"""The cells of a row as values of the codebook; what is none of them makes the row bad."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from communique import codebook
from communique.actor import Actor
from communique.importing.parties import party
from communique.importing.rows import Row
from communique.linking.days import bounds


@dataclass(frozen=True, slots=True)
class Coding:
    """What a row says of an event; ``terms`` are role and words, ``answers`` is the ``id`` of another row."""

    row: Row
    id: str | None
    answers: str | None
    type: str
    mode: str | None
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    about: str | None
    date: str | None
    place: str | None
    status: str
    according_to: tuple[str, ...]
    quote: str | None
    terms: tuple[tuple[str, str], ...]


def coding(row: Row) -> Coding:
    """The coding of a row. Raises ValueError, in words, for a value that the codebook does not have."""
    kind = _type(row)
    return Coding(
        row=row,
        id=row.one("id"),
        answers=row.one("answers"),
        type=kind,
        mode=_mode(row, kind),
        sources=_parties(row, "sources"),
        targets=_parties(row, "targets"),
        about=row.one("about"),
        date=date(row, "date"),
        place=row.one("place"),
        status=_status(row),
        according_to=tuple(row.all("according_to")),
        quote=row.one("quote"),
        terms=tuple(_terms(row)),
    )


def _said(row: Row, field: str) -> str | None:
    """A cell, or what the mapping says that it means."""
    cell = row.one(field)
    return None if cell is None else row.mapping.values.get(field, {}).get(cell, cell)


def _type(row: Row) -> str:
    said = _said(row, "type")
    if said is None:
        raise ValueError("no type")
    try:
        return codebook.event_type(said).name
    except KeyError:
        raise ValueError(f"type {said!r} is not in the codebook") from None


def _mode(row: Row, kind: str) -> str | None:
    said = _said(row, "mode")
    if said is not None and said not in {mode.name for mode in codebook.event_type(kind).modes}:
        raise ValueError(f"{kind} has no mode {said!r}")
    return said


def _status(row: Row) -> str:
    said = _said(row, "status") or "actual"
    if said not in codebook.load().statuses:
        raise ValueError(f"status {said!r} is not in the codebook")
    return said


def _parties(row: Row, side: str) -> tuple[Actor, ...]:
    """The parties of a side; one that stands there twice, under two names, counts once."""
    found: dict[str, Actor] = {}
    for cell in row.all(side):
        actor = party(cell, row.mapping)
        found.setdefault(actor.id, actor)
    return tuple(found.values())


def _terms(row: Row) -> list[tuple[str, str]]:
    cells = [(role, row.cell(column)) for role, columns in row.mapping.terms.items() for column in columns]
    return [(role, " ".join(cell.split())) for role, cell in cells if cell is not None]


def date(row: Row, field: str) -> str | None:
    """A date of the codebook: of one column, or a range of two. Raises ValueError for what is none."""
    days = [_day(cell, row.mapping.dates) for cell in row.all(field)]
    if not days:
        return None
    if len(days) == 1 or days[0] == days[1]:
        return days[0]
    first, last = bounds(days[0]), bounds(days[1])
    if not first or not last or first[0] > last[1]:
        raise ValueError(f"{days[0]} to {days[1]} is no range of days")
    return f"{days[0]}/{days[1]}"


def _day(cell: str, forms: tuple[str, ...]) -> str:
    parts = cell.split("/")
    if len(parts) <= 2 and all(bounds(part) for part in parts):
        return cell
    if bounds(cell[:10]) and cell[10:11] in ("T", " "):
        return cell[:10]
    for form in forms:
        try:
            found = dt.datetime.strptime(cell, form).date().isoformat()
        except ValueError:
            continue
        return found if "%d" in form else found[:7] if any(m in form for m in ("%m", "%b", "%B")) else found[:4]
    raise ValueError(f"{cell!r} is no date like 2014-03-12" + (f", nor like {' or '.join(forms)}" if forms else ""))
