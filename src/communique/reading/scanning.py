"""Well-formed HTML to lines of text in one linear scan, with what the markup says of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from operator import length_hint
from typing import TypeAlias

from communique.page import Block
from communique.reading.tags import BREAK, CLOSE, KINDS, LINK, ODD, OPEN, UNLINK, Hints

HEAD = re.compile(r'([^\s>]+(?: [^\s>]+?="[^"]*")*)>')
WHITE = " \t\r\n\f"
APART = (" ", "\n", "(", "“", '"')
DEEPEST = 400
Chain: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
MOST_HINTS = 40  # of a chain, the innermost: pages name hundreds


class _Open:
    """An open block element, and the like elements met inside it; its chain is worked out when a line stands in it."""

    __slots__ = ("attributes", "chain", "inside", "name")

    def __init__(self, name: str, attributes: str, chain: Chain | None = None) -> None:
        self.name = name
        self.attributes = attributes
        self.chain = chain
        self.inside: dict[str, _Open] = {}


def described(stack: list[_Open], hints: Hints) -> Chain:
    """The tags and the hints from the outermost open element down to the innermost. The first has its chain."""
    known = len(stack) - 1
    while (chain := stack[known].chain) is None:
        known -= 1
    for one in stack[known + 1 :]:
        own = hints[one.attributes]
        one.chain = chain = ((*chain[0], one.name), (*chain[1], *own)[-MOST_HINTS:] if own else chain[1])
    return chain


@dataclass(slots=True)
class Written:
    """The lines written so far, and the line being written: its parts, how much of it is in links, its telling tags."""

    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    size: int = 0
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    telling: list[str] = field(default_factory=list)
    hints: Hints = field(default_factory=Hints)
    told: dict[tuple[int, tuple[str, ...]], tuple[str, ...]] = field(default_factory=dict)

    def flush(self, stack: list[_Open]) -> None:
        """End the line being written, if it holds anything, and note its block."""
        parts, linked = self.parts, self.linked
        raw = parts[0] if len(parts) == 1 else "".join(parts)
        parts.clear()
        self.linked = 0
        line = level(raw)
        if not line or line.isspace():
            return
        start = self.size
        self.size = start + len(line) + 1
        share = 0.0
        if linked:
            share = 1.0 if linked >= len(raw) else round(linked / len(raw), 3)
        tags, hints = stack[-1].chain or described(stack, self.hints)
        if self.telling:
            hints = self._told(hints)
        self.lines.append(line)
        self.blocks.append(Block(start, start + len(line), tags, hints, share))

    def _told(self, hints: tuple[str, ...]) -> tuple[str, ...]:
        """The hints of the place, with those of the first inline element of the line that has any.

        Lines of like elements share them: the tuples of places live as long as the scan, so each is told by its id.
        """
        for head in self.telling:
            own = self.hints.of(head)
            if own:
                both = self.told.get((id(hints), own))
                if both is None:
                    both = self.told[id(hints), own] = hints + own
                return both
        return hints

    def separate(self) -> None:
        """Keep words of two links that touch apart, as menus without space between have them."""
        if self.linked and not self.parts[-1].endswith(APART) and self.linked >= sum(map(len, self.parts)):
            self.parts.append(" ")


def level(words: str) -> str:
    """The words with one space where there is space, as a browser shows them, and none at the sides."""
    words = words.strip(WHITE)
    for white in "\n\t\r\f":
        if white in words:
            words = words.replace(white, " ")
    while "  " in words:
        words = words.replace("  ", " ")
    return words


def scan(source: str) -> Written:
    """The text of well-formed HTML, a line a block; comments are as ``<wbr>``."""
    out = Written()
    parts = out.parts
    telling = out.telling
    place = _Open("", "", ((), ()))
    stack = [place]
    links = 0
    pieces = _Pieces(source)
    for piece in pieces.each:
        head, ended, text = piece.partition(">")
        name, _, attributes = head.partition(" ")
        kind = KINDS[name]
        if kind == ODD or (attributes and head.count('"') & 1):
            head, text = pieces.whole()
            name, _, attributes = head.partition(" ")
            kind = KINDS[name]
        elif not (head and ended):
            continue
        if kind >= BREAK:
            if parts:
                out.flush(stack)
            if telling:
                telling.clear()
            if kind == OPEN and len(stack) < DEEPEST:
                inside = place.inside
                if head in inside:  # one of the same spelling, as list items are
                    place = inside[head]
                else:
                    place = inside[head] = _Open(name, attributes)
                stack.append(place)
            elif kind == CLOSE:
                if place.name == name[1:]:
                    stack.pop()
                else:
                    _close(stack, name[1:])
                place = stack[-1]
        elif kind == UNLINK:
            links = max(0, links - 1)
        elif kind:
            if kind == LINK:
                if parts and links == 0:
                    out.separate()
                links += 1
            telling.append(head)
        if text and (parts or text.strip(WHITE)):
            if "&" in text:
                text = unescape(text)
            parts.append(text)
            if links:
                out.linked += len(text)
    if parts:
        out.flush(stack)
    return out


def _close(stack: list[_Open], name: str) -> None:
    """Close the nearest open element of that name; an unknown end closes nothing."""
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].name == name:
            del stack[depth:]
            return


class _Pieces:
    """The source cut at each ``<``; where in the source the piece in hand begins is worked out only when asked."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._all = source.split("<")
        self.each = iter(self._all)
        self._number = self._start = 0

    def _begins(self) -> int:
        """Where the piece in hand begins."""
        number = len(self._all) - length_hint(self.each) - 1
        self._start += sum(map(len, self._all[self._number : number])) + number - self._number
        self._number = number
        return self._start

    def whole(self) -> tuple[str, str]:
        """The whole of a comment, or of a tag with brackets in its quotes, and the text behind it.

        What was cut in between is passed over.
        """
        source, start = self.source, self._begins()
        if source.startswith("!--", start):
            head, end = "wbr", source.find("-->", start) + 3
        elif match := HEAD.match(source, start):
            head, end = match[1], match.end()
        else:
            end = source.find(">", start) + 1
            head = source[start : end - 1]
        after = source.find("<", end) if end > start else -1
        after = len(source) if after < 0 else after
        inside = source.count("<", start, after)
        next(islice(self.each, inside, inside), None)
        return head, source[max(end, start) : after]
