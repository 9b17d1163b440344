"""The table of formats: where each is defined, what it gives, and which extra it needs."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from communique.export.errors import ExportError
from communique.export.metadata import Metadata
from communique.export.record import Record


class Format(NamedTuple):
    """Where a format is defined, its one-line help, and the extra that it needs, with modules of it; ``columns`` says
    that it reads whole columns where it can."""

    module: str
    help: str
    extra: str | None = None
    needs: tuple[str, ...] = ()
    columns: bool = False


class Writer(Protocol):
    """What the module of a format has."""

    def write(self, record: Record, folder: Path, metadata: Metadata) -> None: ...


_HERE = "communique.export"
FORMATS: dict[str, Format] = {
    "csv": Format(
        f"{_HERE}.csv_tables", "Tables as CSV, with a codebook and a Frictionless data package.", columns=True
    ),
    "parquet": Format(f"{_HERE}.parquet", "The same tables as Parquet.", "parquet", ("pyarrow",), columns=True),
    "plover": Format(f"{_HERE}.plover", "Events in PLOVER's sixteen types and modes: JSON records and TSV."),
    "cameo": Format(f"{_HERE}.cameo", "Events in GDELT's and ICEWS' columns, with CAMEO codes and Goldstein scores."),
    "annotations": Format(f"{_HERE}.annotations", "Evidence as W3C Web Annotations."),
    "ftm": Format(f"{_HERE}.ftm", "FollowTheMoney entities and statements."),
    "prov": Format(f"{_HERE}.prov", "Where each event came from, in PROV-O (Turtle)."),
    "claims": Format(f"{_HERE}.claims", "schema.org NewsArticle, Claim and Quotation (JSON-LD)."),
    "refi-qda": Format(f"{_HERE}.refi_qda", "Codebook and coded pages for QualCoder, ATLAS.ti, MAXQDA and NVivo."),
    "gexf": Format(f"{_HERE}.gexf", "The network of actors, for Gephi."),
    "graphml": Format(f"{_HERE}.graphml", "The network of actors, for igraph, Cytoscape and yEd."),
    "timelinejs": Format(f"{_HERE}.timelinejs", "Dated acts as slides for TimelineJS."),
    "ics": Format(f"{_HERE}.ics", "Dated acts for a calendar."),
    "report": Format(
        f"{_HERE}.report", "A thread or an actor as HTML, PDF and docx.", "reports", ("fpdf", "docx", "pypdfium2")
    ),
}


def names() -> list[str]:
    """The formats that this installation has the modules of."""
    return [name for name, place in FORMATS.items() if find_spec(place.module)]


def writer(name: str) -> Writer:
    """The module of a format. Raises ExportError where the name is unknown or its extra is not installed."""
    if name not in FORMATS or not find_spec(FORMATS[name].module):
        raise ExportError(f"there is no format {name!r}; there are: {', '.join(names())}")
    place = FORMATS[name]
    missing = [module for module in place.needs if find_spec(module) is None]
    if missing:
        raise ExportError(f"{name} needs {missing[0]}: pip install 'communique[{place.extra}]'")
    return cast(Writer, import_module(place.module))
