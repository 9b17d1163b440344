"""HTML to its visible text, one block a line, the same way every time.

Lexbor parses the markup (by way of selectolax) and writes it out again well-formed; one
linear scan of that makes the text. Offsets of an HTML Page count characters of this text:
runs of space, tabs and line ends become one space, as a browser shows them, non-breaking
spaces stay, and every block element, cell, list item and ``<br>`` starts a new line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from communique.collector import uncollected
from communique.page import Block
from communique.reading.html_meta import metadata

UNSEEN = [
    *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "select"),
    *("textarea", "noembed", "noframes", "xmp", "plaintext", "datalist"),
]
INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr q rp rt ruby s samp
    small span strike strong sub sup time tt u var wbr""".split()  # noqa: SIM905
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
HEAD = re.compile(r'([^\s>]+(?: [^\s>]+?="[^"]*")*)>')
ATTRIBUTE = re.compile(r'(?:^|\s)(class|id|role|itemprop|rel|hidden|style|datetime)(?:="([^"]*)")?')
SPACE = re.compile(r"[ \t\r\n\f]+")
WHITE = " \t\r\n\f"
UNEVEN = re.compile(r"[\t\r\n\f]|  ")
WORD = re.compile(r"[A-Za-z][a-z]+|[A-Z]{2,}|\d+")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
DEEPEST = 400
MOST_HINTS = 40  # of a chain, the innermost: pages name hundreds


@dataclass(frozen=True, slots=True)
class Markup:
    """What one HTML document shows and says of itself."""

    text: str
    blocks: tuple[Block, ...]
    meta: dict[str, str]


@dataclass(slots=True)
class _Open:
    """An open block element: the chain of tags and hints down to it, and the like elements met inside it."""

    name: str
    tags: tuple[str, ...]
    hints: tuple[str, ...]
    inside: dict[tuple[str, str], _Open] = field(default_factory=dict)


@dataclass(slots=True)
class _Writer:
    """The lines written so far, and the line being written."""

    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    size: int = 0
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    inline_hints: tuple[str, ...] = ()

    def flush(self, place: _Open) -> None:
        """End the line being written, if it holds anything, and note its block."""
        raw = "".join(self.parts)
        if raw and not raw.isspace():
            line = (SPACE.sub(" ", raw) if UNEVEN.search(raw) else raw).strip(" ")
            self._write(line, place, min(1.0, self.linked / len(raw)))
        self.parts.clear()
        self.linked = 0
        self.inline_hints = ()

    def _write(self, line: str, place: _Open, share: float) -> None:
        start = self.size
        self.lines.append(line)
        self.size += len(line) + 1
        hints = place.hints + self.inline_hints
        self.blocks.append(Block(start, start + len(line), place.tags, hints, round(share, 3)))


def read_markup(markup: str) -> Markup:
    """The visible text, the blocks and the metadata of an HTML document."""
    with uncollected():
        return _read(markup)


def _read(markup: str) -> Markup:
    tree = LexborHTMLParser(markup)
    meta = metadata(tree)
    tree.strip_tags(UNSEEN)
    body = tree.body
    written = _write(body.html or "" if body is not None else "")
    return Markup("\n".join(written.lines), tuple(written.blocks), meta)


def _write(source: str) -> _Writer:
    """Scan well-formed HTML once and write its text, a line a block."""
    out = _Writer()
    parts = out.parts
    stack = [_Open("", (), ())]
    links = 0
    for head, text in _tags(source):
        closing = head[0] == "/"
        name, _, attributes = (head[1:], "", "") if closing else head.partition(" ")
        if name in INLINE:
            links = _inline(out, closing, name, attributes, links)
        else:
            if parts:
                out.flush(stack[-1])
            out.inline_hints = ()
            if closing:
                _close(stack, name)
            elif name not in VOID and len(stack) < DEEPEST:
                stack.append(_opened(stack[-1], name, attributes))
        if text and (parts or text.strip(WHITE)):
            if "&" in text:
                text = unescape(text)
            parts.append(text)
            if links:
                out.linked += len(text)
    out.flush(stack[-1])
    return out


def _tags(source: str) -> Iterator[tuple[str, str]]:
    """Each tag of well-formed HTML, without its angle brackets, with the text behind it; comments are as ``<wbr>``.

    Brackets may also stand inside quoted attributes and in comments, and do not end those.
    """
    at = done = 0
    for piece in source.split("<"):
        start, at = at, at + len(piece) + 1
        if start > done or not start:
            head, end, text = piece.partition(">")
            if head.startswith("!--") or head.count('"') % 2:
                head, text, done = _whole(source, start)
            elif not (head and end):
                continue
            yield head, text


def _whole(source: str, start: int) -> tuple[str, str, int]:
    """What ``_tags`` gives of a comment, or of a tag with brackets in its quotes, and where the text behind it ends."""
    if source.startswith("!--", start):
        head, end = "wbr", source.find("-->", start) + 3
    elif match := HEAD.match(source, start):
        head, end = match[1], match.end()
    else:
        end = source.find(">", start) + 1
        head = source[start : end - 1]
    after = source.find("<", end) if end > start else -1
    after = len(source) if after < 0 else after
    return head, source[max(end, start) : after], after


def _inline(out: _Writer, closing: bool, name: str, attributes: str, links: int) -> int:
    """Note links, and the hints of inline elements that name the words inside (byline spans, times)."""
    if name == "a":
        if not closing and out.parts and not out.parts[-1].endswith((" ", "\n", "(", "“", '"')) and links == 0:
            _separate(out)
        links = max(0, links - 1) if closing else links + 1
    if attributes and not closing and name in ("span", "time", "a", "small", "em", "label") and not out.inline_hints:
        out.inline_hints = (name, *_hints(attributes)) if name in ("time", "span") else _hints(attributes)
    return links


def _separate(out: _Writer) -> None:
    """Keep words of two links that touch apart, as menus without space between have them."""
    if out.linked and out.linked >= sum(map(len, out.parts)):
        out.parts.append(" ")


def _close(stack: list[_Open], name: str) -> None:
    """Close the nearest open element of that name; an unknown end closes nothing."""
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].name == name:
            del stack[depth:]
            return


def _opened(above: _Open, name: str, attributes: str) -> _Open:
    """The element opened; the same object again for one of the same name and attributes, as list items are."""
    known = above.inside.get((name, attributes))
    if known is not None:
        return known
    hints = _hints(attributes) if attributes else ()
    chain = (*above.hints, *hints)[-MOST_HINTS:] if hints else above.hints
    opened = above.inside[name, attributes] = _Open(name, (*above.tags, name), chain)
    return opened


@lru_cache(maxsize=50_000)
def _hints(attributes: str) -> tuple[str, ...]:
    """The words of class, id, role, rel and itemprop, lower case, and ``hidden`` where the style hides it."""
    words: dict[str, None] = {}
    for name, value in ATTRIBUTE.findall(attributes[:2000]):
        if name == "hidden" or (name == "style" and HIDDEN.search(value)):
            words["hidden"] = None
        elif name not in ("style", "datetime"):
            words.update(dict.fromkeys(word.lower() for word in WORD.findall(value)[:24]))
    return tuple(words)
