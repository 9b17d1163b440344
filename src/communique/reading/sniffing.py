"""What kind of input some bytes are: by their content, never by the file's name."""

from __future__ import annotations

import re

MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"WARC/", "warc"),
    (b"PAR1", "parquet"),
)
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|div|article|p|h1)\b", re.IGNORECASE)
FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
MAIL = re.compile(
    rb"^(?:From|To|Subject|Date|MIME-Version|Received|Return-Path|Message-ID|Delivered-To)\s*:", re.I | re.M
)
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def sniff(data: bytes) -> str:
    """One of pdf, zip, gzip, zstd, warc, parquet, tar, feed, mhtml, mail, html, jsonl, csv, text.

    ``data`` is the first bytes of the input (8 KB is enough).
    """
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    if data[257:262] == b"ustar":
        return "tar"
    return _textual(_narrow(data[:8192]))


def _narrow(head: bytes) -> bytes:
    """The head without its byte order mark, zero bytes of UTF-16, and leading space."""
    for mark in MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").lstrip()


def _textual(head: bytes) -> str:
    if head.startswith(b"<"):
        markup = head[:4096]
        feed = FEED.search(markup)
        html = HTML.search(markup)
        if feed and not (html and html.start() < feed.start()):
            return "feed"
        if html:
            return "html"
    if _mail(head):
        return "mhtml" if re.search(rb"multipart/related", head, re.IGNORECASE) else "mail"
    if head.startswith(b"{") and re.match(rb'\{\s*"', head):
        return "jsonl"
    return "csv" if _table(head) else "text"


def _mail(head: bytes) -> bool:
    """Whether the lines up to the first empty one are mail headers, two known ones at least."""
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    names = {name.lower() for name in MAIL.findall(block)}
    first = block.split(b"\n", 1)[0]
    return len(names) >= 2 and re.match(rb"[A-Za-z][A-Za-z0-9-]{1,40}\s*:|From ", first) is not None


def _table(head: bytes) -> bool:
    """Whether the first line names columns and one of them is known to hold the text."""
    first = head.split(b"\n", 1)[0].strip().lower()
    if len(first) > 500 or not re.search(rb"[,;\t]", first):
        return False
    names = {name.strip(b"\"' ") for name in re.split(rb"[,;\t]", first)}
    return bool(names & {b"text", b"content", b"body", b"article"}) and all(
        re.fullmatch(rb"[\w .-]{1,40}", n) for n in names
    )
