"""Where an act took place, if the page says so: a place named with the act, as written.

By the codebook the place is what the page says of the act itself. A dateline says where the
report was written, and a state spoken about ("sanctions on Iran") is no place of an act, so
neither counts: only a name behind a word of place ("in Geneva", "outside Tripoli").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from communique.knowledge import tables

Span = tuple[int, int]
ON_THE_GROUND = frozenset(("ASSAULT", "MOBILIZE", "PROTEST", "COERCE"))
GATHERINGS = frozenset(("CONSULT", "AGREE"))
REACH = 80
"""How many characters from the quote a place in the rest of the sentence may stand."""
STATES_COUNT = ON_THE_GROUND | {"CONSULT"}
"""Types whose place may be a whole state; for others "in Iran" mostly says what is spoken of."""
_NAME = r"[A-Z][^\W\d_]+(?:[ '’-]{1,3}(?:al-|el-|e - |i - |de |of )?[A-Z][^\W\d_]+){0,3}"
_SORTS = (
    "north south east west central nearby the capital city cities town towns village province suburb district region"
)
_KIND = rf"(?:(?:{_SORTS.replace(' ', '|')}|port|resort|of|and)[a-z-]*,? ){{0,5}}"
_PREPOSITIONS = "[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ii]nside|[Aa]round|[Aa]cross|[Ii]nto|[Tt]o|on|of"
_STRIKES = (
    r"shell\w*|bomb\w*|storm\w*|attack\w*|raid\w*|pound\w*|struck|hit|besieg\w*|enter\w*|seiz\w*|captur\w*|invad\w*"
)
PLACED = re.compile(rf"\b(?P<word>{_PREPOSITIONS}|[Vv]isit(?:ed|ing|s)?|{_STRIKES}) {_KIND}(?P<name>{_NAME})")
MOTION = frozenset(("to", "into", "visit", "visited", "visiting", "visits"))
TRAVEL = re.compile(r"\b(?:visit|trip|travel|flew|fly|arriv|went|go(?:ing)? to|head(?:ed|ing)|return|tour)")
OCCASION = re.compile(
    r"\b(?:speaking|speech|reporters|conference|meetings?|summit|interview|statement|rally|visit|trip|talks|news|forum|briefing)\b"
)
GROUND = re.compile(r"\b(?:city|town|village|suburbs?|district|neighbou?rhood|province|streets?|outskirts|centre) of $")
NOT_PLACED = frozenset(
    """
    January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Parliament Congress President Prime Minister Ramadan Arabic English Twitter
    Facebook God Islam Mr Mrs Dr Resolution Security Council Afghan Syrian Libyan Mediterranean Taliban European
    Arab Israeli Iranian Russian American Assad Gaddafi Reuters State Foreign
    """.split()  # noqa: SIM905
)


@cache
def _rows() -> list[dict[str, str]]:
    return [row for table in ("places.csv", "conflict.csv") for row in tables.records("places", table)]


@cache
def places() -> dict[str, str]:
    """Names of places with their kind: country, capital, city, region or site."""
    return {row["name"]: row["kind"] for row in _rows()}


@cache
def towns() -> dict[str, str]:
    """The states that cities and regions lie in, by names of one word; without capitals, which stand for states."""
    return {r["name"]: r["country"] for r in _rows() if r["kind"] in ("city", "region") and r["name"].isalpha()}


def known(name: str) -> str | None:
    """The longest beginning of a capitalised run that the table knows as a place."""
    words = name.split(" ")
    table = places()
    return next((head for n in range(len(words), 0, -1) if (head := " ".join(words[:n])) in table), None)


def fits(text: str, span: Span, found: re.Match[str], kind: str) -> bool:
    """Whether the word before a name makes it the place of an act of this type."""
    word, before = found["word"].lower(), text[max(span[0], found.start() - 70) : found.start()]
    if word in ("of", "on"):
        hit = kind == "ASSAULT" and re.search(
            r"\b(?:invasion|attacks?|bombardment|shelling|assault|offensive|siege|bombing)$", before.rstrip()
        )
        return bool(hit) or (
            word == "of" and bool(GROUND.search(text[max(span[0], found.start() - 15) : found.start() + 3]))
        )
    if word[:4] in STRIKES:
        return kind in ON_THE_GROUND
    return kind in ON_THE_GROUND | GATHERINGS | {"CONCEDE"} or bool(OCCASION.search(before))


STRIKES = frozenset(
    ("shel", "bomb", "stor", "atta", "raid", "poun", "stru", "hit", "besi", "ente", "seiz", "capt", "inva")
)


def placed(text: str, span: Span, kind: str) -> Iterator[tuple[int, str]]:
    """Places said inside a range, with the position of each: behind a word that makes them one."""
    for found in PLACED.finditer(text, *span):
        word, name = found["word"].lower(), found["name"]
        if word in MOTION and not (
            kind in STATES_COUNT and TRAVEL.search(text, max(span[0], found.start() - 40), found.end())
        ):
            continue
        table_name = known(name)
        if not fits(text, span, found, kind) or (table_name is None and word not in ("in", "near", "outside", "at")):
            continue
        if table_name and (places()[table_name] != "country" or kind in STATES_COUNT):
            yield found.start("name"), table_name
        elif table_name is None and kind in ON_THE_GROUND and not NOT_PLACED.intersection(name.split(" ")):
            yield found.start("name"), name


def event_place(text: str, quote: Span, sentence: Span, kind: str) -> str | None:
    """Where the act that ``quote`` shows took place, as named on the page; None where the page does not say.

    ``sentence`` is the range of the sentence that holds the quote, ``kind`` the event type.
    The quote is looked through first; for deeds and gatherings then the rest of its sentence.
    """
    inside = next(placed(text, quote, kind), None)
    if inside:
        return inside[1]
    if kind not in ON_THE_GROUND | GATHERINGS:
        return None
    near = sorted((min(abs(at - quote[0]), abs(at - quote[1])), name) for at, name in placed(text, sentence, kind))
    return near[0][1] if near and near[0][0] <= REACH else None
