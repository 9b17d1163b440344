"""HTML to its visible text, one block a line, the same way every time.

Lexbor parses the markup (by way of selectolax) and writes it out again well-formed; one
linear scan of that makes the text. Offsets of an HTML Page count characters of this text:
runs of space, tabs and line ends become one space, as a browser shows them, non-breaking
spaces stay, and every block element, cell, list item and ``<br>`` starts a new line.
"""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from communique.collector import uncollected
from communique.page import Block
from communique.reading.html_meta import metadata
from communique.reading.scanning import scan

UNSEEN = [
    *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "select"),
    *("textarea", "noembed", "noframes", "xmp", "plaintext", "datalist"),
]


@dataclass(frozen=True, slots=True)
class Markup:
    """What one HTML document shows and says of itself."""

    text: str
    blocks: tuple[Block, ...]
    meta: dict[str, str]


def read_markup(markup: str | bytes) -> Markup:
    """The visible text, the blocks and the metadata of an HTML document; bytes are UTF-8."""
    with uncollected():
        return _read(markup)


def _read(markup: str | bytes) -> Markup:
    tree = LexborHTMLParser(markup)
    meta = metadata(tree)
    tree.strip_tags(UNSEEN)
    body = tree.body
    written = scan(body.html or "" if body is not None else "")
    return Markup("\n".join(written.lines), tuple(written.blocks), meta)
