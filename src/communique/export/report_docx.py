"""A report as docx: headings, tables whose head is repeated, the picture with its words, and links."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from communique.export.fixed_zip import refixed
from communique.export.report_blocks import Block, Cell, Heading, Paragraph, Picture, Report, Table
from communique.export.report_pdf import UNDATED, drawn
from communique.export.xml_text import safe

if TYPE_CHECKING:
    from docx.document import Document

WIDTH = 17.0  # centimetres of an A4 page between its margins
DOTS = 2.5  # dots of the picture for each of its pixels
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def as_docx(report: Report) -> bytes:
    """The whole file."""
    from docx import Document

    made = Document()
    _set_up(made, report)
    made.add_heading(safe(report.title), 0)
    for block in report.blocks:
        _block(made, block)
    content = io.BytesIO()
    made.save(content)
    return refixed(content.getvalue())


def _set_up(made: Document, report: Report) -> None:
    from docx.shared import Cm, Pt

    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    made.styles["Normal"].font.size = Pt(10)
    day = dt.datetime.fromisoformat(report.day) if report.day else UNDATED.replace(tzinfo=None)
    about = made.core_properties
    about.title, about.author, about.last_modified_by = safe(report.title)[:255], "Communique", "Communique"
    about.created = about.modified = day
    about.revision, about.language = 1, "en"
    about.subject = safe(report.about.get("Licence", ""))[:255]
    about.keywords = safe(report.about.get("Coded by", ""))[:255]
    about.comments = safe(report.about.get("Cite as", ""))[:255]


def _block(made: Document, block: Block) -> None:
    from docx.shared import Pt

    if isinstance(block, Heading):
        made.add_heading(safe(block.text), 1)
    elif isinstance(block, Paragraph):
        run = made.add_paragraph().add_run(safe(block.text))
        run.font.size = Pt({"lead": 12, "plain": 10, "note": 8.5}[block.kind])
    elif isinstance(block, Picture):
        _picture(made, block)
    else:
        _table(made, block)


def _picture(made: Document, picture: Picture) -> None:
    """The picture as dots, because not every word processor draws SVG."""
    from docx.shared import Cm

    shown = made.add_picture(io.BytesIO(dots(picture)), width=Cm(min(WIDTH, picture.width * 2.54 / 96)))
    shown._inline.docPr.set("descr", safe(picture.words))


def dots(picture: Picture) -> bytes:
    """The picture as PNG."""
    import pypdfium2

    document = pypdfium2.PdfDocument(drawn(picture))
    try:
        content = io.BytesIO()
        document[0].render(scale=DOTS).to_pil().save(content, "PNG")
        return content.getvalue()
    finally:
        document.close()


def _table(made: Document, table: Table) -> None:
    from docx.shared import Cm

    shown = made.add_table(rows=1, cols=len(table.columns), style="Light List")
    shown.autofit = False
    widths = [Cm(WIDTH * width / sum(table.widths)) for width in table.widths]
    for cell, name in zip(shown.rows[0].cells, table.columns, strict=True):
        _fill(cell, Cell(name, bold=True))
    _repeat(shown.rows[0])
    for row in table.rows:
        for cell, given in zip(shown.add_row().cells, row, strict=True):
            _fill(cell, given)
    for row in shown.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    made.add_paragraph()


def _fill(cell: Any, given: Cell) -> None:
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(safe(given.text))
    run.font.size, run.bold = Pt(8.5), given.bold
    if given.link and not given.link.startswith("#"):
        _link(paragraph, run, given.link)


def _link(paragraph: Any, run: Any, address: str) -> None:
    """Put a run inside a link."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(safe(address), _LINK, is_external=True))
    link.append(run._r)
    run.font.underline = True
    paragraph._p.append(link)


def _repeat(row: Any) -> None:
    """Show a row at the top of each page that its table is on."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)
