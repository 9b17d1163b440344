"""The reading room's pictures as SVG that stands alone: colours in place, arrows drawn, no link and no style sheet."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from communique.export.report_blocks import Picture
from communique.export.xml_text import safe
from communique.web.pictures.lanes import lanes
from communique.web.pictures.network import network

FONT = "DejaVu Sans"
SVG = "http://www.w3.org/2000/svg"
TONES = {"yes": "#1c6b3a", "partly": "#7d5200", "no": "#a3262a", "open": "#2b5797", "plain": "#54606c"}
INK, SOFT, LINE, LINK = "#1d2025", "#565c66", "#d5d2ca", "#0b4f8a"
MOST = 7  # acts in one strip: on paper its words stay 7 points high
Attributes = dict[str, str]
Act = Mapping[str, Any]

# What the reading room's style sheet says of each class; TONE is the tone of the act that the shape belongs to.
TONE = "TONE"
LOOKS: dict[str, Attributes] = {
    "lane": {"stroke": LINE, "stroke-width": "1"},
    "tick": {"stroke": LINE, "stroke-width": "1", "stroke-dasharray": "2 4"},
    "mark": {"fill": TONE, "stroke": TONE, "stroke-width": "2"},
    "arrow": {"stroke": TONE, "stroke-width": "2"},
    "together": {"stroke": TONE, "stroke-width": "2"},
    "link": {"fill": "none", "stroke": SOFT, "stroke-width": "1.5", "stroke-dasharray": "5 3"},
    "edge": {"stroke": SOFT, "stroke-opacity": "0.45"},
    "node": {"fill": TONES["open"]},
    "ground": {"fill": "#ffffff", "stroke": LINE},
    "count": {"fill": "#ffffff", "font-size": "12", "font-weight": "bold"},
    "date": {"fill": SOFT, "font-size": "12"},
    "name": {"fill": INK, "font-size": "14"},
}
TEXT: Attributes = {"font-family": FONT, "font-size": "13", "fill": INK}


@dataclass(frozen=True, slots=True)
class Around:
    """What the shapes inside an act take over from it."""

    tone: str = TONES["plain"]
    hollow: bool = False
    middle: bool = False


def thread_pictures(moves: Sequence[Act], links: Sequence[Mapping[str, Any]]) -> Iterator[Picture]:
    """A thread in strips of a page's width, each with the links among its own acts."""
    for strip in strips(moves):
        inside = {move["id"] for move in strip}
        kept = [link for link in links if link["move"] in inside and link["to"] in inside]
        drawn = ET.fromstring(safe(str(lanes(strip, kept))))
        numbers = f"acts {strip[0]['number']} to {strip[-1]['number']}" if len(strip) > 1 else "one act"
        yield _side_by_side(drawn, f"The thread in time, {numbers}: a lane for each party, a mark for each act.")


def strips(moves: Sequence[Act]) -> Iterator[Sequence[Act]]:
    """The acts in groups that fit side by side, as even as can be."""
    count = math.ceil(len(moves) / MOST)
    size = math.ceil(len(moves) / max(1, count))
    for start in range(0, len(moves), max(1, size)):
        yield moves[start : start + size]


def network_picture(parties: Sequence[Mapping[str, str]], edges: Sequence[tuple[str, str, int]], of: str) -> Picture:
    """Who deals with whom, one party in the middle."""
    drawn = ET.fromstring(safe(str(network(parties, edges, of))))
    width, height = _size(drawn)
    names = ", ".join(party["name"] for party in parties)
    return Picture(_whole(width, height, [_plain(drawn)]), width, height, f"Who deals with whom: {names}.")


def _side_by_side(drawn: ET.Element, words: str) -> Picture:
    """The names of the lanes and the acts, which the reading room shows as two images, as one."""
    names, acts = drawn.iter("svg")
    (left, height), (right, _) = _size(names), _size(acts)
    moved = _plain(acts)
    moved.set("transform", f"translate({left:g} 0)")
    return Picture(_whole(left + right, height, [_plain(names), moved]), left + right, height, words)


def _size(drawn: ET.Element) -> tuple[float, float]:
    _, _, width, height = drawn.attrib["viewBox"].split()
    return float(width), float(height)


def _whole(width: float, height: float, parts: Sequence[ET.Element]) -> str:
    """A whole SVG image."""
    root = ET.Element("svg", {"xmlns": SVG, "width": f"{width:g}", "height": f"{height:g}"})
    root.set("viewBox", f"0 0 {width:g} {height:g}")
    root.extend(parts)
    return ET.tostring(root, encoding="unicode")


def _plain(drawn: ET.Element) -> ET.Element:
    """A drawing as one group of plain shapes."""
    group = ET.Element("g")
    group.extend(_shapes(drawn, Around()))
    return group


def _shapes(drawn: ET.Element, around: Around) -> Iterator[ET.Element]:
    for child in drawn:
        classes = child.get("class", "").split()
        if child.tag in ("g", "a"):
            group = ET.Element("g")
            group.extend(_shapes(child, _inside(classes, around)))
            yield group
        elif child.tag not in ("defs", "title"):
            yield _shape(child, classes, around)
            if child.get("marker-end"):
                yield _arrow_head(child)


def _inside(classes: Sequence[str], around: Around) -> Around:
    tone = next((TONES[c.removeprefix("tone-")] for c in classes if c.removeprefix("tone-") in TONES), around.tone)
    return replace(around, tone=tone, hollow="disputed" in classes, middle="middle" in classes)


_GEOMETRY = ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "width", "height", "points", "d", "text-anchor",
             "stroke-width")  # fmt: skip


def _shape(drawn: ET.Element, classes: Sequence[str], around: Around) -> ET.Element:
    look = dict(TEXT) if drawn.tag == "text" else {}
    for name in classes:
        look |= LOOKS.get(name, {})
    if around.hollow and ("mark" in classes or "count" in classes):
        look["fill"] = TONE if "count" in classes else "#ffffff"
    if around.middle and "node" in classes:
        look["fill"] = TONES["no"]
    made = ET.Element(drawn.tag, {key: around.tone if value == TONE else value for key, value in look.items()})
    for key in _GEOMETRY:
        if key in drawn.attrib:
            made.set(key, drawn.attrib[key])
    made.text = drawn.text
    return made


def _arrow_head(line: ET.Element) -> ET.Element:
    """A triangle at the end of a line, where the reading room has a marker."""
    x1, y1, x2, y2 = (float(line.attrib[key]) for key in ("x1", "y1", "x2", "y2"))
    angle = math.atan2(y2 - y1, x2 - x1)
    corners = [(1, 0), (-7, -4), (-7, 4)]
    turned = [
        (x2 + x * math.cos(angle) - y * math.sin(angle), y2 + x * math.sin(angle) + y * math.cos(angle))
        for x, y in corners
    ]
    return ET.Element("polygon", {"points": " ".join(f"{x:.1f},{y:.1f}" for x, y in turned), "fill": SOFT})
