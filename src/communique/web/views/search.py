"""Full text over acts and pages."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from communique.ledger.search import search
from communique.web.asking import short
from communique.web.room import Room
from communique.web.wording import shown_address

MOST = 20


def look(room: Room, request: Request) -> dict[str, Any]:
    """Acts whose matter or quote, and pages whose body, hold the words; the best matches first."""
    words = short(request.query_params, "q")
    found = search(room.connection, words, MOST) if words else {"events": [], "pages": []}
    events = [
        {**e, "page": e["event"].rpartition("-")[0], "name": e["event"].rpartition("-")[2]} for e in found["events"]
    ]
    pages = [{**page, "address": shown_address(page["address"])} for page in found["pages"]]
    return {"words": words, "events": events, "pages": pages, "most": MOST}
