"""A thread as a picture: a lane for each party, a mark for each act, arrows for to whom, lines for answers.

Time runs to the right, in the order of the acts; the gaps between them grow with the logarithm of the days between, so
that no two marks and no two dates touch, whatever the length of the thread.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from markupsafe import Markup

from communique.web.escaping import escaped, html
from communique.web.pictures.svg import circle, element, joined, line, num, picture, shortened, text, title
from communique.web.wording import day, verb

ROW = 48.0
TOP = 30.0
NAMES = 140.0
MOST_LANES = 10
RADIUS = 11.0
USUAL = 700.0  # pixels that a short thread is stretched toward
OTHERS = "others"
Act = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything goes: the height of each party's lane, the place of each act in time, the whole size."""

    lane: dict[str, float]
    names: dict[str, str]
    at: dict[str, float]
    width: float
    height: float

    def y(self, actor: str) -> float:
        """The lane of a party; parties without one share the last."""
        return self.lane.get(actor, self.lane.get(OTHERS, TOP + ROW / 2))


def lanes(moves: Sequence[Act], links: Sequence[Mapping[str, Any]]) -> Markup:
    """The picture of a thread's moves, in time order, and the links among them."""
    if not moves:
        return Markup("")
    plan = _plan(moves)
    drawn = picture(
        plan.width,
        plan.height,
        "The thread in time: one lane a party, one mark an act",
        _arrow_heads(),
        *(line(0.0, plan.width, y, y, "lane") for y in plan.lane.values()),
        joined(_link(link, moves, plan) for link in links),
        joined(_dates(moves, plan)),
        joined(_act(move, plan) for move in moves),
    )
    region = element("div", drawn, class_="scroll", tabindex="0", role="region", aria_label="Picture of the thread")
    return element("div", _lane_names(plan), region, class_="lanes")


def _plan(moves: Sequence[Act]) -> Plan:
    names = {actor["id"]: actor["name"] for move in moves for actor in (*move["sources"], *move["targets"])}
    counts = Counter(actor["id"] for move in moves for actor in (*move["sources"], *move["targets"]))
    kept = [actor for actor, _ in counts.most_common(MOST_LANES)]
    rows = [*kept, OTHERS] if len(kept) < len(counts) or not kept else kept
    if any(not move["sources"] for move in moves) and OTHERS not in rows:
        rows.append(OTHERS)
    lane = {actor: TOP + ROW * n + ROW / 2 for n, actor in enumerate(rows)}
    at = places(moves)
    last = max(at.values()) + 44
    return Plan(lane, {**names, OTHERS: "others"}, at, last, TOP + ROW * len(rows) + 46)


def places(moves: Sequence[Act]) -> dict[str, float]:
    """How far to the right each act stands, in pixels."""
    gaps = [_gap(before, after) for before, after in pairwise(moves)]
    stretch = min(3.0, max(1.0, USUAL / (sum(gaps) or USUAL)))
    x = accumulate(gaps, lambda before, gap: before + gap * stretch, initial=36.0)
    return dict(zip((move["id"] for move in moves), x, strict=True))


def _gap(before: Act, after: Act) -> float:
    """Room between two acts: enough for the marks, for their dates, and more for more days."""
    if before["date"] == after["date"]:
        return 2 * RADIUS + 10
    room = (_width(before["date"]) + _width(after["date"])) / 2 + 10
    first, second = before["until"] or before["since"], after["since"] or after["until"]
    days = max(0, second - first) if first and second else 0
    return max(room, 2 * RADIUS + 10) + min(70.0, 9 * math.log1p(days))


def _date_lines(date: str | None) -> tuple[str, str]:
    """A date in two short lines: day and month, year. A range shows where it begins."""
    if not date:
        return "undated", ""
    words = day(date.partition("/")[0]).split(" ")
    upper, lower = " ".join(words[:-1]), words[-1]
    return (f"{upper} –" if "/" in date else upper, lower) if upper else (lower, "")


def _width(date: str | None) -> float:
    return 6.6 * max(len(line) for line in _date_lines(date))


def _dates(moves: Sequence[Act], plan: Plan) -> list[Markup]:
    """The date under the first act of each."""
    made, before = [], object()
    foot = plan.height - 24
    for move in moves:
        if move["date"] != before:
            upper, lower = _date_lines(move["date"])
            x = plan.at[move["id"]]
            made.append(line(x, x, TOP, foot - 14, "tick"))
            made += [text(upper, x, foot, "date", "middle"), text(lower, x, foot + 14, "date", "middle")]
        before = move["date"]
    return made


