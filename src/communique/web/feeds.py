"""The changes as Atom (RFC 4287) and as JSON Feed 1.1: plain words, escaped once, by the writer of the format."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from starlette.requests import Request
from starlette.responses import Response

from communique.export.xml_text import safe
from communique.web.room import Room
from communique.web.views.feed import changes

TITLE = "Communique: new and changed threads"
ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"  # Atom asks for a moment of a feed in which nothing ever changed
Row = dict[str, Any]


async def atom(request: Request) -> Response:
    """The changes as Atom."""
    return await _feed(request, as_atom, "application/atom+xml")


async def json_feed(request: Request) -> Response:
    """The changes as JSON Feed."""
    return await _feed(request, as_json_feed, "application/feed+json")


async def _feed(request: Request, write: Callable[[Sequence[Row], str], bytes], media: str) -> Response:
    """The feed as it was written before, as long as the ledger and the server's address are the same."""
    state, base = request.app.state, str(request.base_url)
    now = state.memory.state()
    key = (now, media, base)
    body = state.shelf.find(key) if now is not None else None
    if body is None:
        made = asyncio.get_running_loop().run_in_executor(state.pool, lambda: write(_changes(request), base))
        body = await made
        if now is not None:
            state.shelf.put(key, body)
    return _answer(request, body, media)


def _changes(request: Request) -> list[Row]:
    state = request.app.state
    with state.ledger.reading() as connection:
        room = Room.of(connection, state.memory)
        return room.recall("changes", lambda: changes(room))


def _answer(request: Request, body: bytes, media: str) -> Response:
    """The feed, or that it is still the one that the reader has."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=f"{media}; charset=utf-8", headers=headers)


def urn(thread: str) -> str:
    """A thread's name for readers: the same whatever the server is called."""
    return f"urn:x-communique:{thread}"


def as_atom(listed: Sequence[Row], base: str) -> bytes:
    """The Atom document; ``base`` is the address of the server, with a slash at its end."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": "en"})
    _add(feed, "title", TITLE)
    _add(feed, "id", "urn:x-communique:changes")
    _add(feed, "updated", listed[0]["updated"] if listed else NEVER)
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{base}changes.atom")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{base}threads")
    _add(_add(feed, "author"), "name", "Communique")
    for row in listed:
        _entry(_add(feed, "entry"), row, base)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(entry: ET.Element, row: Row, base: str) -> None:
    _add(entry, "title", row["title"])
    _add(entry, "id", urn(row["id"]))
    _add(entry, "published", row["published"])
    _add(entry, "updated", row["updated"])
    _add(entry, "link", rel="alternate", type="text/html", href=f"{base}threads/{row['id']}")
    _add(entry, "link", rel="alternate", type="application/json", href=f"{base}threads/{row['id']}.json")
    _add(entry, "category", term=row["outcome"])
    _add(entry, "summary", row["words"])


def _add(to: ET.Element, name: str, words: str | None = None, **attributes: str) -> ET.Element:
    """An element with plain words; ElementTree escapes them, ``safe`` takes out what XML cannot hold."""
    made = ET.SubElement(to, f"{{{ATOM}}}{name}", attributes)
    made.text = None if words is None else safe(words)
    return made


def as_json_feed(listed: Sequence[Row], base: str) -> bytes:
    """The JSON Feed document."""
    items = [
        {
            "id": urn(row["id"]),
            "url": f"{base}threads/{row['id']}",
            "title": row["title"],
            "content_text": row["words"],
            "date_published": row["published"],
            "date_modified": row["updated"],
            "tags": [row["outcome"]],
        }
        for row in listed
    ]
    made = {"version": "https://jsonfeed.org/version/1.1", "title": TITLE, "home_page_url": f"{base}threads",
            "feed_url": f"{base}changes.json", "language": "en", "items": items}  # fmt: skip
    return json.dumps(made, ensure_ascii=False).encode("utf-8", "replace")
