"""TimelineJS 3: a JSON file of dated acts that TimelineJS shows as slides. https://timeline.knightlab.com/docs/

TimelineJS takes the words of a slide for HTML, so all of them are escaped. Undated acts have no place on a time line:
``lost.csv`` counts them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from communique.codebook.loader import load
from communique.export.acts import acts, names, said, write_lost
from communique.export.gexf import about
from communique.export.jsonld import without_none, write_list
from communique.export.metadata import Metadata
from communique.export.record import Record
from communique.export.xml_text import safe
from communique.linking.days import bounds
from communique.move import Move
from communique.web.wording import day, listed

MANY = 300  # slides beyond which browsers grow slow


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write ``timeline.json`` and ``lost.csv``."""
    counts: Counter[bool] = Counter()
    title = {"text": {"headline": _html(metadata.title), "text": _paragraph(about(metadata))}}
    head = {"title": title, "scale": "human", "metadata": metadata.to_dict()}
    write_list(folder / "timeline.json", head, "events", _slides(record, counts))
    write_lost(folder, _lost(counts[False], counts[True]))


def _slides(record: Record, counts: Counter[bool]) -> Iterator[dict[str, Any]]:
    """The slides of dated acts, which TimelineJS itself puts in order; ``counts`` is told how many are dated."""
    called = names(record)
    groups = {kind.name: kind.group for kind in load().types}
    for move in acts(record):
        dated = dates(move.date) is not None
        counts[dated] += 1
        if dated:
            yield slide(move, called, groups)


def _lost(undated: int, dated: int) -> list[tuple[str, str]]:
    rows = [("undated acts", f"{undated} acts have no date and no slide")]
    if dated > MANY:
        rows.append(("speed", f"{dated} slides: name threads or actors (--thread, --actor) for a quicker time line"))
    return rows


def dates(date: str | None) -> tuple[dict[str, int], dict[str, int] | None] | None:
    """First and last date of an act, as fine as it is known; None for no date, and no last one unless it is a range."""
    first, _, last = (date or "").partition("/")
    if bounds(first) is None:
        return None
    return _parts(first), (_parts(last) if last and bounds(last) else None)


def _parts(date: str) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), (int(part) for part in date.split("-")), strict=False))


def slide(move: Move, called: dict[str, str], groups: dict[str, str]) -> dict[str, Any]:
    """One act."""
    found = dates(move.date)
    assert found is not None
    return without_none(
        {
            "start_date": found[0],
            "end_date": found[1],
            "text": {"headline": _html(said(move, called)), "text": _told(move)},
            "group": groups.get(move.type),
            "unique_id": move.id,
        }
    )


def _told(move: Move) -> str:
    notes = [note for note in (move.mode, move.status if move.status != "actual" else None) if note]
    lines = [
        _paragraph(move.about) if move.about else "",
        f"<blockquote>{_html(move.quote)}</blockquote>",
        _paragraph(f"{day(move.date)}. According to {listed(move.said_by, 4) or 'nobody named'}."),
        _paragraph(", ".join(notes)) if notes else "",
        "".join(_paragraph(f"Sources differ on: {dispute.kind}.") for dispute in move.disputes),
    ]
    return "".join(lines)


def _paragraph(words: str) -> str:
    return f"<p>{_html(words)}</p>"


def _html(words: str) -> str:
    return escape(safe(words))
