"""RSS and Atom: a Page an entry, from the fullest text the feed gives of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

from communique.page import Page
from communique.reading.failure import ReadError, ReadFailure
from communique.reading.formats import Pages, Stream, read_whole
from communique.reading.pages import Source, html_page

TEXTS = ("encoded", "content", "description", "summary")


def read(kind: str, stream: Stream, source: Source, depth: int) -> Pages:
    """The Pages of all entries; an entry without text becomes a ReadFailure. Raises ReadError for broken XML."""
    data = read_whole(stream)
    if re.search(rb"<!ENTITY", data[:100_000], re.IGNORECASE):
        raise ReadError("feed declares entities: refused")
    try:
        root = ElementTree.fromstring(data.lstrip())
    except ElementTree.ParseError as error:
        raise ReadError(f"broken feed: {error}") from error
    channel = root.find("{*}channel")
    outlet = _first(root if channel is None else channel, ("title",))
    for number, entry in enumerate(_entries(root)):
        try:
            yield _page(entry, source, number, outlet)
        except ReadError as error:
            yield ReadFailure(f"{source.path or source.doc}!{number}", error.reason)


def _entries(root: ElementTree.Element) -> Iterator[ElementTree.Element]:
    return (node for node in root.iter() if _name(node) in ("item", "entry"))


def _page(entry: ElementTree.Element, source: Source, number: int, outlet: str | None) -> Page:
    title = _first(entry, ("title",))
    text = max((_first(entry, (name,)) or "" for name in TEXTS), key=len)
    if not text.strip():
        raise ReadError("entry without text")
    date = _day(_first(entry, ("pubDate", "published", "date", "updated")))
    told = {"feed:title": title, "feed:published": date, "feed:author": _author(entry), "feed:outlet": outlet}
    inner = replace(
        source,
        doc=f"{source.doc}-{number:04d}",
        path=f"{source.path or source.doc}!{number}",
        url=_link(entry) or source.url,
        outlet=source.outlet,
    )
    heading = f"<h1>{_escaped(title)}</h1>" if title else ""
    body = text if re.search(r"<(?:p|br|div|a|b|i|img|ul|h\d)\b", text) else f"<p>{_escaped(text)}</p>"
    page = html_page(f"<html><body>{heading}<article>{body}</article></body></html>".encode(), inner, "utf-8")
    return replace(page, meta={**page.meta, **{name: value for name, value in told.items() if value}})


def _escaped(text: str | None) -> str:
    """Plain text of a feed as HTML; entities that are written out stay what they are."""
    return (text or "").replace("<", "&lt;").replace("\n\n", "<br>")


def _name(node: ElementTree.Element) -> str:
    return str(node.tag).rsplit("}", 1)[-1]


def _first(node: ElementTree.Element, names: tuple[str, ...]) -> str | None:
    for name in names:
        for child in node:
            inner = _inner(child) if _name(child) == name else ""
            if inner:
                return inner
    return None


def _inner(node: ElementTree.Element) -> str:
    """The text of an element; the markup too where it holds XHTML."""
    whole = ElementTree.tostring(node, "unicode") if node.get("type") == "xhtml" else "".join(node.itertext())
    return whole.strip()


def _author(entry: ElementTree.Element) -> str | None:
    for child in entry:
        if _name(child) in ("creator", "author"):
            name = _first(child, ("name",)) or (child.text or "").strip()
            if name:
                return re.sub(r"^\S+@\S+ \((.*)\)$", r"\1", name)
    return None


def _link(entry: ElementTree.Element) -> str | None:
    for child in entry:
        if _name(child) == "link" and child.get("rel", "alternate") == "alternate":
            return child.get("href") or (child.text or "").strip() or None
    return None


def _day(value: str | None) -> str | None:
    if not value:
        return None
    if re.match(r"\d{4}-\d\d-\d\d", value):
        return value[:10]
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (TypeError, ValueError):
        return None
