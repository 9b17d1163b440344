"""What a report is made of, whatever file it goes into: headings, paragraphs, tables and pictures, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running words; a ``note`` is set smaller."""

    text: str
    kind: Literal["lead", "plain", "note"] = "plain"


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in a table; ``link`` is where a click leads (http or https only), ``anchor`` what other places call it."""

    text: str
    link: str | None = None
    anchor: str | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; ``widths`` are the columns' shares of the page, in any unit."""

    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG that needs nothing outside itself, its size in pixels, and the same in words."""

    svg: str
    width: float
    height: float
    words: str


Block = Heading | Paragraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its title, the blocks in order, the facts about its making, and the day it may be dated by.

    ``about`` goes into the file's metadata as well as into its last part; ``day`` (ISO 8601) is that of the newest
    page told of, so that the same ledger always gives the same bytes.
    """

    title: str
    blocks: tuple[Block, ...]
    about: dict[str, str] = field(default_factory=dict)
    day: str | None = None
