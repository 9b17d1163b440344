"""What a tag of well-formed HTML means for the text of its page: worked out once for each spelling of it."""

from __future__ import annotations

import re

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
TOLD = NAMING | HIDING
WORD = re.compile(r"[A-Za-z][a-z]+|[A-Z]{2,}|\d+")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
NAMED = frozenset(("span", "time"))
"""Elements whose hints, where they have attributes, begin with their name."""
ADDRESS, CLASS = 'href="', 'class="'
MOST_READ = 2000  # characters of attributes
MOST_WORDS = 24  # of one attribute
LONGEST_KNOWN = 120  # characters of attributes, or of the value of one; longer ones seldom come again
MOST_KNOWN = 20_000

PLAIN, HINTING, LINK, UNLINK, BREAK, OPEN, CLOSE, ODD = range(8)
"""What to do at a tag: nothing; note its hints; begin, end a link; end the line; open, close a block; look closer."""


class Kinds(dict[str, int]):
    """What to do at a tag of each name; an end's name begins with a slash. Names of no table open or close a block."""

    def __missing__(self, name: str) -> int:
        if name[:1] == "/":
            return CLOSE
        return ODD if name.startswith("!--") else OPEN


KINDS = Kinds(
    {
        **dict.fromkeys(USUAL, OPEN),
        **dict.fromkeys((f"/{name}" for name in USUAL), CLOSE),
        **dict.fromkeys(VOID, BREAK),
        **dict.fromkeys((*INLINE, *(f"/{name}" for name in INLINE)), PLAIN),
        **dict.fromkeys(TELLING, HINTING),
        "a": LINK,
        "/a": UNLINK,
    }
)


class Hints(dict[str, tuple[str, ...]]):
    """The hints of each spelling of attributes met on one page; long ones seldom come again and are not kept."""

    def __missing__(self, attributes: str) -> tuple[str, ...]:
        found = hints(attributes)
        if len(attributes) <= LONGEST_KNOWN:
            self[attributes] = found
        return found

    def of(self, head: str) -> tuple[str, ...]:
        """The hints of a whole tag, without its brackets. An address in front, which says nothing, is left out."""
        name, _, attributes = head.partition(" ")
        if attributes.startswith(ADDRESS) and len(attributes) <= MOST_READ:
            own = self[attributes[attributes.find('"', len(ADDRESS)) + 2 :]]
        else:
            own = self[attributes]
        return (name, *own) if attributes and name in NAMED else own


def hints(attributes: str) -> tuple[str, ...]:
    """The words of class, id, role, rel and itemprop, lower case, and ``hidden`` where the style hides it."""
    if attributes.startswith(CLASS) and attributes.find('"', len(CLASS)) == len(attributes) - 1 < MOST_READ:
        return WORDS[attributes[len(CLASS) : -1]]
    pieces = attributes[:MOST_READ].split('"')
    found: tuple[str, ...] = ()
    for at in range(0, len(pieces) - 2, 2):
        name = pieces[at]
        if name in TOLD:
            value = pieces[at + 1]
            if name in NAMING:
                own = WORDS[value]
            elif name[-7:] == "hidden=" or HIDDEN.search(value):
                own = ("hidden",)
            else:
                continue
            found = tuple(dict.fromkeys(found + own)) if found and own else found or own
    return found


class _Words(dict[str, tuple[str, ...]]):
    """The words of each value of an attribute met, each once; emptied when it holds too many."""

    def __missing__(self, value: str) -> tuple[str, ...]:
        found = WORD.findall(value)[:MOST_WORDS]
        words = tuple(dict.fromkeys(found if value.islower() else map(str.lower, found)))
        if len(self) >= MOST_KNOWN:
            self.clear()
        if len(value) <= LONGEST_KNOWN:
            self[value] = words
        return words


WORDS = _Words()
