"""TimelineJS and iCalendar: every dated act, read back by json and by the icalendar library."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import icalendar
import pytest

from communique.export.dates import days
from communique.export.ics import FOLD, escaped, folded
from communique.export.record import Focus
from communique.export.running import Wanted, opened
from communique.export.timelinejs import dates
from communique.move import Move
from export.made import all_bytes, export, make_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger's file."""
    return make_ledger(tmp_path_factory.mktemp("times") / "made.ledger")


@pytest.fixture(scope="module")
def out(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both formats."""
    folder = tmp_path_factory.mktemp("out")
    export(ledger, folder, "timelinejs,ics")
    return folder


def dated(ledger: Path) -> dict[str, Move]:
    """The ledger's dated moves."""
    with opened(str(ledger), Wanted(focus=Focus())) as (record, _):
        return {move.id: move for move in record.moves() if move.date}


def timeline(out: Path) -> dict[str, Any]:
    """The time line."""
    loaded: dict[str, Any] = json.loads((out / "timelinejs" / "timeline.json").read_text(encoding="utf-8"))
    return loaded


def test_every_dated_act_is_a_slide_as_fine_as_its_date(ledger: Path, out: Path) -> None:
    """Year, month and day only where they are known, a range with its end."""
    slides, wanted = timeline(out)["events"], dated(ledger)
    assert {slide["unique_id"] for slide in slides} == set(wanted)
    for slide in slides:
        assert (slide["start_date"], slide.get("end_date")) == dates(wanted[slide["unique_id"]].date)
    assert dates("2014-03/2014-05-02") == ({"year": 2014, "month": 3}, {"year": 2014, "month": 5, "day": 2})
    assert dates(None) is None and dates("soon") is None


def test_slides_hold_no_element_of_a_pages(out: Path) -> None:
    """TimelineJS shows words as HTML, so those of pages are escaped."""
    words = "".join(slide["text"]["headline"] + slide["text"]["text"] for slide in timeline(out)["events"])
    assert "&lt;script&gt;" in words
    for element in ("<script", "<img", "<style", "<b>", "</div"):
        assert element not in words


def test_the_time_line_says_its_licence_and_versions(out: Path) -> None:
    """On its title slide, and as values."""
    made = timeline(out)
    assert "CC-BY-4.0" in made["title"]["text"]["text"]
    assert made["metadata"]["codebook_versions"] == ["1.2"]


def calendar(out: Path) -> Any:
    """The calendar as the library reads it."""
    return icalendar.Calendar.from_ical((out / "ics" / "acts.ics").read_bytes())


def test_every_dated_act_is_an_event_of_its_days(ledger: Path, out: Path) -> None:
    """From the first day of its date to the day after the last; a month lasts a month."""
    events, wanted = calendar(out).walk("VEVENT"), dated(ledger)
    assert {str(e["UID"]).partition("@")[0] for e in events} == set(wanted)
    for event in events:
        found = days(wanted[str(event["UID"]).partition("@")[0]].date)
        assert event["DTSTART"].dt == dt.date.fromisoformat(str(found.start))
        assert event["DTEND"].dt == dt.date.fromisoformat(str(found.end)) + dt.timedelta(days=1)


def test_words_come_back_as_the_ledger_holds_them(ledger: Path, out: Path) -> None:
    """Commas, semicolons, backslashes and line ends are read back; control characters are replaced."""
    wanted = dated(ledger)
    for event in calendar(out).walk("VEVENT"):
        move = wanted[str(event["UID"]).partition("@")[0]]
        plain = move.quote.replace("\r\n", "\n").replace("\u2028", "\n").replace("\x08", "\ufffd")
        assert plain in str(event["DESCRIPTION"])
        assert "\x08" not in str(event["SUMMARY"])
    assert len(list(calendar(out).walk())) == len(wanted) + 1


def test_a_page_cannot_write_properties_of_its_own() -> None:
    """A line end inside words never ends a line of the file."""
    words = "x\r\nEND:VEVENT\rATTACH:http://evil.example\x85BEGIN:VALARM\u2028y"
    line = folded(f"SUMMARY:{escaped(words)}")
    assert len(line.replace("\r\n ", "").splitlines()) == 1
    assert "\\nEND:VEVENT\\nATTACH" in line


def test_lines_are_short_and_no_letter_is_cut(out: Path) -> None:
    """No line has more than 75 octets, each is UTF-8 by itself, and unfolding gives the line again."""
    lines = (out / "ics" / "acts.ics").read_bytes().split(b"\r\n")
    assert lines[-1] == b"" and max(len(line) for line in lines) <= FOLD
    for line in lines:
        line.decode("utf-8")
    long = "DESCRIPTION:" + "Šiauliai, Łódź 🕊 " * 30
    assert folded(long).replace("\r\n ", "").removesuffix("\r\n") == long


def test_the_calendar_says_its_licence_and_versions(out: Path) -> None:
    """In its description; the product names the version of Communique."""
    about = str(calendar(out)["X-WR-CALDESC"])
    assert all(word in about for word in ("CC-BY-4.0", "codebook 1.2", "The Skarv Bank data & notes"))
    assert str(calendar(out)["PRODID"]).startswith("-//Communique//Communique ")


def test_undated_acts_are_counted_as_lost(ledger: Path, out: Path) -> None:
    """``lost.csv`` of both says how many have no date."""
    with opened(str(ledger), Wanted(focus=Focus())) as (record, _):
        undated = sum(move.date is None for move in record.moves())
    assert undated > 0
    for name in ("timelinejs", "ics"):
        assert f"{undated} acts have no date" in (out / name / "lost.csv").read_text(encoding="utf-8")


def test_the_same_ledger_gives_the_same_bytes(ledger: Path, out: Path, tmp_path: Path) -> None:
    """Another export does not differ."""
    export(ledger, tmp_path, "timelinejs,ics")
    assert all_bytes(tmp_path) == all_bytes(out)
