"""What an HTML document says of itself in its head: JSON-LD, OpenGraph, meta, microdata, ``<time>``.

Names of the values: ``jsonld:headline``, ``jsonld:author``, ``jsonld:datePublished``, ``jsonld:publisher``,
``og:title``, ``meta:author``, ``itemprop:author``, ``time``, ``title``, ``h1``, ``html:lang``, ``link:canonical``...
The first value of a name is kept. Several authors are joined with ``; ``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser

ARTICLES = re.compile(
    r"Article|BlogPosting|Report|Review|LiveBlog|WebPage|CreativeWork|Recipe|OpinionNews", re.IGNORECASE
)
PROPER = re.compile(r"Article|BlogPosting|Report|LiveBlog|Review", re.IGNORECASE)
KEEP_JSONLD = (
    "headline",
    "name",
    "datePublished",
    "dateModified",
    "dateCreated",
    "inLanguage",
    "url",
    "articleSection",
)
ITEMPROPS = frozenset(("author", "datePublished", "dateModified", "publisher", "headline"))
BYLINE = '[rel~="author"], [class*="byline"], [class*="author-name"], [class*="article-author"]'
LONGEST = 2000
SPACE = re.compile(r"[ \t\r\n]+")
UNEVEN = ("\n", "  ", "\t", "\r")


def metadata(tree: LexborHTMLParser) -> dict[str, str]:
    """Names to values of all structured metadata of the document, first values first."""
    found: dict[str, str] = {}
    for name, value in _all(tree):
        if value and name not in found:
            value = unescape(value[:LONGEST])
            value = (SPACE.sub(" ", value) if any(map(value.__contains__, UNEVEN)) else value).strip()
            if value:
                found[name] = value
    return found


def _all(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for script in tree.css('script[type*="ld+json"]')[:40]:
        yield from json_ld(script.text(deep=True) or "")
    yield from _meta_tags(tree)
    for node in tree.css("[itemprop]")[:1000]:
        attributes = node.attributes
        name = attributes.get("itemprop")
        if name in ITEMPROPS:
            value = attributes.get("content") or attributes.get("datetime") or node.text(deep=True)[:300]
            yield f"itemprop:{name}", value or ""
    yield from _elements(tree)


def _meta_tags(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for node in tree.css("meta[content]")[:300]:
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name:
            name = name.strip().lower()
            yield (name if ":" in name else f"meta:{name}"), attributes.get("content") or ""


def _elements(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    root = tree.root
    if root is not None:
        yield "html:lang", root.attributes.get("lang") or ""
    canonical = tree.css_first('link[rel="canonical"]')
    if canonical is not None:
        yield "link:canonical", canonical.attributes.get("href") or ""
    for selector in ("title", "h1"):
        first = tree.css_first(selector)
        if first is not None:
            yield selector, first.text(deep=True)
    for node in tree.css("time")[:20]:
        yield "time", node.attributes.get("datetime") or node.text(deep=True)
    first = tree.css_first(BYLINE)
    if first is not None:
        told = first.text(deep=True)[:300]
        yield "byline", told
        if not unescape(told).strip():
            yield from (("byline", node.text(deep=True)[:300]) for node in tree.css(BYLINE)[1:5])


def json_ld(source: str) -> Iterator[tuple[str, str]]:
    """The values of the article described in a JSON-LD script; a broken script gives nothing."""
    try:
        data = json.loads(source.strip().removeprefix("<!--").removesuffix("-->").strip(), strict=False)
    except (ValueError, RecursionError):
        return
    nodes = list(_nodes(data, 0))
    nodes.sort(key=lambda node: not PROPER.search(_types(node)))
    names = {str(node["@id"]): _text(node.get("name")) for node in nodes if "@id" in node and node.get("name")}
    for node in nodes:
        if ARTICLES.search(_types(node)):
            yield from _article(node, names)
    for node in nodes:
        if re.search(r"Organization|WebSite", _types(node)):
            yield "jsonld:site", _text(node.get("name"))


def _article(node: dict[str, Any], names: dict[str, str]) -> Iterator[tuple[str, str]]:
    proper = bool(PROPER.search(_types(node)))
    if proper:
        yield "jsonld:type", _types(node)
    for key in KEEP_JSONLD:
        if proper or key != "name":
            yield f"jsonld:{key}" if proper else f"jsonld:page:{key}", _text(node.get(key))
    for key in ("author", "creator", "publisher", "sourceOrganization"):
        yield f"jsonld:{key}" if proper else f"jsonld:page:{key}", "; ".join(_people(node.get(key), names))
    if "isAccessibleForFree" in node:
        yield "jsonld:free", str(node["isAccessibleForFree"]).lower()


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every object of the script that has a type, outermost first."""
    if depth > 6:
        return
    if isinstance(data, list):
        for item in data[:100]:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        if "@type" in data:
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _nodes(data.get(key), depth + 1)


def _types(node: dict[str, Any]) -> str:
    return _text(node.get("@type"))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(filter(None, (_text(item) for item in value[:8])))
    return str(value) if isinstance(value, str | int | float) else ""


def _people(value: Any, names: dict[str, str]) -> list[str]:
    """The names of persons or organisations, given as strings, objects, lists or references."""
    items = value if isinstance(value, list) else [value]
    found = []
    for item in items[:20]:
        name = _text(item.get("name") if isinstance(item, dict) else item)
        if not name and isinstance(item, dict):
            name = names.get(str(item.get("@id")), "")
        if name and name not in found:
            found.append(name)
    return found
