"""A thread or an actor as a report to attach to a memo: picture, acts, terms, words, sources, how it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import Connection

from communique.export.errors import ExportError
from communique.export.metadata import Metadata
from communique.export.record import Record
from communique.export.report_actor import actor_blocks
from communique.export.report_blocks import Block, Cell, Heading, Paragraph, Report, Table
from communique.export.report_gather import MOST_REPORTS, Row, Told, gather
from communique.export.report_thread import thread_blocks
from communique.web.wording import day, listed, plural, shown_address, web_address

LEGEND = (
    "Circle: an offer. Square: a demand. Diamond: an answer. Triangle: a deed or other act. Hollow: disputed. Green:"
    " accepted. Brown: in part, or countered. Red: refused or broken. Blue: open. Arrows lead to whom an act is"
    " directed; dashed lines lead from an answer to what it answers. The numbers are those of the acts below."
)


# For each ending: where it is made, and the libraries of the extra ``reports`` that this takes.
ENDINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    ".html": ("communique.export.report_html:as_html", ()),
    ".pdf": ("communique.export.report_pdf:as_pdf", ("fpdf", "uharfbuzz")),
    ".docx": ("communique.export.report_docx:as_docx", ("docx", "fpdf", "uharfbuzz", "pypdfium2")),
}


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write the threads and actors asked for, each as HTML, PDF and docx. Raises ExportError where none is."""
    asked = (*record.focus.threads, *record.focus.actors)
    if record.connection is None:
        raise ExportError("report needs a ledger: a batch folder holds no threads yet")
    if not asked:
        raise ExportError("report needs --thread ID or --actor ID, which say what to report on")
    for name in asked:
        report = report_of(record.connection, name, metadata)
        for ending in ENDINGS:
            (folder / f"{file_name(name)}{ending}").write_bytes(made(report, ending))


def file_name(name: str) -> str:
    """An id as the name of a file: letters, digits, - and _ stay."""
    return re.sub(r"[^\w-]+", "-", name)[:80].strip("-") or "report"


def made(report: Report, ending: str) -> bytes:
    """The report as the file that ``ending`` names. Raises ExportError for another ending or without the libraries."""
    if ending not in ENDINGS:
        raise ExportError(f"a report is a .html, .pdf or .docx file, not {ending or 'one without an ending'}")
    target, needs = ENDINGS[ending]
    missing = [module for module in needs if find_spec(module) is None]
    if missing:
        raise ExportError(f"a {ending} report needs {missing[0]}: pip install 'communique[reports]'")
    module, attribute = target.split(":")
    content: bytes = getattr(import_module(module), attribute)(report)
    return content


def report_of(connection: Connection, name: str, metadata: Metadata) -> Report:
    """The report on the thread or actor of that id. Raises NotFound."""
    told = gather(connection, name)
    title = _title(told)
    blocks = [*(thread_blocks(told, LEGEND) if told.thread else actor_blocks(told)), *_ends(told, metadata)]
    return Report(title, tuple(blocks), about_of(metadata), newest_day(told.pages))


def _title(told: Told) -> str:
    if told.thread:
        return told.thread.matter or "Thread without a named matter"
    assert told.actor is not None
    name: str = told.actor["actor"]["name"]
    return name


def about_of(metadata: Metadata) -> dict[str, str]:
    """The facts of its making that every report carries."""
    coders = "; ".join(f"{by.coder} {by.coder_version}, codebook {by.codebook_version}" for by in metadata.coders)
    return {
        "Coded by": coders or "nobody yet",
        "Communique": metadata.communique_version,
        "Ledger version": metadata.ledger_version or "none",
        "Licence": f"{metadata.licence}. {metadata.licence_note}",
        "Cite as": metadata.citation,
    }


def newest_day(pages: Sequence[Row]) -> str | None:
    """The day of the newest page, where one is dated to the day."""
    days = [page["published"] for page in pages if page["published"] and len(page["published"]) == 10]
    return max(days, default=None)


def _ends(told: Told, metadata: Metadata) -> Iterator[Block]:
    """What every report ends with: terms, words, sources, and how it was made."""
    yield Heading("Terms")
    yield _terms(told) or Paragraph("The pages name no terms.", "note")
    yield Heading("The words")
    yield _words(told)
    yield Heading("Sources")
    yield _sources(told)
    yield Heading("About this report")
    yield Paragraph(
        "Acts, parties, dates and terms were read from the pages by a program, and by people where they corrected it;"
        " each rests on the words quoted above. Quotations are exact. What the program missed or misread is not here,"
        " so look at the pages before you rely on it.",
        "note",
    )
    rows = tuple((Cell(key, bold=True), Cell(value)) for key, value in about_of(metadata).items())
    yield Table(("What", "Which"), (1, 4), rows, "How this report was made")


def _terms(told: Told) -> Table | None:
    rows = tuple(
        (
            Cell(str(act["number"]), link=f"#a{act['number']}"),
            Cell(term["role"]),
            Cell(term["name"] or "–"),
            Cell(f"“{term['quote']}”"),
        )
        for act in told.acts
        for term in act["terms"]
    )
    return Table(("Act", "Role", "Party", "In the words of the pages"), (1, 2, 3, 10), rows, "Terms") if rows else None


def _words(told: Told) -> Table:
    rows = [row for act in told.acts for row in _reports(act)]
    return Table(("Act", "Outlet", "Published", "According to", "Words"), (1, 3, 2.4, 3, 9), tuple(rows), "Words")


def _reports(act: Row) -> Iterator[tuple[Cell, ...]]:
    for report in act["reports"]:
        yield (
            Cell(str(act["number"]), link=f"#a{act['number']}"),
            Cell(report["outlet"] or shown_address(report["address"])),
            Cell(day(report["published"])),
            Cell(", as told by ".join(report["according_to"]) or "the outlet itself"),
            Cell(f"“{report['quote']}”"),
        )
    rest = act["reports_in_all"] - len(act["reports"])
    if rest > 0:
        said = f"and {plural(rest, 'further report')}; at most {MOST_REPORTS} of an act are given here"
        yield (Cell(str(act["number"])), Cell(""), Cell(""), Cell(""), Cell(said))


def _sources(told: Told) -> Table:
    rows = tuple(
        (
            Cell(page["outlet"] or "no outlet named"),
            Cell(page["title"] or "no title", link=web_address(page["url"])),
            Cell(day(page["published"])),
            Cell(listed([name for name in (page["byline"], page["credit"]) if name]) or "–"),
            Cell(", ".join(str(number) for number in page["acts"])),
            Cell(page["digest"] if page["digest"].startswith(page["key"]) else f"{page['key']} {page['digest']}"),
        )
        for page in told.pages
    )
    columns = ("Outlet", "Title", "Published", "By", "Acts", "SHA-256")
    return Table(columns, (3, 5, 2.2, 3, 1.6, 3.6), rows, "Sources")
