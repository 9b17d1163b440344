"""A thread: what was put on the table, each answer, and who tells it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from starlette.requests import Request

from communique.ledger import schema
from communique.ledger.neighbours import related_threads
from communique.ledger.prepared import Prepared, several
from communique.ledger.queries import find_thread, glance, moves_by_key
from communique.ledger.showing import reports_of
from communique.move import Move
from communique.thread import Link, Thread
from communique.web.asking import asked
from communique.web.pictures.lanes import lanes
from communique.web.room import Room
from communique.web.views.counting import paging
from communique.web.views.moves import told
from communique.web.views.threads import summary
from communique.web.wording import tone_of_answer

SIZE = 10  # moves of a thread on one page
_MOVE = schema.move.c
_KINDS = Prepared(select(_MOVE.key.label("id"), _MOVE.type, _MOVE.mode).where(_MOVE.key.in_(several())))
REPORTS = 4  # reports of one move shown in the thread; its own page has more


def look(room: Room, request: Request) -> dict[str, Any]:
    """The thread of that id. Raises NotFound."""
    thread = glance(room.connection, request.path_params["name"])
    wanted = asked(request.query_params, SIZE)
    shown = thread.moves[wanted.offset : wanted.offset + SIZE]
    inside = moves_by_key(room.connection, shown)
    listed = [inside[key] for key in shown if key in inside]
    moves = _with_reports(room, listed)
    links = [Link(*link) for link in thread.links if link[0] in inside or link[1] in inside]
    elsewhere = {link.move for link in links} - inside.keys()  # answers on another page colour what they answer
    kinds = {**inside, **{row.id: row for row in _KINDS.rows_in(room.connection, elsewhere)}}
    tones = tones_of([kinds[key] for key in thread.moves if key in kinds], links)
    numbers = {key: n for n, key in enumerate(thread.moves, 1)}
    answered = _stands_to(links, inside)
    for number, move in enumerate(moves, wanted.offset + 1):
        move |= {"number": number, "tone": tones[move["id"]], "stands_to": answered[move["id"]]}
    return {
        "thread": {
            **summary(room, thread, any(move.disputes for move in listed)),
            "root": thread.root,
            "disputes": [d.to_dict() for d in thread.disputes],
        },
        "moves": moves,
        "numbers": numbers,
        "links": [link.to_dict() for link in links if link.move in inside and link.to in inside],
        "paging": paging(wanted, len(thread.moves)),
        "related": _related(room, thread),
    }


def _with_reports(room: Room, moves: Sequence[Move]) -> list[dict[str, Any]]:
    """Moves with their first reports, read in one go."""
    keys = tuple(key for move in moves for key in move.reports[:REPORTS])
    found = {report["id"]: report for report in reports_of(room.connection, keys)}
    return [told(room, move, [found[k] for k in move.reports[:REPORTS] if k in found]) for move in moves]


def _stands_to(links: Sequence[Link], inside: Collection[str]) -> dict[str, list[dict[str, str]]]:
    """What each of some moves stands to."""
    found: dict[str, list[dict[str, str]]] = {key: [] for key in inside}
    for link in links:
        if link.move in found:
            found[link.move].append({"kind": link.kind, "to": link.to})
    return found


def _related(room: Room, thread: Thread) -> list[dict[str, Any]]:
    def find() -> list[dict[str, Any]]:
        near = [relation.to_dict() for relation in related_threads(room.connection, thread)]
        return [{**r, "matter": find_thread(room.connection, r["thread"]).matter} for r in near]

    return room.recall(("related", thread.id), find)


def tones_of(moves: Sequence[Move], links: Sequence[Link]) -> dict[str, str]:
    """The outcome that colours each move: an answer's own; an offer's or demand's that of its latest answer.

    Moves are in time order, so the last answer found is the latest.
    """
    by_key: Mapping[str, Move] = {move.id: move for move in moves}
    tones = {move.id: tone_of_answer(move.type, move.mode) or _unanswered(move) for move in moves}
    order = {key: n for n, key in enumerate(by_key)}
    inside = [link for link in links if link.move in by_key and link.to in by_key]
    for link in sorted(inside, key=lambda k: order[k.move]):
        to, answer = by_key[link.to], by_key[link.move]
        own = "partly" if link.kind == "counters" else tone_of_answer(answer.type, answer.mode)
        if own and tone_of_answer(to.type, to.mode) is None:
            tones[to.id] = own
    return tones


def _unanswered(move: Move) -> str:
    return "open" if move.type in ("PROPOSE", "REQUEST") else "plain"


def draw(values: dict[str, Any]) -> dict[str, Any]:
    """The thread's picture, and the page of the story on which each move stands."""
    pages = {key: (number - 1) // SIZE + 1 for key, number in values["numbers"].items()}
    return {"picture": lanes(values["moves"], values["links"]), "page_of": pages}
