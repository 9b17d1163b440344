"""Reads the codebook's files into records, and says where a file is wrong."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_FOLDER = files("communique.codebook")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster, where PyYAML has it


@dataclass(frozen=True, slots=True)
class Mode:
    """A finer kind of an event type, and the PLOVER type that it rolls up to."""

    name: str
    definition: str
    plover: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of ours that shows a type, with its mode and a note where one helps."""

    text: str
    mode: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event: what it means, what counts, what does not, and what it rolls up to.

    ``group`` is ``bargaining``, ``talk`` or ``deeds``. ``symmetric`` types have no direction:
    the order of their parties means nothing. ``plover`` is the PLOVER type and ``cameo`` the
    two-digit CAMEO root code; ``roll_up`` says what is lost there, or is None.
    """

    name: str
    group: str
    symmetric: bool
    plover: str
    cameo: str
    definition: str
    counts: tuple[str, ...]
    does_not_count: tuple[str, ...]
    modes: tuple[Mode, ...]
    examples: tuple[Example, ...]
    roll_up: str | None = None

    def mode(self, name: str) -> Mode:
        """The mode of that name. Raises KeyError where the type has none such."""
        for mode in self.modes:
            if mode.name == name:
                return mode
        raise KeyError(f"{self.name} has no mode {name!r}")


@dataclass(frozen=True, slots=True)
class Codebook:
    """The whole codebook: its version, types, statuses, term roles and fields."""

    version: str
    types: tuple[EventType, ...]
    groups: dict[str, str]
    statuses: dict[str, str]
    term_roles: dict[str, str]
    fields: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """The codebook as plain values, ready for JSON."""
        return asdict(self)


def _read(*path: str) -> dict[str, Any]:
    """One YAML file of the codebook. Raises ValueError where it holds no mapping."""
    value = yaml.load(_FOLDER.joinpath(*path).read_text(encoding="utf-8"), Loader=_LOADER)
    if not isinstance(value, dict):
        raise ValueError(f"codebook/{'/'.join(path)}: expected keys and values")
    return value


def _mode(name: str, value: str | dict[str, str], plover: str) -> Mode:
    """A mode is written as its definition, or with a PLOVER type other than its event type's."""
    if isinstance(value, str):
        return Mode(name, value, plover)
    return Mode(name, value["definition"], value.get("plover", plover))


def _event_type(row: dict[str, Any]) -> EventType:
    """One type from the values of its file. Raises KeyError where a key is missing."""
    return EventType(
        name=row["type"],
        group=row["group"],
        symmetric=row["symmetric"],
        plover=row["plover"],
        cameo=row["cameo"],
        definition=row["definition"],
        counts=tuple(row["counts"]),
        does_not_count=tuple(row["does_not_count"]),
        modes=tuple(_mode(name, value, row["plover"]) for name, value in row["modes"].items()),
        examples=tuple(Example(**example) for example in row["examples"]),
        roll_up=row.get("roll_up"),
    )


@cache
def load() -> Codebook:
    """The codebook that ships with this version, read once."""
    common = _read("codebook.yaml")
    names = common.pop("types")
    return Codebook(types=tuple(_event_type(_read("types", f"{name}.yaml")) for name in names), **common)


def types() -> tuple[EventType, ...]:
    """The event types, in the codebook's order."""
    return load().types


def version() -> str:
    """The codebook's version, such as ``1.2``."""
    return load().version


def event_type(name: str) -> EventType:
    """The type of that name, in any case. Raises KeyError where there is none."""
    for kind in types():
        if kind.name == name.upper():
            return kind
    raise KeyError(f"the codebook has no type {name!r}")


@cache
def group(name: str) -> frozenset[str]:
    """The names of the types in the group ``bargaining``, ``talk`` or ``deeds``."""
    if name not in load().groups:
        raise KeyError(f"the codebook has no group {name!r}")
    return frozenset(kind.name for kind in types() if kind.group == name)


@cache
def symmetric() -> frozenset[str]:
    """The names of the types without direction."""
    return frozenset(kind.name for kind in types() if kind.symmetric)
