"""The matter of an act in a few exact words of the page: the object of its trigger, cut short."""

from __future__ import annotations

import re
from itertools import islice

from communique.coding.objects import ON_A_DAY, Span, objects, trimmed
from communique.day_words import only_dated

MOST_WORDS = 9
"""A matter has at most so many words."""

_WORD = re.compile(r"\S+")
_BREAK = re.compile(
    r",\s|\s(?:if|unless|until|before|after|when|while|because|since|by|as|that|which|who|said|says|yesterday|today|last"
    r"|this week|next|during|amid|following|despite|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|and (?:to|that|said|called|urged))\b"
)
_TAIL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "for",
        "and",
        "or",
        "with",
        "from",
        "by",
        "at",
        "its",
        "their",
        "his",
        "her",
        "that",
        "which",
    ]
)
_CLAUSE = frozenset("while but and or who which because although though when as if unless after before since".split())  # noqa: SIM905
"""Words that open a clause of their own: what they open is no matter."""
_ADJECTIVE = re.compile(r"(?:a|an|the) [a-z-]+(?:al|ive|ble|ful|ing|ant|ent|ic|ate|ous|ed)")
"""What stands before a comma in "an inclusive, durable settlement": the matter goes on behind it."""
_AFTER = re.compile(r"\b(?:on|over|about|of|for|against|to|with)\s+(?=\S)")


_DATED = re.compile(rf"{ON_A_DAY}(?:to )?")
"""A day before the matter: "offered in March 2014 to withdraw its ships" is about withdrawing them."""


_OCCASION = re.compile(
    r"(?:in|at|during|after|through) (?:an?|the|its|his|her|their) (?:[\w-]+ ){0,2}"
    r"(?:statement|interview|letter|speech|address|briefing|conference|tweet|post|message|meeting|talks|summit|visit"
    r"|report|article)\b[^,;.]{0,40}? (?:that|to) "
)
"""Where it was said, before the matter: "announced in a statement on Friday that it would withdraw"."""


def about(event_type: str, quote_span: Span, sentence_span: Span, text: str) -> str | None:
    """The matter of the act, as the page's own words; None where the act's words show none, or no more than a day.

    ``sentence_span`` is read where the act's own words hold no object.
    """
    found = _said(event_type, quote_span, sentence_span, text)
    day = _DATED.match(found) if found else None
    found = found[day.end() :] if found and day else found
    return None if only_dated(found) or (found or "").startswith("by ") else found


def _said(event_type: str, quote_span: Span, sentence_span: Span, text: str) -> str | None:
    for start, end in (quote_span, sentence_span):
        for _, span in objects(event_type, text, start, end):
            cut = _cut(text, *span)
            if cut is not None:
                return cut
    return _after_preposition(text, *quote_span)


def _cut(text: str, start: int, end: int) -> str | None:
    """The first words of an object, up to where its first clause or the limit ends."""
    occasion = _OCCASION.match(text, start, end)
    start = occasion.end() if occasion else start
    stop = _BREAK.search(text, start + 3, end)
    if stop and stop[0].startswith(",") and _ADJECTIVE.fullmatch(text, start, stop.start()):
        stop = _BREAK.search(text, stop.end(), end)
    end = stop.start() if stop else end
    words = list(islice(_WORD.finditer(text, start, end), MOST_WORDS))
    while len(words) > 1 and words[-1][0].lower() in _TAIL:
        words.pop()
    if not words or words[0][0].lower() in _CLAUSE:
        return None
    span = trimmed(text, words[0].start(), words[-1].end())
    return text[span[0] : span[1]] if span else None


def _after_preposition(text: str, start: int, end: int) -> str | None:
    found = _AFTER.search(text, start, end)
    return _cut(text, found.end(), end) if found else None
