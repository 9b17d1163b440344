"""What a tag of well-formed HTML means for the text of its page: worked out once for each spelling of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr q rp rt ruby s samp
    small span strike strong sub sup time tt u var wbr""".split()  # noqa: SIM905
)
USUAL = (
    *("article", "aside", "blockquote", "body", "button", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
    *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "legend", "li", "main", "nav", "ol", "option"),
    *("p", "picture", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video"),
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
TELLING = frozenset(("span", "time", "a", "small", "em", "label"))
"""Inline elements whose class words say something of the words inside, such as the span of a byline."""
NAMING = frozenset(f"{before}{name}=" for name in ("class", "id", "role", "itemprop", "rel") for before in ("", " "))
HIDING = frozenset(f"{before}{name}=" for name in ("hidden", "style") for before in ("", " "))
WORD = re.compile(r"[A-Za-z][a-z]+|[A-Z]{2,}|\d+")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
NAMED = frozenset(("span", "time"))
"""Elements whose hints, where they have attributes, begin with their name."""
MOST_READ = 2000  # characters of attributes
MOST_WORDS = 24  # of one attribute
LONGEST_KNOWN = 120  # longer ones seldom come again
MOST_KNOWN = 20_000

PLAIN, HINTING, LINK, UNLINK, BREAK, OPEN, CLOSE, ODD = range(8)
"""What to do at a tag: nothing; note its hints; begin, end a link; end the line; open, close a block; look closer."""
KINDS = {
    **dict.fromkeys(VOID, BREAK),
    **dict.fromkeys((*INLINE, *(f"/{name}" for name in INLINE)), PLAIN),
    **dict.fromkeys(TELLING, HINTING),
    "a": LINK,
    "/a": UNLINK,
}


@dataclass(slots=True, eq=False)
class Tag:
    """What to do at a tag, the name of its element, and its attributes; equal only to itself, which is told fast."""

    kind: int
    name: str
    attributes: str = ""
    _hints: tuple[str, ...] | None = None

    def hints(self) -> tuple[str, ...]:
        """The words of its attributes, worked out when first asked for: most tags stand about no text."""
        if self._hints is None:
            own = hints(self.attributes)
            self._hints = (self.name, *own) if self.name in NAMED else own
        return self._hints


ODD_TAG = Tag(ODD, "")


class Tags(dict[str, Tag]):
    """The tag of each spelling met on one page, without angle brackets.

    Comments, and tags with brackets inside quotes, which are cut off too early, are ``ODD``.
    """

    def __missing__(self, head: str) -> Tag:
        if head.count('"') % 2 or head.startswith("!--"):
            return ODD_TAG
        tag = read_tag(head)
        if len(head) <= LONGEST_KNOWN:
            self[head] = tag
        return tag


def read_tag(head: str) -> Tag:
    """The tag that is spelled so."""
    name, _, attributes = head.partition(" ")
    kind = KINDS.get(name, OPEN)
    if kind == OPEN and name[:1] == "/":
        return Tag(CLOSE, name[1:])
    return Tag(PLAIN if kind == HINTING and not attributes else kind, name, attributes)


BARE = {head: read_tag(head) for name in (*INLINE, *VOID, *USUAL) for head in (name, f"/{name}")}
"""The tags without attributes, which every page has."""


def hints(attributes: str) -> tuple[str, ...]:
    """The words of class, id, role, rel and itemprop, lower case, and ``hidden`` where the style hides it."""
    pieces = attributes[:MOST_READ].split('"')
    found: tuple[str, ...] = ()
    for name, value in zip(pieces[::2], pieces[1:-1:2], strict=False):
        if name in NAMING:
            own = WORDS[value]
        elif name in HIDING and (name[-7:] == "hidden=" or HIDDEN.search(value)):
            own = ("hidden",)
        else:
            continue
        found = tuple(dict.fromkeys(found + own)) if found else own
    return found


class _Words(dict[str, tuple[str, ...]]):
    """The words of each value of an attribute met, each once; emptied when it holds too many."""

    def __missing__(self, value: str) -> tuple[str, ...]:
        found = " ".join(WORD.findall(value)[:MOST_WORDS]).lower().split()
        words = tuple(dict.fromkeys(found))
        if len(self) >= MOST_KNOWN:
            self.clear()
        if len(value) <= LONGEST_KNOWN:
            self[value] = words
        return words


WORDS = _Words()
