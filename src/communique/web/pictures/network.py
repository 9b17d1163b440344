"""A network as a picture: parties on a ring, one in the middle where one is meant, lines by how much they share."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from markupsafe import Markup

from communique.web.escaping import html
from communique.web.pictures.svg import circle, element, joined, num, picture, shortened, text, title
from communique.web.wording import plural

WIDTH, HEIGHT, RING = 640.0, 440.0, 165.0
NAME = 20  # characters of a name that are shown
Party = Mapping[str, str]
Place = tuple[float, float]


def network(parties: Sequence[Party], edges: Sequence[tuple[str, str, int]], centre: str | None = None) -> Markup:
    """The picture of ``parties`` and of ``edges`` (two ids and how many acts they share)."""
    at = _places([party["id"] for party in parties], centre)
    names = {party["id"]: party["name"] for party in parties}
    most = max((acts for *_, acts in edges), default=1)
    drawn = [
        _edge(at[a], at[b], acts, most, f"{names[a]} and {names[b]}") for a, b, acts in edges if a in at and b in at
    ]
    nodes = [_node(party, at[party["id"]], party["id"] == centre) for party in parties]
    return picture(
        WIDTH, HEIGHT, "Who deals with whom", joined(drawn), joined(nodes), class_="picture network", fit=True
    )


def _places(ids: Sequence[str], centre: str | None) -> dict[str, Place]:
    middle = (WIDTH / 2, HEIGHT / 2)
    ring = [name for name in ids if name != centre]
    turn = 2 * math.pi / max(1, len(ring))
    places = {name: _on_ring(n * turn - math.pi / 2) for n, name in enumerate(ring)}
    return places | ({centre: middle} if centre else {})


def _on_ring(angle: float) -> Place:
    return WIDTH / 2 + RING * math.cos(angle), HEIGHT / 2 + RING * math.sin(angle)


def _edge(a: Place, b: Place, acts: int, most: int, who: str) -> Markup:
    width = 1 + 7 * math.log1p(acts) / math.log1p(most)
    said = title(f"{who}: {plural(acts, 'act')}")
    ends = f'x1="{num(a[0])}" y1="{num(a[1])}" x2="{num(b[0])}" y2="{num(b[1])}"'
    return html(f'<line {ends} stroke-width="{num(width)}" class="edge">{said}</line>')


def _node(party: Party, at: Place, middle: bool) -> Markup:
    name = shortened(party["name"], NAME)
    label = _label_in_middle(name, at) if middle else _label(name, at)
    dot = circle(*at, 11.0 if middle else 8.0, "node")
    there = f"/actors/{quote(party['id'], safe='')}"
    return element("a", title(party["name"]), dot, label, href=there, class_="party middle" if middle else "party")


def _label_in_middle(name: str, at: Place) -> Markup:
    """The name under the dot, on a ground of its own, because lines meet there."""
    wide = 8.0 * len(name) + 12
    ground = element("rect", x=at[0] - wide / 2, y=at[1] + 15, width=wide, height=22.0, rx=4.0, class_="ground")
    return joined([ground, text(name, at[0], at[1] + 31, "name", "middle")])


def _label(name: str, at: Place) -> Markup:
    """The name beside the dot, away from the ring."""
    dx, dy = (at[0] - WIDTH / 2) / RING, (at[1] - HEIGHT / 2) / RING
    anchor = "middle" if abs(dx) < 0.2 else "start" if dx > 0 else "end"
    return text(name, at[0] + 15 * dx, at[1] + 20 * dy + 4, "name", anchor)
