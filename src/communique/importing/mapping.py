"""The mapping file: which column of a table holds which field of the codebook, and how its values are written."""

from __future__ import annotations

from collections.abc import Mapping as Values
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from communique import codebook

DOCUMENT = ("document", "outlet", "title", "published", "url", "text", "byline", "credit", "dateline")
EVENT = ("id", "type", "mode", "sources", "targets", "about", "date", "place", "status", "according_to", "answers",
         "quote")  # fmt: skip
SEVERAL = ("sources", "targets", "according_to", "date")  # fields that several columns may hold
CODED = ("type", "mode", "status", "parties")
PARTY_CODES = ("iso3", "iso2", "isonum", "cow", "cow_abbreviation", "gw", "cameo")


class MappingError(Exception):
    """The mapping, or the table as a whole, cannot be used; the message is one line that names the file."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table of hand-coded events is to be read.

    ``columns`` maps a field to its columns; ``terms`` a role to its columns; ``fixed`` a field to the one value that
    all rows have; ``values`` a field (type, mode, status, parties) to what its cells mean. ``separator`` divides
    several values of a cell; ``missing`` are the cells that mean that nothing is known; ``dates`` are formats of dates
    besides ISO 8601, as ``strptime`` has them; ``party_codes`` names the list of codes that parties' cells are from,
    if they are codes.
    """

    coder: str
    coder_version: str
    codebook_version: str
    dataset: str | None
    columns: Values[str, tuple[str, ...]]
    terms: Values[str, tuple[str, ...]] = field(default_factory=dict)
    fixed: Values[str, str] = field(default_factory=dict)
    values: Values[str, Values[str, str]] = field(default_factory=dict)
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    separator: str = ";"
    missing: frozenset[str] = frozenset({"", "NA"})
    dates: tuple[str, ...] = ()
    party_codes: str | None = None

    @property
    def named(self) -> frozenset[str]:
        """Every column that is named."""
        return frozenset(name for group in (self.columns, self.terms) for names in group.values() for name in names)


def read_mapping(path: str | Path) -> Mapping:
    """The mapping in a YAML file. Raises MappingError."""
    try:
        # Every value as it is written: "no" is a column's name and "NO" Norway's code, neither a truth value.
        given = yaml.load(Path(path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except OSError as error:
        raise MappingError(f"{path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise MappingError(f"{path}: no YAML: {' '.join(str(error).split())}") from error
    try:
        return mapping_of(given)
    except ValueError as error:
        raise MappingError(f"{path}: {error}") from error


def mapping_of(given: Any) -> Mapping:
    """The mapping that plain values say. Raises ValueError in words."""
    known = {"coder", "coder_version", "codebook", "dataset", "columns", "terms", "fixed", "values", "delimiter",
             "encoding", "separator", "missing", "dates", "party_codes"}  # fmt: skip
    _only(given, known, "the mapping")
    if not isinstance(given.get("coder"), str) or not given["coder"].strip():
        raise ValueError("'coder' must say who coded the events")
    columns = _columns(given.get("columns"), {*DOCUMENT, *EVENT}, "columns")
    fixed = {name: str(value) for name, value in _only(given.get("fixed"), {*DOCUMENT, *EVENT}, "fixed").items()}
    if "type" not in {*columns, *fixed}:
        raise ValueError("'columns' must name the column of 'type'")
    return Mapping(
        coder=given["coder"].strip(),
        coder_version=given.get("coder_version") or "1",
        codebook_version=given.get("codebook") or codebook.version(),
        dataset=given.get("dataset") or None,
        columns=columns,
        terms=_columns(given.get("terms"), set(codebook.load().term_roles), "terms"),
        fixed=fixed,
        values=_values(given.get("values")),
        **_shape(given),
    )


def _shape(given: Values[str, Any]) -> dict[str, Any]:
    """How cells are written, where the mapping says so."""
    found: dict[str, Any] = {n: given[n] for n in ("delimiter", "encoding", "separator") if given.get(n)}
    if any(not isinstance(value, str) for value in found.values()) or len(found.get("delimiter", ",")) != 1:
        raise ValueError("'delimiter' is one character; 'separator' and 'encoding' are words")
    if found.get("encoding", "").lower().replace("-", "") == "utf8":
        found["encoding"] = "utf-8-sig"
    if "missing" in given:
        found["missing"] = frozenset({"", *(str(cell) for cell in _listed(given["missing"]))})
    if "dates" in given:
        found["dates"] = tuple(str(form) for form in _listed(given["dates"]))
    if given.get("party_codes"):
        if given["party_codes"] not in PARTY_CODES:
            raise ValueError(f"'party_codes' is one of {', '.join(PARTY_CODES)}")
        found["party_codes"] = given["party_codes"]
    return found


def _only(given: Any, known: set[str], what: str) -> dict[str, Any]:
    """A mapping with no keys but those known; nothing is an empty one."""
    if given in (None, "") and what != "the mapping":
        return {}
    if not isinstance(given, dict):
        raise ValueError(f"{what}: expected names and values")
    unknown = sorted(str(key) for key in set(given) - known)
    if unknown:
        raise ValueError(f"{what}: {unknown[0]!r} is none of {', '.join(sorted(known))}")
    return given


def _columns(given: Any, known: set[str], what: str) -> dict[str, tuple[str, ...]]:
    found = {name: tuple(str(column) for column in _listed(value)) for name, value in _only(given, known, what).items()}
    for name, listed in found.items():
        if len(listed) > 1 and name not in SEVERAL and what == "columns":
            raise ValueError(f"columns: {name!r} is in one column")
        if len(listed) > 2 and name == "date":
            raise ValueError("columns: 'date' is one column, or the first and the last day")
    return {name: listed for name, listed in found.items() if listed}


def _values(given: Any) -> dict[str, dict[str, str]]:
    found = {}
    for name, cells in _only(given, set(CODED), "values").items():
        if not isinstance(cells, dict):
            raise ValueError(f"values: {name}: expected what each cell means")
        found[name] = {str(cell): str(meaning) for cell, meaning in cells.items()}
    return found


def _listed(value: Any) -> list[Any]:
    if value in (None, ""):
        return []
    return value if isinstance(value, list) else [value]
