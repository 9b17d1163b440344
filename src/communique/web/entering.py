"""Who may come in. Today one token for all; users with roles will take the place of ``Visitors.who``."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

COOKIE = "communique"
OPEN = ("/enter", "/static/")


class Visitors:
    """Tells who a request is from: ``reader`` for all who know the token, None for a stranger."""

    def __init__(self, token: str | None) -> None:
        self.token = token

    @property
    def badge(self) -> str:
        """What the cookie holds: made from the token, so that the token itself is not stored in the browser."""
        return hashlib.sha256(f"communique cookie {self.token}".encode()).hexdigest()

    def who(self, request: Request) -> str | None:
        """The name of the visitor, or None. The place where users and roles come in."""
        if self.token is None:
            return "reader"
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self.knows(bearer) or hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self.badge.encode()):
            return "reader"
        return None

    def knows(self, word: str) -> bool:
        """Whether ``word`` is the token; takes the same time for every wrong one."""
        return self.token is not None and hmac.compare_digest(word.encode(), self.token.encode())


class Door:
    """Middleware that lets nobody past ``/enter`` whom ``Visitors`` does not know."""

    def __init__(self, app: ASGIApp, visitors: Visitors) -> None:
        self.app = app
        self.visitors = visitors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(OPEN):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        who = self.visitors.who(request)
        scope.setdefault("state", {})["visitor"] = who
        app = self.app if who else _turned_away(request)
        await app(scope, receive, send)


def _turned_away(request: Request) -> Response:
    if request.url.path.endswith((".json", ".atom")) or request.method != "GET":
        return PlainTextResponse("a token is needed\n", 401, {"www-authenticate": "Bearer"})
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/enter?next={quote(asked, safe='')}", 303)


def admit(visitors: Visitors, next_page: str) -> Response:
    """The answer to one who knows the token: a cookie, and on to the page that was asked for."""
    local = next_page if next_page.startswith("/") and not next_page.startswith(("//", "/\\")) else "/"
    response = RedirectResponse(local, 303)
    response.set_cookie(COOKIE, visitors.badge, httponly=True, samesite="strict", max_age=30 * 86_400)
    return response
