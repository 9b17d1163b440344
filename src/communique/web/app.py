"""The reading room's pages: each address, what is looked up for it and what shows it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from communique.ledger.adding import Coding, with_workers
from communique.ledger.coder import Coder, installed
from communique.ledger.errors import LedgerError, NotFound
from communique.ledger.store import Ledger
from communique.web import assets, feeds, openapi
from communique.web.asking import Unclear
from communique.web.entering import Door, Visitors, admit
from communique.web.jobs import Desk
from communique.web.remembering import Memory, Shelf
from communique.web.rendering import Values, View, as_json, has_twin, render
from communique.web.room import Room
from communique.web.security import Guard, TooLarge
from communique.web.settings import Settings
from communique.web.views import (
    actor,
    actors,
    disputes,
    moves,
    page,
    search,
    sources,
    thread,
    threads,
    timeline,
    upload,
)

VIEWS = (
    View("/threads", "threads.html", threads.look),
    View("/threads/{name}", "thread.html", thread.look, thread.draw),
    View("/moves/{name}", "move.html", moves.look),
    View("/pages/{name}", "page.html", page.look),
    View("/actors", "actors.html", actors.look, actors.draw),
    View("/actors/{name:path}", "actor.html", actor.look, actor.draw),
    View("/disputes", "disputes.html", disputes.look),
    View("/timeline", "timeline.html", timeline.look, timeline.draw),
    View("/sources", "sources.html", sources.look),
    View("/sources/{name:path}", "source.html", sources.look_at_one),
    View("/search", "search.html", search.look),
)
Handler = Callable[[Request], Awaitable[Response]]


def create_app(
    ledger: Ledger, settings: Settings | None = None, coder: Coder | None = None, code: Coding | None = None
) -> Starlette:
    """The application over an open ledger. ``coder`` and ``code`` say how uploads are coded: as installed, if None."""
    settings = settings or Settings()
    visitors = Visitors(settings.token)
    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, settings=settings), Middleware(Door, visitors=visitors)],
        exception_handlers={
            NotFound: _not_found,
            404: _not_found,
            Unclear: _unclear,
            TooLarge: _too_large,
            LedgerError: _ledger_error,
            Exception: _failed,
        },
        lifespan=_lifespan,
    )
    app.state.ledger, app.state.settings, app.state.visitors = ledger, settings, visitors
    app.state.pool = ThreadPoolExecutor(settings.readers, "reader")
    app.state.memory, app.state.shelf = Memory(ledger.target), Shelf(settings.shelf)
    app.state.desk = Desk(ledger, coder or installed(), code or with_workers(1), settings.limits)
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    """Few readers at a time: each has its own connection with its own memory."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = app.state.settings.readers
    yield
    app.state.pool.shutdown(wait=False)
    app.state.desk.close()


def _routes() -> list[Route]:
    made = [Route("/", lambda request: RedirectResponse("/threads", 307))]
    made += [Route("/static/{name}", assets.serve), Route("/enter", _enter, methods=["GET", "POST"])]
    made += [Route("/upload", upload.form), Route("/upload", upload.take, methods=["POST"])]
    made += [
        Route("/upload.json", upload.form_json),
        Route("/upload/{name}.json", upload.progress_json),
        Route("/upload/{name}", upload.progress),
    ]
    made += [Route("/changes.atom", feeds.atom), Route("/changes.json", feeds.json_feed)]
    made += [Route("/openapi.json", openapi.serve)]
    made += [Route(f"{view.path}.json", _json(view)) for view in VIEWS]
    return made + [Route(view.path, _html(view)) for view in VIEWS]


def _look(view: View, request: Request) -> Values:
    state = request.app.state
    with state.ledger.reading() as connection:
        return view.look(Room.of(connection, state.memory), request)


def _html(view: View) -> Handler:
    def make(request: Request) -> Response:
        values = _look(view, request)
        has_twin(request)
        drawn: dict[str, Any] = dict(view.draw(values)) if view.draw else {}
        return render(view.template, request, {**values, **drawn})

    return _kept(make, "text/html")


def _json(view: View) -> Handler:
    return _kept(lambda request: as_json(_look(view, request)), "application/json")


def _kept(make: Callable[[Request], Response], media: str) -> Handler:
    """Answers with the page as it was made before, as long as the ledger and who asks are the same."""

    async def handle(request: Request) -> Response:
        state = request.app.state
        now = state.memory.state()
        key = (now, getattr(request.state, "visitor", None), request.scope["path"], request.scope["query_string"])
        body = state.shelf.find(key) if now is not None else None
        if body is not None:
            return Response(body, media_type=media)
        made = await asyncio.get_running_loop().run_in_executor(state.pool, make, request)
        if now is not None and made.status_code == 200:
            state.shelf.put(key, bytes(made.body))
        return made

    return handle


async def _enter(request: Request) -> Response:
    """Where a visitor shows the token, once."""
    visitors: Visitors = request.app.state.visitors
    given = await request.form() if request.method == "POST" else {}
    next_page = str(given.get("next") or request.query_params.get("next") or "/")
    if visitors.token is None:
        return RedirectResponse("/", 303)
    if request.method == "POST" and visitors.knows(str(given.get("token", ""))):
        return admit(visitors, next_page)
    wrong = request.method == "POST"
    return render("enter.html", request, {"next": next_page, "wrong": wrong}, 403 if wrong else 200)


def _problem(request: Request, status: int, head: str, words: str) -> Response:
    if request.url.path.endswith(".json"):
        return Response(as_json({"error": words}).body, status, media_type="application/json")
    return render("problem.html", request, {"head": head, "words": words}, status)


async def _not_found(request: Request, error: Exception) -> Response:
    words = str(error) if isinstance(error, NotFound) else "There is no such page."
    return _problem(request, 404, "Not found", words)


async def _unclear(request: Request, error: Exception) -> Response:
    return _problem(request, 400, "Not understood", str(error))


async def _too_large(request: Request, error: Exception) -> Response:
    return PlainTextResponse("too large\n", 413)


async def _ledger_error(request: Request, error: Exception) -> Response:
    return _problem(request, 503, "The ledger cannot be read", str(error))


async def _failed(request: Request, error: Exception) -> Response:
    return _problem(request, 500, "Something went wrong", "The server's log says what.")
