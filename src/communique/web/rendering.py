"""Plain values to HTML or JSON: every view gives one dictionary, shown as a page and, at ``.json``, as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

import orjson
from jinja2 import PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from communique.web import assets, snippets, wording
from communique.web.templating import Templates

Values = dict[str, Any]


@lru_cache(8192)
def _part(text: str) -> str:
    """Words as a part of an address."""
    return quote(text, safe="")


@cache
def templates() -> Templates:
    """The templates, which escape all they are given."""
    made = Templates(
        loader=PackageLoader("communique.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "part": _part,
        "number": lambda n: f"{n:,}",
        "day": wording.day,
        "verb": wording.verb,
        "tone": wording.tone_of_outcome,
        "web_address": wording.web_address,
        "listed": wording.listed,
        "plural": wording.plural,
        "parties": snippets.parties,
        "outcome": snippets.outcome,
        "options": snippets.options,
    }
    made.globals["asset"] = assets.url
    return made


def render(name: str, request: Request, values: Values, status: int = 200) -> Response:
    """A page made from a template."""
    here = request.scope["path"]
    shared = {"here": here, "twin": _twin(request), "section": "/" + here.split("/")[1]}
    html = templates().get_template(name).render(**shared, **values)
    return HTMLResponse(html, status)


def _twin(request: Request) -> str | None:
    """The address of the same page as JSON, where it has one."""
    if not request.scope.get("state", {}).get("has_twin"):
        return None
    query = request.scope["query_string"].decode("latin-1")
    return f"{quote(request.scope['path'])}.json{'?' + query if query else ''}"


def has_twin(request: Request) -> None:
    """Note that the page has a twin: the same path with ``.json`` behind it."""
    request.scope.setdefault("state", {})["has_twin"] = True


def as_json(values: Values) -> Response:
    """Plain values as JSON; what it has no way to say, as words."""
    try:
        body = orjson.dumps(values, default=str, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:  # half of a character, or a number of more than 64 bits
        body = json.dumps(values, ensure_ascii=False, default=str).encode("utf-8", "replace")
    return Response(body, media_type="application/json")


@dataclass(frozen=True, slots=True)
class View:
    """One kind of page.

    ``look`` finds plain values for a request; ``draw`` adds what only HTML shows (pictures, say), from those values.
    """

    path: str
    template: str
    look: Callable[[Any, Request], Values]
    draw: Callable[[Values], Values] | None = None
