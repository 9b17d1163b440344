"""What the server answers to programs, as OpenAPI: ``openapi.yaml``, served as JSON at ``/openapi.json``."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from starlette.requests import Request
from starlette.responses import Response


def description() -> dict[str, Any]:
    """The description as plain values."""
    text = files("communique.web").joinpath("openapi.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found


@cache
def _body() -> bytes:
    return json.dumps(description(), ensure_ascii=False).encode()


async def serve(request: Request) -> Response:
    """The description as JSON."""
    return Response(_body(), media_type="application/json")
