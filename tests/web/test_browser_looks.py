"""No barrier that axe knows, nothing wider than a phone, in light, in dark and on paper."""

from __future__ import annotations

import json
import urllib.request
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from web.conftest import Running

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
PATHS = ["/threads", "/timeline", "/actors", "/actors/NOR", "/disputes", "/sources", "/sources/Sample%20Wire",
         "/search?q=offer", "/upload", "/nowhere", "thread", "move", "page"]  # fmt: skip
IN_COLOUR = ["/threads", "/timeline", "/actors/NOR", "/disputes", "thread", "page"]
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}},
}
# All rules in one look; in the others those that the look can change.
RULES: dict[str, dict[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast"]},
    "phone": {"resultTypes": ["violations"], "runOnly": ["target-size", "scrollable-region-focusable", "list"]},
}
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def one_of(server: Running) -> dict[str, str]:
    """The address of a thread, of an act in it and of a page that tells it."""
    thread = server.thread("withdrawal of patrol ships from the Skarv Bank")
    move = json.loads(urllib.request.urlopen(f"{server.url}{thread}.json").read())["moves"][0]
    return {"thread": thread, "move": f"/moves/{move['id']}", "page": f"/pages/{move['reports'][0]['page']}"}


def visit(tab: Any, server: Running, path: str) -> None:
    """Open one kind of page, every row of it opened."""
    tab.goto(server.url + (path if path.startswith("/") else one_of(server)[path]))
    tab.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")


@pytest.mark.parametrize(("tab", "look"), [(LOOKS[n], n) for n in LOOKS], indirect=["tab"], ids=LOOKS)
def test_no_barriers_and_nothing_cut_off(tab: Any, server: Running, look: str) -> None:
    """axe finds nothing on any page, and no page is wider than its window."""
    found = {}
    for path in PATHS if look != "dark" else IN_COLOUR:
        visit(tab, server, path)
        tab.evaluate(AXE.read_text(encoding="utf-8"))
        broken = tab.evaluate("rules => axe.run(document, rules).then(r => r.violations)", RULES[look])
        found[path] = [f"{one['id']}: {one['nodes'][0]['html'][:300]}" for one in broken]
        assert tab.evaluate(WIDE) <= 0, f"{path} is wider than the window"
    assert [f"{path}: {one}" for path, broken in found.items() for one in broken] == []


OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll("svg text")].filter(e => e.checkVisibility()).map(e => [e.textContent,
    e.closest("svg"), e.getBoundingClientRect(), e.closest("svg").getBoundingClientRect()]);
  const found = [];
  for (const [words, svg, a, whole] of boxes) {
    const inside = a.left >= whole.left - 1 && a.right <= whole.right + 1 && a.bottom <= whole.bottom + 1;
    if (!inside) found.push("cut: " + words);
  }
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const a = boxes[i][2], b = boxes[j][2];
    const across = a.left < b.right - 1 && b.left < a.right - 1, down = a.top < b.bottom - 2 && b.top < a.bottom - 2;
    if (boxes[i][1] === boxes[j][1] && across && down) found.push(boxes[i][0] + " on " + boxes[j][0]);
  }
  return found;
}"""


@pytest.mark.parametrize(
    ("tab", "most"), [(LOOKS["light"], 99), (LOOKS["phone"], 2)], indirect=["tab"], ids=["wide", "phone"]
)
def test_no_words_of_a_picture_overlap(tab: Any, server: Running, most: int) -> None:
    """The words in pictures neither overlap nor are cut off; a thread's picture is as wide on a phone: two will do."""
    found = {}
    threads = [f"/threads/{thread['id']}" for thread in server.threads[:most]]
    for path in ("/timeline", "/actors", "/actors/NOR", *threads):
        tab.goto(server.url + path)
        found[path] = tab.evaluate(OVERLAPS)
    assert {path: words for path, words in found.items() if words} == {}


def test_paper_has_the_content_only(tab: Any, server: Running) -> None:
    """Printed, menus and forms are left out and the story stays, black on white."""
    tab.goto(server.url + server.thread("withdrawal of patrol ships from the Skarv Bank"))
    tab.emulate_media(media="print", color_scheme="light")
    assert not tab.locator("header.top").is_visible() and tab.locator(".story").is_visible()
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
