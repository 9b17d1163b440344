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
    """Where a format is defined, its one-line help, and the extra that it needs, with modules of it."""

    module: str
    help: str
    extra: str | None = None
    needs: tuple[str, ...] = ()


class Writer(Protocol):
    """What the module of a format has."""

    def write(self, record: Record, folder: Path, metadata: Metadata) -> None: ...


_HERE = "communique.export"
FORMATS: dict[str, Format] = {
    "csv": Format(f"{_HERE}.csv_tables", "Tables as CSV, with a codebook and a Frictionless data package."),
    "parquet": Format(f"{_HERE}.parquet", "The same tables as Parquet.", "parquet", ("pyarrow",)),
    "plover": Format(f"{_HERE}.plover", "Events in PLOVER's sixteen types and modes: JSON records and TSV."),
    "cameo": Format(f"{_HERE}.cameo", "Events in GDELT's and ICEWS' columns, with CAMEO codes and Goldstein scores."),
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
