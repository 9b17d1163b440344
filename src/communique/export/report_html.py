"""A report as one HTML file: no script, nothing loaded, every word of a page escaped."""

from __future__ import annotations

from markupsafe import Markup, escape

from communique.export.report_blocks import Block, Cell, Heading, Paragraph, Picture, Report, Table
from communique.export.xml_text import safe
from communique.web.pictures.svg import element, joined

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; padding: 1.5rem; max-width: 60rem; color: #1d2025; background: #fff;
  font: 1rem/1.5 "DejaVu Sans", system-ui, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
.lead { font-size: 1.1rem; } .note { color: #565c66; font-size: .9rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { text-align: start; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid #d5d2ca; }
thead th { border-bottom: 2px solid #565c66; overflow-wrap: normal; } a { color: #0b4f8a; }
figure { margin: 1rem 0; overflow-x: auto; } figure svg { max-width: 100%; height: auto; }
tr:target { background: #fff1b8; }
@media print { body { padding: 0; } thead { display: table-header-group; } tr, figure { break-inside: avoid; } }
"""


def as_html(report: Report) -> bytes:
    """The whole file, UTF-8."""
    title = safe(report.title)
    described = "; ".join(f"{key}: {value}" for key, value in report.about.items())
    head = joined(
        [
            Markup('<meta charset="utf-8">'),
            _meta("Content-Security-Policy", POLICY, "http-equiv"),
            _meta("viewport", "width=device-width, initial-scale=1"),
            _meta("referrer", "no-referrer"),
            _meta("description", safe(described)),
            *([_meta("dcterms.date", report.day)] if report.day else []),
            element("title", title),
            Markup(f"<style>{STYLE}</style>"),
        ]
    )
    name = element("h1", title, dir="auto")
    body = Markup("\n").join([name, *(_block(block) for block in report.blocks)])
    whole = Markup('<!DOCTYPE html>\n<html lang="en">\n<head>{}</head>\n<body>\n{}\n</body>\n</html>\n').format(
        head, body
    )
    return str(whole).encode()


def _meta(name: str, content: str, key: str = "name") -> Markup:
    return Markup('<meta {}="{}" content="{}">').format(Markup(key), name, content)


def _block(block: Block) -> Markup:
    if isinstance(block, Heading):
        return element("h2", block.text)
    if isinstance(block, Paragraph):
        return element("p", safe(block.text), class_=None if block.kind == "plain" else block.kind, dir="auto")
    if isinstance(block, Picture):
        return _picture(block)
    return _table(block)


def _picture(picture: Picture) -> Markup:
    """The picture is ours and its words are escaped already; its description is said for those who do not see it."""
    drawn = Markup(picture.svg.replace("<svg ", f'<svg role="img" aria-label="{escape(safe(picture.words))}" ', 1))
    return element("figure", drawn)


def _table(table: Table) -> Markup:
    head = joined(element("th", column, scope="col") for column in table.columns)
    rows = [element("tr", *(_cell(cell) for cell in row), id=_anchor(row)) for row in table.rows]
    return element("table", element("caption", table.caption), element("thead", element("tr", head)),
                   element("tbody", Markup("\n").join(rows)))  # fmt: skip


def _anchor(row: tuple[Cell, ...]) -> str | None:
    return next((cell.anchor for cell in row if cell.anchor), None)


def _cell(cell: Cell) -> Markup:
    words: Markup | str = safe(cell.text)
    if cell.link:
        words = element("a", words, href=cell.link, rel=None if cell.link.startswith("#") else "noreferrer noopener")
    return element("td", element("strong", words) if cell.bold else words, dir="auto")
