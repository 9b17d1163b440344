"""iCalendar (RFC 5545): dated acts as events that last all day, for any calendar.

An act that is known to the month or the year lasts so long, and says so. Undated acts are left out: ``lost.csv``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from communique.export.acts import acts, names, said, write_lost
from communique.export.dates import Days, days
from communique.export.gexf import about
from communique.export.metadata import Metadata
from communique.export.record import Record
from communique.export.xml_text import safe
from communique.move import Move
from communique.web.wording import listed

FOLD = 75  # octets of a line


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write ``acts.ics`` and ``lost.csv``."""
    called = names(record)
    undated = 0
    with (folder / "acts.ics").open("w", encoding="utf-8", errors="replace", newline="") as file:
        file.writelines(folded(line) for line in _head(metadata))
        for move in acts(record):
            found = days(move.date)
            if found.start is None:
                undated += 1
            else:
                file.writelines(folded(line) for line in event(move, found, called))
        file.write(folded("END:VCALENDAR"))
    write_lost(folder, [("undated acts", f"{undated} acts have no date and no place in a calendar")])


def _head(metadata: Metadata) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//Communique//Communique {metadata.communique_version}//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{escaped(metadata.title)}"
    yield f"X-WR-CALDESC:{escaped(about(metadata))}"


def event(move: Move, found: Days, called: dict[str, str]) -> Iterator[str]:
    """The lines of one act. DTSTAMP must be there and must not be a clock's: it is the act's first day."""
    assert found.start is not None and found.end is not None
    yield "BEGIN:VEVENT"
    yield f"UID:{move.id}@communique.invalid"
    yield f"DTSTAMP:{_compact(found.start)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_compact(found.start)}"
    if (after := _day_after(found.end)) is not None:
        yield f"DTEND;VALUE=DATE:{after}"
    yield f"SUMMARY:{escaped(said(move, called) + (f': {move.about}' if move.about else ''))}"
    yield f"DESCRIPTION:{escaped(_told(move, found))}"
    yield f"CATEGORIES:{escaped(move.type)}"
    yield "TRANSP:TRANSPARENT"
    if move.status == "negated":
        yield "STATUS:CANCELLED"
    elif move.status != "actual":
        yield "STATUS:TENTATIVE"
    yield "END:VEVENT"


def _told(move: Move, found: Days) -> str:
    """What stands under the summary."""
    lines = [f"“{move.quote}”", f"According to: {listed(move.said_by, 6) or 'nobody named'}"]
    if found.precision != "day":
        lines.append(f"The date is known as: {move.date} ({found.precision})")
    lines += [f"Told as: {move.status}"] if move.status != "actual" else []
    lines += [f"Sources differ on: {dispute.kind}" for dispute in move.disputes]
    return "\n".join([*lines, move.id])


def _compact(date: str) -> str:
    return date.replace("-", "")


def _day_after(date: str) -> str | None:
    """The end of an event is the first day after it; the last day of the calendar has none."""
    last = dt.date.fromisoformat(date)
    return None if last == dt.date.max else _compact((last + dt.timedelta(days=1)).isoformat())


def escaped(words: str) -> str:
    """Words as a TEXT value: no line end and no separator of a page's ends a property or begins another."""
    plain = safe(words).replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    plain = plain.replace("\u2028", "\n").replace("\u2029", "\n")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n").replace("\t", " ")


def folded(line: str) -> str:
    """A line in parts of at most FOLD octets, no character cut, each but the first after a space, ended by CRLF."""
    parts, part, size = [], "", 0
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > FOLD:
            parts.append(part)
            part, size = " ", 1
        part += character
        size += octets
    return "\r\n".join([*parts, part]) + "\r\n"
