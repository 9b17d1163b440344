"""A report as PDF: the bundled font, the picture as lines and words, the facts of its making in the metadata."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from communique.export.report_blocks import Block, Cell, Heading, Paragraph, Picture, Report, Table
from communique.export.report_picture import FONT
from communique.export.xml_text import safe

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN = 15.0  # millimetres
SIZE = 9.5  # points
LONGEST = 1400  # characters of a cell in one row, so that no row is higher than a page
UNDATED = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
MISSING = "\u25af"  # an upright box, for what the font cannot draw
# Marks of direction and joining have no shape, and might turn the words around them.
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"
LINE, SOFT, INK = (213, 210, 202), (86, 92, 102), (29, 32, 37)


def as_pdf(report: Report) -> bytes:
    """The whole file."""
    pdf = _empty(report)
    _words(pdf, report.title, 16, 6, bold=True)
    for block in report.blocks:
        _block(pdf, block)
    return bytes(pdf.output())


def drawn(picture: Picture) -> bytes:
    """One picture as a PDF of its own, of the picture's size in points."""
    pdf = _with_font(_document((picture.width, picture.height), "pt"))
    pdf.set_creation_date(UNDATED)
    pdf.set_margin(0)
    pdf.set_auto_page_break(False)
    pdf.add_page()
    pdf.image(io.BytesIO(drawable(picture.svg).encode()), x=0, y=0, w=picture.width, h=picture.height)
    return bytes(pdf.output())


def _document(size: str | tuple[float, float], unit: str) -> FPDF:
    from fpdf import FPDF

    class Numbered(FPDF):
        """A document with the number of the page at each foot, where it has a title."""

        def footer(self) -> None:
            if self.title:
                self.set_y(-12)
                self.set_font(FONT, size=7.5)
                self.set_text_color(*SOFT)
                self.cell(0, 5, f"{self.page_no()} of {{nb}}", align="R")

    return Numbered(unit=unit, format=size)


def _with_font(pdf: FPDF) -> FPDF:
    folder = files("communique.export") / "fonts"
    pdf.add_font(FONT, fname=str(folder / "DejaVuSans.ttf"))
    pdf.add_font(FONT, style="B", fname=str(folder / "DejaVuSans-Bold.ttf"))
    pdf.set_font(FONT, size=SIZE)
    return pdf


def _empty(report: Report) -> FPDF:
    pdf = _with_font(_document("A4", "mm"))
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(True, 18)
    pdf.set_text_shaping(_joins(report))
    pdf.set_lang("en")
    pdf.set_title(safe(report.title))
    pdf.set_author("Communique")
    pdf.set_creator(f"Communique {report.about.get('Communique', '')}".strip())
    pdf.set_subject(safe("; ".join(f"{key}: {value}" for key, value in report.about.items())))
    day = dt.datetime.fromisoformat(report.day).replace(tzinfo=dt.UTC) if report.day else UNDATED
    pdf.set_creation_date(day)
    pdf.add_page()
    return pdf


@cache
def _covered() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(str(files("communique.export") / "fonts" / "DejaVuSans.ttf"), lazy=True) as font:
        return frozenset(font.getBestCmap())


def drawable(words: str) -> str:
    """The words with a box in the place of each character that the bundled font cannot draw."""
    known = _covered()
    shown = (c for c in safe(words) if c not in UNSEEN)
    return "".join(c if ord(c) in known or c in "\n\t" else MISSING for c in shown)


def _joins(report: Report) -> bool:
    """Whether letters of the report change shape beside others or run to the left; Latin, Greek and Cyrillic do not.

    To look for such shapes everywhere would double the time.
    """
    cells = (cell.text for block in report.blocks if isinstance(block, Table) for row in block.rows for cell in row)
    words = (block.text for block in report.blocks if isinstance(block, Heading | Paragraph))
    return any(
        "\u0300" <= c <= "\u036f" or "\u0590" <= c <= "\u1cff" for w in (report.title, *cells, *words) for c in w
    )


def _block(pdf: FPDF, block: Block) -> None:
    if isinstance(block, Heading):
        if pdf.will_page_break(30):
            pdf.add_page()
        pdf.ln(3)
        _words(pdf, block.text, 12, 2, bold=True)
    elif isinstance(block, Paragraph):
        note = block.kind == "note"
        _words(pdf, block.text, 11 if block.kind == "lead" else 8 if note else SIZE, 2, soft=note)
    elif isinstance(block, Picture):
        _picture(pdf, block)
    else:
        _table(pdf, block)


def _words(pdf: FPDF, words: str, size: float, after: float, bold: bool = False, soft: bool = False) -> None:
    pdf.set_font(FONT, style="B" if bold else "", size=size)
    pdf.set_text_color(*(SOFT if soft else INK))
    pdf.multi_cell(0, size * 0.5, drawable(words) or "–", align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(after)


def _picture(pdf: FPDF, picture: Picture) -> None:
    """The picture over the page's width, at most as large as on a screen of 96 dots an inch."""
    width = min(pdf.epw, picture.width * 25.4 / 96)
    height = width * picture.height / picture.width
    if pdf.will_page_break(height):
        pdf.add_page()
    pdf.image(io.BytesIO(drawable(picture.svg).encode()), w=width, h=height, alt_text=drawable(picture.words))
    pdf.ln(2)


def _table(pdf: FPDF, table: Table) -> None:
    from fpdf.fonts import FontFace

    pdf.set_font(FONT, size=8)
    pdf.set_text_color(*INK)
    pdf.set_draw_color(*LINE)
    head, strong = FontFace(emphasis="BOLD", color=SOFT), FontFace(emphasis="BOLD")
    with pdf.table(col_widths=table.widths, text_align="L", v_align="TOP", line_height=4, padding=1,
                   borders_layout="HORIZONTAL_LINES", headings_style=head) as made:  # fmt: skip
        made.row([drawable(column) for column in table.columns])
        for row in table.rows:
            for part in parts(row):
                line = made.row()
                for cell in part:
                    outside = cell.link if cell.link and not cell.link.startswith("#") else None
                    line.cell(drawable(cell.text), link=outside, style=strong if cell.bold else None)
    pdf.ln(2)


def parts(row: tuple[Cell, ...]) -> Iterator[tuple[Cell, ...]]:
    """A row, or several where a cell holds more than LONGEST characters."""
    longest = max((len(cell.text) for cell in row), default=0)
    for start in range(0, max(longest, 1), LONGEST):
        yield tuple(Cell(c.text[start : start + LONGEST], c.link, None, c.bold) for c in row)
