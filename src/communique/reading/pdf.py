"""PDF with a text layer: the text of its pages, with lines that a column's width broke joined again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from communique.reading.failure import MissingReader, ReadError
from communique.reading.formats import Pages, Stream
from communique.reading.pages import Source, with_text

LARGEST = 100_000_000
MOST_PAGES = 2000
LONGEST = 5_000_000
ENDS = (".", "!", "?", ":", "”", '"', "…")


def read(kind: str, stream: Stream, source: Source, depth: int) -> Pages:
    """The one Page of a PDF. Raises ReadError where it has no text layer, or is locked or broken."""
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingReader("PDF files", "pdf") from error
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ReadError(f"over {LARGEST // 1_000_000} MB")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError("broken or locked PDF") from error
    try:
        text = "\n\n".join(_texts(document))
    finally:
        document.close()
    if not text.strip():
        raise ReadError("PDF without a text layer")
    yield with_text(text[:LONGEST], hashlib.sha256(data).hexdigest(), source, "pdf")


def _texts(document) -> Iterator[str]:  # type: ignore[no-untyped-def]
    """The text of each page, its lines joined to paragraphs."""
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        layer = page.get_textpage()
        yield "\n".join(paragraphs(layer.get_text_bounded().replace("\r\n", "\n").replace("\r", "\n").split("\n")))
        layer.close()
        page.close()


def paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines joined where the next one goes on: the line is about as long as any, and ends no sentence."""
    lines = [re.sub(r"[\ufffe\u00ad]$", "-", line.strip()) for line in lines]
    width = sorted(map(len, lines))[int(len(lines) * 0.9)] if lines else 0
    held = ""
    for line in lines:
        if not line:
            if held:
                yield held
            held = ""
        elif not held:
            held = line
        elif _goes_on(held, line, width):
            held = held[:-1] + line if held.endswith("-") and line[:1].islower() else f"{held} {line}"
        else:
            yield held
            held = line
    if held:
        yield held


def _goes_on(held: str, line: str, width: int) -> bool:
    """Whether a line continues the paragraph: it starts small, or the one before is full and ends no sentence."""
    if line[:1].islower() or held.endswith("-"):
        return True
    last = len(held) % max(width, 1)
    full = len(held) >= width * 0.8 and (len(held) <= width * 1.2 or last > width * 0.7 or len(held) > width * 1.5)
    return full and not (held.endswith(ENDS) and len(line) < width * 0.5)
