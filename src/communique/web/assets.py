"""The few files that pages are made with, read once: no path of a request ever reaches the file system."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

TYPES = {"style.css": "text/css", "app.js": "text/javascript", "htmx.min.js": "text/javascript"}


@cache
def load() -> dict[str, bytes]:
    """Every asset by name."""
    folder = files("communique.web") / "static"
    return {name: folder.joinpath(name).read_bytes() for name in TYPES}


@cache
def version(name: str) -> str:
    """A short digest of an asset, so that a browser keeps it until it changes."""
    return hashlib.sha256(load()[name]).hexdigest()[:12]


def url(name: str) -> str:
    """The address of an asset."""
    return f"/static/{name}?v={version(name)}"


async def serve(request: Request) -> Response:
    """The asset of that name."""
    name = request.path_params["name"]
    if name not in TYPES:
        return PlainTextResponse("not found\n", 404)
    keep = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(load()[name], media_type=TYPES[name], headers=keep)
