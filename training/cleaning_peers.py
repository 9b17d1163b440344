"""The peers that the benchmark runs beside ours, each behind one function."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from communique.cleaning.lines import Lines

for _name in ("trafilatura", "readability"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)
STOPS = re.compile(r"[.!?…。][”\"'’)\]]*$")
WORDY = 15


def length_rule(lines: Lines) -> Sequence[bool]:
    """Body is what has fifteen words or more."""
    return [len(lines.words(index).split()) >= WORDY for index in range(len(lines))]


def line_rules(lines: Lines) -> Sequence[bool]:
    """The rules web corpora are filtered by (C4, RefinedWeb): five words, a stop at the end, no lone notices."""
    flags = []
    for index in range(len(lines)):
        words = lines.words(index)
        low = words.lower()
        kept = len(words.split()) >= 5 and STOPS.search(words) is not None
        flags.append(
            kept and not any(mark in low for mark in ("javascript", "cookie", "lorem ipsum", "terms of use", "{"))
        )
    return flags


def trafilatura_text(html: str) -> str:
    """The body by trafilatura, as it comes."""
    import trafilatura

    return trafilatura.extract(html, include_comments=False, include_tables=True, deduplicate=False) or ""


def trafilatura_meta(html: str, url: str | None, body: bool = False) -> tuple[str | None, str | None, str | None]:
    """Title, authors and date by trafilatura; with ``body`` the text is made as well."""
    import trafilatura

    if body:
        found = trafilatura.bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    else:
        found = trafilatura.extract_metadata(html, default_url=url)
    if found is None:
        return None, None, None
    return found.title, found.author, found.date


def resiliparse_text(html: str) -> str:
    """The body by resiliparse's main content rules."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return extract_plain_text(HTMLTree.parse(html), main_content=True, links=False, alt_texts=False, list_bullets=False)


def readability_text(html: str) -> str:
    """The body by readability, its paragraphs a line each."""
    from lxml.html import fromstring
    from readability import Document

    try:
        summary = fromstring(Document(html).summary(html_partial=True))
    except Exception:  # raises what it likes where it finds nothing
        return ""
    return "\n".join(text.strip() for text in summary.itertext() if text.strip())


def readability_title(html: str) -> str | None:
    """The title by readability."""
    from readability import Document

    try:
        return str(Document(html).short_title())
    except Exception:
        return None


BODIES = {
    "trafilatura": trafilatura_text,
    "readability": readability_text,
    "resiliparse": resiliparse_text,
}
