"""Where the words of a term begin and end: neither with who made an offer nor in the midst of a name or a quotation."""

from __future__ import annotations

import re

from communique.coding.objects import object_end, trimmed

Span = tuple[int, int]

_BESIDE = re.compile(
    r"(?:by|with|from|between|among|amid|during|along with|at|in|through|under|such)\b"
    r"(?! (?:which|exchange|return)\b)",
    re.I,
)
"""Who made an offer, with whom, where and when, or "such a plan": what is offered may stand behind, or is not told."""
_BEHIND = re.compile(r"[^.;:]{0,140}?\b(?:to(?= [a-z“\"])|that|under which|such as|for(?! the\b| \d))\s+")
_THAT = re.compile(r"that (?=[A-Z“\"]|[a-z]+s\b|the |all |he |she |it |they )")
_ITSELF = re.compile(
    r"(?:(?:an?|the|its|his|her|their|our|any|this|that|these|those|another|rival|new)\s|[A-Z][\w.’'-]*\s)"
    r"(?:[\w.’'“”\"-]+\s){0,4}?"
    r"(?:resolutions?|plans?|proposals?|initiatives?|road ?maps?|deals?|agreements?|offers?|invitations?"
    r"|treaty|treaties|packages?|pacts?|accords?|memorandum|statements?|drafts?)\b(?!\s[a-z]+ing\b|-)"
)
"""The proposal or the deal itself, by its name: what it holds stands behind, or is not told."""
_HELD = re.compile(
    r"[^.;:,]{0,60}?\b(?:to(?= [a-z])|calling for|under which|(?:that|which)(?= would| calls?| will))\s+"
    r"(?:would\s+|will\s+)?"
)
_ASKED = re.compile(r"(?:him|her|them|it|us|(?:the )?[A-Z][\w.’'-]*(?: (?:of )?[A-Z][\w.’'-]*){0,5}) to (?=[a-z“])")
"""Who is to do what is asked."""
_TOLD = re.compile(r"(?:and |[A-Z][\w.'’-]+ )?(?:said|says|told|announced|reported|added)\b")
_OTHER_CLAUSE = re.compile(
    r",? and (?:(?:[A-Z][\w.’'-]* ){1,3}|(?:he|she|it|they|we) )"
    r"(?:had|has|have|is|are|was|were|will|would|agreed|said)\b"
)
_SHORT = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sen|Rep|Gov|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])$")
"""An abbreviation: the dot behind it ends no sentence."""
_ANONYMOUS = re.compile(r"on (?:the )?condition of (?:anonymity|not being)\b", re.I)
_NEAR = 3
"""How far behind a term its closing mark may stand."""


def fitting(text: str, span: Span, role: str, limit: int, offered: bool) -> Span | None:
    """The words of a term as they should be shown, within ``limit``; None where nothing is left that is one.

    Of what is ``offered`` or agreed the plan or the deal by its name is no term; of what is asked it may be.
    """
    start, end = span
    if _ANONYMOUS.match(text, start, end) or _TOLD.match(text, start, end):
        return None
    begin = start if role == "condition" else _begin(text, start, end, role == "gives" or offered)
    if begin is None:
        return None
    if role == "asks" and (asked := _ASKED.match(text, begin, end)):
        begin = asked.end()
    while end < limit and text[end] == "." and _SHORT.search(text, max(begin, end - 6), end):
        end = object_end(text, end + 1, limit)
    if other := _OTHER_CLAUSE.search(text, begin + 8, end):
        end = other.start()
    whole = trimmed(text, begin, end)
    return quoted_whole(text, *whole) if whole else None


def _begin(text: str, start: int, end: int, offered: bool) -> int | None:
    """Where what is given or asked begins behind what only names it, or who and where; None where it is not told."""
    if offered and (itself := _ITSELF.match(text, start, end)):
        held = _HELD.match(text, itself.end(), end)
        return held.end() if held else None
    if _BESIDE.match(text, start, end):
        behind = _BEHIND.match(text, start, end)
        return behind.end() if behind else None
    that = _THAT.match(text, start, end)
    return that.end() if that else start


def quoted_whole(text: str, start: int, end: int) -> Span | None:
    """The range with both marks of a quotation that it cuts: widened where the other mark stands beside it; what lies
    behind a mark that closes a quotation begun before the range is cut off."""
    if text.rfind("“", start, end) > text.rfind("”", start, end):
        close = text.find("”", end, end + _NEAR)
        end = close + 1 if close >= 0 else end
    first = text.find("”", start, end)
    if first >= 0 and not 0 <= text.find("“", start, end) < first:
        if text[start - 1 : start] == "“":
            start -= 1
        else:
            return trimmed(text, start, first)
    if text.count('"', start, end) % 2:
        close = text.find('"', end, end + _NEAR)
        if close >= 0:
            end = close + 1
        elif text[start - 1 : start] == '"':
            start -= 1
    return (start, end) if end - start > 2 else None
