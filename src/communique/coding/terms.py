"""The terms of a bargaining act: what it gives, what it asks, and on what condition.

Read off the words that depend on the act's triggers (``objects``) and off the connectives of
``knowledge/attribution/conditions.csv`` ("in exchange for", "if", "unless", "until").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from communique.actor import Mention
from communique.coding.attribution_features import beginning_in
from communique.coding.objects import Hints, WordPattern, object_end, objects, rows, trimmed
from communique.coding.term_words import fitting
from communique.day_words import only_dated
from communique.event import Term
from communique.evidence import Evidence

Span = tuple[int, int]

BARGAINING = frozenset({"PROPOSE", "REQUEST", "ACCEPT", "REJECT", "AGREE"})
MOST = 3
"""At most so many terms of one role are read from one act."""

_CLAUSE_END = re.compile(
    r"[;:]|\.(?=\s|$)|,\s|\s+[–—]\s+|[”\"]\s*(?:,|$)|\s(?:he|she|they|it|officials|who)\s+(?:said|added|says|told)\b|\s+but\s"
)


_ASKED_OF = re.compile(
    r"[^.;:]{0,140}?\bto\s+(?=[a-z“\"])(?!(?:the|an?|its|his|her|their|this|that|these|those|all|any)\b)"
    r"|[^.;:,]{0,40}?\bfor\s+(?!years\b|months\b|weeks\b|days\b|\d)"
)
"""What stands between a word of asking that no table holds and what is asked."""
ROLES = ("gives", "asks", "condition")
"""The roles of terms, by the codebook."""


@cache
def _connectives(event_type: str) -> tuple[tuple[str, WordPattern], ...]:
    own = (r for r in rows("conditions.csv") if event_type in r["types"].split("|"))
    return tuple((r["role"], WordPattern.of(r["words"])) for r in own)


@cache
def _hints(event_type: str) -> Hints:
    return Hints([words for _, words in _connectives(event_type)])


def terms(
    event_type: str,
    quote_span: Span,
    sentence_span: Span,
    text: str,
    source_ids: Sequence[str],
    target_ids: Sequence[str],
    mentions: Sequence[Mention] = (),
    mode: str | None = None,
    trigger: Span | None = None,
) -> list[Term]:
    """The terms of one act, in the order of the page; none for types that bargain over nothing.

    Conditions are looked for in the whole sentence, what is given and asked in the act's own words.
    """
    if event_type not in BARGAINING:
        return []
    found = [
        *_objects(event_type, quote_span, text, mode, trigger),
        *_conditioned(event_type, quote_span, sentence_span, text),
    ]
    kept: list[tuple[str, Span]] = []
    for role, words in found:
        span = fitting(text, words, role, sentence_span[1], event_type != "REQUEST")
        if span is None or role not in ROLES or only_dated(text[span[0] : span[1]]):
            continue  # the object of an answer tells its matter, and is no term; nor is a day
        clash = any(span[0] < b and a < span[1] for _, (a, b) in kept)
        if not clash and sum(r == role for r, _ in kept) < MOST:
            kept.append((role, span))
    return [
        Term(role, _actor(role, span, source_ids, target_ids, mentions), Evidence.of(text, *span))
        for role, span in sorted(kept, key=lambda item: item[1])
    ]


def _objects(event_type: str, quote: Span, text: str, mode: str | None, turn: Span | None) -> list[tuple[str, Span]]:
    """What is given or asked: the first object, and further ones that begin behind its end."""
    found: list[tuple[str, Span]] = []
    reach = quote[0]
    for trigger, span in objects(event_type, text, *quote, turn):
        if span[0] >= reach:
            found.append((_role(trigger.role, event_type, mode), span))
            reach = span[1]
    if not found and event_type == "REQUEST":
        begins = _ASKED_OF.match(text, turn[1], quote[1]) if turn else None
        asked = trimmed(text, begins.end(), object_end(text, begins.end(), quote[1])) if begins else None
        found += [("asks", asked)] if asked else []
    return found


def _role(role: str, event_type: str, mode: str | None) -> str:
    """A plan and an invitation ask of the parties; an offer gives."""
    if event_type != "PROPOSE" or mode is None:
        return role
    return "asks" if mode in ("plan", "invite") else "gives"


def _conditioned(event_type: str, quote: Span, sentence: Span, text: str) -> list[tuple[str, Span]]:
    found = []
    start, end = max(sentence[0], quote[0] - 120), min(sentence[1], quote[1] + 160)
    for number in _hints(event_type).of(text[start:end].lower()):
        role, words = _connectives(event_type)[number]
        for match in words.finditer(text, start, end):
            first = match.start() if role == "condition" else match.end()
            stop = _CLAUSE_END.search(text, match.end() + 8, sentence[1])
            span = trimmed(text, first, stop.start() if stop else sentence[1])
            if span is not None:
                found.append((role, span))
    return found


def _actor(
    role: str, span: Span, sources: Sequence[str], targets: Sequence[str], mentions: Sequence[Mention]
) -> str | None:
    """Whose the term is: of the source what is given, of the target what is asked or made a condition."""
    if role == "gives":
        return sources[0] if sources else None
    inside = [m.id for m in beginning_in(mentions, *span) if not m.adjective]
    named = next((party for party in inside if party in targets), None)
    if named is not None:
        return named
    if role == "condition" and inside:
        return inside[0]
    return targets[0] if targets else (inside[0] if inside else None)
