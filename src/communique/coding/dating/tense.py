"""Whether the clause around a time expression looks ahead or back."""

from __future__ import annotations

from typing import Literal

from communique.coding.dating.tokens import Tokens
from communique.coding.dating.words import tenses

Tense = Literal["future", "past"]
REACH = 14
"""How many tokens to either side may hold the verb."""


def cue(word: str, nxt: str) -> Tense | None:
    """What one word shows of tense; ``nxt`` is the word after it ("is to" looks ahead)."""
    known = tenses().get(word)
    if known == "present":
        return "future" if nxt in ("to", "due", "expected", "scheduled", "set", "planning", "going") else None
    if known in ("future", "past"):
        return "future" if known == "future" or nxt in ("due", "scheduled", "expected", "planned", "to") else "past"
    return "past" if word.endswith("ed") and len(word) > 4 else None


def tense_around(tokens: Tokens, first: int, last: int) -> Tense | None:
    """The tense of the nearest verb before the tokens ``first`` to ``last`` in the sentence, else after them."""
    for index in range(first - 1, max(-1, first - 1 - REACH), -1):
        if tokens.tags[index] in ".|":
            break
        found = cue(tokens.word(index).lower(), tokens.word(index + 1).lower())
        if found:
            return found
    for index in range(last, min(len(tokens.tags) - 1, last + REACH)):
        if tokens.tags[index] in ".|":
            break
        found = cue(tokens.word(index).lower(), tokens.word(index + 1).lower())
        if found:
            return found
    return None
