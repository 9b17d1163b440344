"""The cameo format: events with CAMEO codes, one row for each source and target, in the columns of GDELT and of ICEWS.

``gdelt.tsv`` has the 58 columns of GDELT 1.0 in their order, ``icews.tsv`` the twenty of ICEWS, both with a header;
``rows.csv`` says which event each row is, and ``lost.csv`` what CAMEO cannot hold. Days that are not known are empty.
Acts that are planned, or reported as not having happened, are left out: CAMEO would count them as done.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from communique.export.chunks import batches
from communique.export.codes import codes_of
from communique.export.codes.entities import Entity, cameo_code, cameo_entity, state_named
from communique.export.codes.maps import Cameo, cameo, goldstein, quad_class
from communique.export.csv_lines import create, lines
from communique.export.dates import days
from communique.export.lost import Lost
from communique.export.metadata import Metadata
from communique.export.record import EventRow, PageRow, Record

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
          "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
GDELT = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR), "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass",
    "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone", *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO), *(f"ActionGeo_{name}" for name in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
ICEWS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
ROWS = ("row", "event", "source", "target")
LEFT_OUT = {
    "planned": "CAMEO would count an act that is announced or expected as done.",
    "negated": "CAMEO would count an act that did not happen as done.",
}
NOBODY = ((None, None),)
TOGETHER = 5000  # rows written at once
_NO_PLACE = (None,) * len(_GEO)


Someone = tuple[str | None, str | None]


class Dyad(NamedTuple):
    """One row: an event, its code, and one of its sources and targets (id and name; None where it has none)."""

    number: int
    page: PageRow
    event: EventRow
    code: str
    source: Someone
    target: Someone


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write ``gdelt.tsv``, ``icews.tsv``, ``rows.csv`` and ``lost.csv``."""
    lost = Lost()
    with (
        create(folder / "gdelt.tsv") as gdelt,
        create(folder / "icews.tsv") as icews,
        create(folder / "rows.csv") as rows,
    ):
        gdelt.write(lines([GDELT], "\t"))
        icews.write(lines([ICEWS], "\t"))
        rows.write(lines([ROWS]))
        for found in batches(_dyads(record, lost), TOGETHER):
            gdelt.write(lines([_gdelt(dyad) for dyad in found], "\t"))
            icews.write(lines([_icews(dyad) for dyad in found], "\t"))
            rows.write(lines([(d.number, d.event.key, d.source[0], d.target[0]) for d in found]))
    lost.write(folder / "lost.csv")


def _dyads(record: Record, lost: Lost) -> Iterator[Dyad]:
    number = 0
    for part in record.parts():
        for page, events in zip(part.pages, part.standing, strict=True):
            for event in events:
                code = _code(event, lost)
                pairs = product(event.sources or NOBODY, event.targets or NOBODY) if code else ()
                for number, (source, target) in enumerate(pairs, start=number + 1):  # noqa: B020 - goes on counting
                    yield Dyad(number, page, event, code or "", source, target)


def _gdelt(dyad: Dyad) -> tuple[Any, ...]:
    number, page, event, code, source, target = dyad
    place = (None, event.place, *_NO_PLACE[2:])
    return (
        number, *_day(event.date), *_actor(*source), *_actor(*target), None, code, code[:3], code[:2],
        quad_class(code), goldstein()[code], 1 + len(event.mentions), 1, 1, None, *_NO_PLACE, *_NO_PLACE, *place,
        _digits(days(page.published).start) if days(page.published).precision == "day" else None, page.url,
    )  # fmt: skip


def _icews(dyad: Dyad) -> tuple[Any, ...]:
    number, page, event, code, source, target = dyad
    day = days(event.date)
    return (
        number, day.start if day.precision == "day" else None, *_party(*source), _label(event), code,
        goldstein()[code], *_party(*target), page.key, None, page.outlet, *_place(event.place),
    )  # fmt: skip


def _day(date: str | None) -> tuple[Any, ...]:
    """GDELT's SQLDATE, MonthYear, Year and FractionDate; what the date does not say is None."""
    first, last, precision = days(date)
    if first is None or last is None:
        return None, None, None, None
    year = first[:4] if first[:4] == last[:4] else None
    month = _digits(first[:7]) if first[:7] == last[:7] else None
    if precision != "day":
        return None, month, year, None
    fraction = int(first[:4]) + (int(first[5:7]) * 30 + int(first[8:10])) / 365  # as GDELT's codebook has it
    return _digits(first), month, year, f"{fraction:.4f}"


def _digits(date: str | None) -> str | None:
    return None if date is None else date.replace("-", "")


@cache
def _actor(id_: str | None, name: str | None) -> tuple[str | None, ...]:
    """The ten columns of an actor."""
    if id_ is None:
        return (None,) * len(_ACTOR)
    code = cameo_code(id_)
    country, sector = cameo_entity(id_)
    group = code[3:6] if code and country is None and code[3:6] else None
    return code, name, country, group, None, None, None, sector, None, None


@cache
def _party(id_: str | None, name: str | None) -> tuple[str | None, ...]:
    """ICEWS's name, sectors and country (ISO 3166 alpha-3) of a party."""
    country, sector = Entity(None, None) if id_ is None else cameo_entity(id_)
    return name, sector, codes_of(id_ or "").iso3 or country


def _place(place: str | None) -> tuple[str | None, ...]:
    """ICEWS's city, district, province, country, latitude and longitude: a state's name is a country."""
    state = state_named(place) if place else None
    return (None, None, None, place, None, None) if state else (place, None, None, None, None, None)


def _label(event: EventRow) -> str:
    return " ".join(filter(None, (event.type, event.mode)))


def _code(event: EventRow, lost: Lost) -> str | None:
    """The CAMEO code of an event, or None where it is left out; says what of it CAMEO does not hold."""
    found = cameo(event.type, event.mode)
    if event.status in LEFT_OUT:
        lost.note("event", event.status, LEFT_OUT[event.status])
    elif found is None:
        lost.note("event", event.type, "The codebook has no such type, so nothing says what it is here.")
    else:
        _note(event, found, lost)
        return found.code
    return None


def _note(event: EventRow, to: Cameo, lost: Lost) -> None:
    if to.lost:
        lost.note("type" if event.mode is None else "mode", _label(event), to.lost)
    if event.status == "alleged":
        lost.note("status", "alleged", "CAMEO has no word for an act that rests on somebody's claim.")
    for name, values in (("according_to", event.according_to), ("terms", event.terms), ("answers", event.answers)):
        if values:
            lost.note(name, "", "CAMEO has no such field.")
    if days(event.date).precision != "day":
        lost.note("date", days(event.date).precision or "", "GDELT and ICEWS want a day; it is left empty.")
