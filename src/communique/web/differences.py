"""What one report of an act has that the others do not: in its fields, and word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from communique.linking.words import stem, stopwords

FIELDS = ("type", "mode", "sources", "targets", "date", "place", "status")
_WORD = re.compile(r"\w+(?:['’]\w+)?")


def differing_fields(reports: Sequence[dict[str, Any]]) -> list[list[str]]:
    """For each report the fields whose value is not the one that most reports give.

    A field that a report leaves empty differs from nothing. Where no value is commoner, all that have one differ.
    """
    if len(reports) < 2:
        return [[] for _ in reports]
    found: list[list[str]] = [[] for _ in reports]
    for field in FIELDS:
        values = [_value(report, field) for report in reports]
        if len(set(values)) == 1:
            continue
        common = _commonest(values)
        for names, value in zip(found, values, strict=True):
            if value and common != "" and value != common:
                names.append(field)
    return found


def _value(report: dict[str, Any], field: str) -> str:
    """A field in comparable form; empty for nothing."""
    value = report[field]
    if isinstance(value, list):
        return " ".join(sorted(actor["id"] for actor in value))
    return value or ""


def _commonest(values: Sequence[str]) -> str | None:
    """The commonest value; empty where at most one is given, None where two are equally common."""
    counts = Counter(value for value in values if value).most_common(2)
    if not counts:
        return ""
    if len(counts) == 1:
        return counts[0][0]
    return None if counts[0][1] == counts[1][1] else counts[0][0]


def own_words(quotes: Sequence[str]) -> list[list[tuple[str, bool]]]:
    """Each quote in pieces, with whether a piece is a word that no other quote has in any inflexion.

    Stop words never count. Joined, the pieces are the quote.
    """
    if len(set(quotes)) < 2:
        return [[(quote, False)] for quote in quotes]
    stems = [{_stem(word) for word in _WORD.findall(quote)} for quote in quotes]
    held = Counter([each for inside in stems for each in inside])
    return [_pieces(quote, held) for quote in quotes]


@lru_cache(16_384)
def _stem(word: str) -> str | None:
    """The stem of a word as it is written; None of a stop word."""
    word = word.lower()
    return None if word in stopwords() else stem(word)


def _pieces(quote: str, held: Counter[str | None]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for match in _WORD.finditer(quote):
        found = _stem(match.group())
        if found is None or held[found] > 1:
            continue
        if match.start() > at:
            pieces.append((quote[at : match.start()], False))
        pieces.append((match.group(), True))
        at = match.end()
    return [*pieces, (quote[at:], False)] if at < len(quote) else pieces
