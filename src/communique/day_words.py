"""Words that name a day and nothing else: when an act was done is neither what it was about nor a term of it."""

from __future__ import annotations

import re

_FIRST = re.compile(r"\W*(\w+)")
_DAYS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|last|next|this|early|late|on|in|the|of|week|month|year|morning|evening|night|\d+)\b",
    re.IGNORECASE,
)


def only_dated(words: str | None) -> bool:
    """Whether words name a day and nothing else ("Wednesday", "10 March 2014")."""
    first = _FIRST.match(words) if words else None
    if words and first and not _DAYS.fullmatch(first[1]):  # as most words are, and quicker to see
        return False
    return bool(words) and not _DAYS.sub(" ", words or "").strip(" ,.")
