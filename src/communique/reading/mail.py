"""Newsletters (``.eml``) and saved pages (MHTML): the HTML part, else the plain one, with the mail's headers."""

from __future__ import annotations

import email.policy
from contextlib import suppress
from dataclasses import replace
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from communique.page import Page
from communique.reading.failure import ReadError
from communique.reading.formats import Pages, Stream, read_whole
from communique.reading.pages import Source, html_page, text_page


def read(kind: str, stream: Stream, source: Source, depth: int) -> Pages:
    """The one Page of a mail or a saved page."""
    data = read_whole(stream)
    parsed = BytesParser(policy=email.policy.default).parsebytes(data)
    assert isinstance(parsed, EmailMessage)
    part = parsed.get_body(preferencelist=("related", "html", "plain"))
    part = _html_of(part) if part is not None else _html_of(parsed)
    if part is None:
        raise ReadError("no text in the mail")
    yield _page(part, _headers(parsed), _located(parsed, part, source))


def _html_of(part: MIMEPart) -> EmailMessage | None:
    """The first HTML part inside, else the first plain one."""
    texts = [one for one in part.walk() if one.get_content_maintype() == "text"]
    for wanted in ("text/html", "text/plain"):
        for one in texts:
            if one.get_content_type() == wanted:
                assert isinstance(one, EmailMessage)
                return one
    return None


def _page(part: EmailMessage, headers: dict[str, str], source: Source) -> Page:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    make = html_page if part.get_content_type() == "text/html" else text_page
    page = make(data, source, charset)
    return replace(page, meta={**page.meta, **headers})


def _headers(parsed: EmailMessage) -> dict[str, str]:
    """Subject, sender and day of a mail, under names of their own."""
    found = {}
    if parsed["subject"]:
        found["mail:subject"] = " ".join(str(parsed["subject"]).split())
    name, address = parseaddr(str(parsed["from"] or ""))
    if (name or address) and "saved by" not in name.lower():
        found["mail:from"] = name or address
    with suppress(TypeError, ValueError):
        found["mail:date"] = parsedate_to_datetime(str(parsed["date"])).date().isoformat()
    return found


def _located(parsed: EmailMessage, part: EmailMessage, source: Source) -> Source:
    url = parsed["Snapshot-Content-Location"] or part["Content-Location"]
    return replace(source, url=source.url or (str(url).strip() if url and "://" in str(url) else None))
