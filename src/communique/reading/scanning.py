"""Well-formed HTML to lines of text in one linear scan, with what the markup says of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TypeAlias

from communique.page import Block
from communique.reading.tags import BARE, BREAK, CLOSE, LINK, ODD, OPEN, UNLINK, Tag, Tags, read_tag

HEAD = re.compile(r'([^\s>]+(?: [^\s>]+?="[^"]*")*)>')
WHITE = " \t\r\n\f"
APART = (" ", "\n", "(", "“", '"')
DEEPEST = 400
Chain: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
MOST_HINTS = 40  # of a chain, the innermost: pages name hundreds
ROOT = Tag(ODD, "<")  # a name that no tag can have


class _Open:
    """An open block element, and the like elements met inside it; its chain is worked out when a line stands in it."""

    __slots__ = ("chain", "inside", "tag")

    def __init__(self, tag: Tag, chain: Chain | None = None) -> None:
        self.tag = tag
        self.chain = chain
        self.inside: dict[Tag, _Open] | None = None

    def opened(self, tag: Tag) -> _Open:
        """An element opened inside; the same object again for one of the same spelling, as list items are."""
        if self.inside is None:
            self.inside = {}
        known = self.inside.get(tag)
        if known is None:
            known = self.inside[tag] = _Open(tag)
        return known


def described(stack: list[_Open]) -> Chain:
    """The tags and the hints from the outermost open element down to the innermost. The first has its chain."""
    known = len(stack) - 1
    while (chain := stack[known].chain) is None:
        known -= 1
    for one in stack[known + 1 :]:
        own = one.tag.hints()
        hints = (*chain[1], *own)[-MOST_HINTS:] if own else chain[1]
        one.chain = chain = ((*chain[0], one.tag.name), hints)
    return chain


@dataclass(slots=True)
class Written:
    """The lines written so far, and the line being written: its parts, how much of it is in links, its telling tags."""

    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    size: int = 0
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    telling: list[Tag] = field(default_factory=list)

    def flush(self, stack: list[_Open]) -> None:
        """End the line being written, if it holds anything, and note its block."""
        parts = self.parts
        raw = parts[0] if len(parts) == 1 else "".join(parts)
        parts.clear()
        if raw and not raw.isspace():
            line = level(raw)
            start = self.size
            end = start + len(line)
            share = round(min(1.0, self.linked / len(raw)), 3) if self.linked else 0.0
            tags, hints = stack[-1].chain or described(stack)
            self.lines.append(line)
            self.blocks.append(Block(start, end, tags, self._told(hints) if self.telling else hints, share))
            self.size = end + 1
        self.linked = 0

    def _told(self, hints: tuple[str, ...]) -> tuple[str, ...]:
        """The hints of the place, with those of the first inline element of the line that has any."""
        return hints + next((own for tag in self.telling if (own := tag.hints())), ())

    def separate(self) -> None:
        """Keep words of two links that touch apart, as menus without space between have them."""
        if self.linked and not self.parts[-1].endswith(APART) and self.linked >= sum(map(len, self.parts)):
            self.parts.append(" ")


def level(words: str) -> str:
    """The words with one space where there is space, as a browser shows them, and none at the sides."""
    for white in "\n\t\r\f":
        if white in words:
            words = words.replace(white, " ")
    while "  " in words:
        words = words.replace("  ", " ")
    return words.strip(" ")


def scan(source: str) -> Written:
    """The text of well-formed HTML, a line a block; comments are as ``<wbr>``."""
    out = Written()
    parts = out.parts
    telling = out.telling
    tags = Tags(BARE)
    place = _Open(ROOT, ((), ()))
    stack = [place]
    links = at = done = 0
    for piece in source.split("<"):
        start = at
        at += len(piece) + 1
        if start < done:
            continue
        head, ended, text = piece.partition(">")
        tag = tags[head]
        if tag.kind == ODD:
            tag, text, done = _whole(source, start)
        elif not (head and ended):
            continue
        kind = tag.kind
        if kind >= BREAK:
            if parts:
                out.flush(stack)
            if telling:
                telling.clear()
            if kind == OPEN and len(stack) < DEEPEST:
                place = place.opened(tag)
                stack.append(place)
            elif kind == CLOSE:
                if place.tag.name == tag.name:
                    stack.pop()
                else:
                    _close(stack, tag.name)
                place = stack[-1]
        elif kind == UNLINK:
            links = max(0, links - 1)
        elif kind:
            if kind == LINK:
                if parts and links == 0:
                    out.separate()
                links += 1
            telling.append(tag)
        if text and (parts or text.strip(WHITE)):
            if "&" in text:
                text = unescape(text)
            parts.append(text)
            if links:
                out.linked += len(text)
    out.flush(stack)
    return out


def _close(stack: list[_Open], name: str) -> None:
    """Close the nearest open element of that name; an unknown end closes nothing."""
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].tag.name == name:
            del stack[depth:]
            return


def _whole(source: str, start: int) -> tuple[Tag, str, int]:
    """The whole of a comment, or of a tag with brackets in its quotes, the text behind it, and where that ends."""
    if source.startswith("!--", start):
        head, end = "wbr", source.find("-->", start) + 3
    elif match := HEAD.match(source, start):
        head, end = match[1], match.end()
    else:
        end = source.find(">", start) + 1
        head = source[start : end - 1]
    after = source.find("<", end) if end > start else -1
    after = len(source) if after < 0 else after
    return read_tag(head), source[max(end, start) : after], after + 1
