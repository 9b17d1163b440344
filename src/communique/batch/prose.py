"""The sentences of a page's bytes, got at cheaply: enough to tell whether a page is worth reading properly.

Markup is not parsed. Scripts and styles are cut out, elements inside a line are taken out, and every run of text
between two tags that is long enough for a sentence is kept. What this misses or adds costs no evidence: events
are coded from the page as ``communique.reading`` reads it.
"""

from __future__ import annotations

import re

from communique.reading.decoding import MARKS, decode

LEAST = 40
"""Characters that a run of text must have: menus and buttons are shorter, sentences longer."""
LONG = 150
"""Characters that no headline has; a shorter run counts only where it ends as sentences end."""
_ENDS = (b".", b"!", b"?", b":", b";", b'"', b"'", b")", "”".encode(), "’".encode(), "…".encode())
_UNSEEN = re.compile(
    rb"<(?:script\b[^>]*>[^<]*(?:<(?!/script)[^<]*)*</script|style\b[^>]*>[^<]*</style)", re.IGNORECASE
)
_INLINE = re.compile(
    rb"</?+(?=[abcefimqstu])(?:[abiqu]|em|s(?:pan|trong|mall|u[bp])|time|font|cite|mark|abbr)(?=[\s>])[^>]*+>",
    re.IGNORECASE,
)
_RUN = re.compile(rb">([^<]{%d,})" % LEAST)
_TITLE = re.compile(rb"<title\b[^>]*>([^<]{1,400})", re.IGNORECASE)
_ENTITIES = ((b"&nbsp;", b" "), (b"&#160;", b" "), (b"&amp;", b"&"), (b"\xc2\xa0", b" "))


def html_prose(data: bytes) -> bytes:
    """The title and the longer runs of text of an HTML page, a line each, as UTF-8 or an encoding like ASCII."""
    data = _narrow(data)
    title = _TITLE.search(data)
    seen = _INLINE.sub(b"", _UNSEEN.sub(b"", data))
    runs = (b" ".join(run.split()) if b"\n" in run else run.strip() for run in _RUN.findall(seen))
    text = b"\n".join([title[1].strip() if title else b"", *(run for run in runs if _is_prose(run))])
    for entity, plain in _ENTITIES:
        text = text.replace(entity, plain)
    return text


def _is_prose(run: bytes) -> bool:
    """Whether a run ends as a sentence does, or is too long for the headline of another story."""
    return len(run) > LONG or run.endswith(_ENDS)


def text_prose(text: str) -> bytes:
    """The text of a page that is no HTML, as bytes for the scan."""
    return text.encode("utf-8", "replace")


def _narrow(data: bytes) -> bytes:
    """The bytes as they are, unless they are of an encoding with wide characters."""
    if b"\0" in data[:1000] or data.startswith(tuple(mark for mark, _ in MARKS[1:])):
        return decode(data)[0].encode("utf-8", "replace")
    return data
