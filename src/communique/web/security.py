"""What every request must pass and every answer carries, whatever page it is for.

Page content is hostile: besides escaping, no answer lets a browser run a script, load an image or a style from
anywhere but this server, or send a form elsewhere.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from communique.web.settings import Settings

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-dns-prefetch-control": "off",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
_RAW = tuple((name.encode(), value.encode()) for name, value in HEADERS.items())
_NAMES = frozenset(name for name, _ in _RAW)
_NO_STORE = ((b"cache-control", b"no-store"),)
SAFE = frozenset({"GET", "HEAD"})
POSTED_TO = frozenset({"/upload", "/enter"})


class Guard:
    """Refuses foreign hosts, cross-site posts and over-long bodies, and adds the headers to every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        app = self.app if refusal is None else refusal
        await app(scope, counted(receive, self.settings.limits.bytes), _with_headers(send))

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        known = self.settings.known_hosts
        if known is not None and host_name(headers.get("host", "")) not in known:
            return PlainTextResponse("this server is not known by that name\n", 421)
        if scope["method"] not in {*SAFE, "POST"}:
            allowed = "GET, HEAD, POST" if scope["path"] in POSTED_TO else "GET, HEAD"
            return PlainTextResponse("only GET and POST\n", 405, {"allow": allowed})
        if scope["method"] == "POST" and not from_here(headers):
            return PlainTextResponse("posts from other sites are refused\n", 403)
        if int(_digits(headers.get("content-length", "0"))) > self.settings.limits.bytes:
            return PlainTextResponse("too large\n", 413)
        return None


class TooLarge(Exception):
    """Raised while a body is read, once it is longer than it may be."""


def counted(receive: Receive, most: int) -> Receive:
    """``receive``, raising TooLarge once a body that named no length is over ``most`` bytes."""
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise TooLarge
        return message

    return counting


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = [header for header in message["headers"] if header[0] not in _NAMES]
            keep = _NO_STORE if all(name != b"cache-control" for name, _ in own) else ()
            message["headers"] = [*own, *_RAW, *keep]
        await send(message)

    return sending


def host_name(header: str) -> str:
    """The host of a Host header, without its port; empty for one that cannot be read."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def from_here(headers: Headers) -> bool:
    """Whether a post comes from a page of this server: what the browser says of its origin, or a bearer's token.

    A browser sends Origin with every post; one that sends neither it nor Sec-Fetch-Site is no browser, and must
    show a token, which no other site can make a browser send.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return urlsplit(origin).netloc == headers.get("host")
    return site == "same-origin" or headers.get("authorization", "").startswith("Bearer ")


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) < 16 else "0"