def _lane_names(plan: Plan) -> Markup:
    """The names of the lanes, which stay in place while the picture is scrolled."""
    names = [
        element(
            "text", shortened(plan.names[actor], 18), title(plan.names[actor]), x=NAMES - 8, y=y + 4, text_anchor="end"
        )
        for actor, y in plan.lane.items()
    ]
    return picture(NAMES, plan.height, "Parties, one a lane", *names, class_="picture names")


def _arrow_heads() -> Markup:
    shape = element("path", d="M0 0L8 4L0 8z", class_="arrowhead")
    size = {"markerWidth": "8", "markerHeight": "8", "refX": "7", "refY": "4", "orient": "auto"}
    return element("defs", element("marker", shape, id="head", markerUnits="userSpaceOnUse", **size))


def _act(move: Act, plan: Plan) -> Markup:
    """A mark in the lane of who acts, an arrow to the lane of each to whom, and a link to the row below."""
    x = plan.at[move["id"]]
    ys = sorted({plan.y(actor["id"]) for actor in move["sources"]} or {plan.y(OTHERS)})
    targets = sorted({plan.y(actor["id"]) for actor in move["targets"]} - set(ys))
    kind = "disputed" if move["disputes"] else "firm"
    words = escaped(_said(move))
    drawn = [_arrow(x, min(ys, key=lambda y: abs(y - to)), to) for to in targets]
    drawn += [line(x, x, ys[0], ys[-1], "together")] if len(ys) > 1 else []
    drawn += [_mark(move["shape"], x, y) for y in ys]
    drawn += [text(str(move["number"]), x, y + 4, "count", "middle") for y in ys]
    link = f'href="#{escaped(move["id"])}" aria-label="{words}" class="act tone-{escaped(move["tone"])} {kind}"'
    return html(f"<a {link}><title>{words}</title>{joined(drawn)}</a>")


def _said(move: Act) -> str:
    who = ", ".join(actor["name"] for actor in move["sources"]) or "somebody"
    whom = ", ".join(actor["name"] for actor in move["targets"])
    act = verb(move["type"], len(move["sources"]), len(move["targets"]))
    parts = [f"{move['number']}. {day(move['date'])}: {who} {act}", whom]
    disputed = " (disputed)" if move["disputes"] else ""
    about = f", {move['about']}" if move["about"] else ""
    return " ".join(part for part in parts if part) + about + disputed


def _arrow(x: float, y: float, to: float) -> Markup:
    step = RADIUS + 1 if to > y else -RADIUS - 1
    ends = f'x1="{num(x)}" x2="{num(x)}" y1="{num(y + step)}" y2="{num(to)}"'
    return html(f'<line {ends} class="arrow" marker-end="url(#head)"/>')


def _mark(shape: str, x: float, y: float) -> Markup:
    """Circle for an offer, square for a demand, diamond for an answer, triangle for a deed or other act."""
    r = RADIUS
    if shape == "offer":
        return circle(x, y, r, "mark")
    if shape == "demand":
        return element("rect", x=x - r + 1, y=y - r + 1, width=2 * r - 2, height=2 * r - 2, class_="mark")
    if shape == "answer":
        return _polygon((x, y - r - 3), (x + r + 3, y), (x, y + r + 3), (x - r - 3, y))
    return _polygon((x, y - r - 3), (x + r + 3, y + r - 1), (x - r - 3, y + r - 1))


def _polygon(*corners: tuple[float, float]) -> Markup:
    points = " ".join([f"{x:.1f},{y:.1f}" for x, y in corners])
    return html(f'<polygon points="{points}" class="mark"/>')


def _link(link: Mapping[str, Any], moves: Sequence[Act], plan: Plan) -> Markup:
    """A dashed line from an act back to what it stands to."""
    start, end = (_place(key, moves, plan) for key in (link["to"], link["move"]))
    bend = (end[0] - start[0]) / 2
    lift = -22.0 if start[1] == end[1] else 0.0
    path = (
        f"M{start[0]:.1f} {start[1]:.1f}C{start[0] + bend:.1f} {start[1] + lift:.1f}"
        f" {end[0] - bend:.1f} {end[1] + lift:.1f} {end[0]:.1f} {end[1]:.1f}"
    )
    return element("path", title(link["kind"]), d=path, class_=f"link {link['kind']}")


def _place(key: str, moves: Sequence[Act], plan: Plan) -> tuple[float, float]:
    move = next(move for move in moves if move["id"] == key)
    first = move["sources"][0]["id"] if move["sources"] else OTHERS
    return plan.at[key], plan.y(first)
