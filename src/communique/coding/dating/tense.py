"""Whether the clause around a time expression looks ahead or back."""

from __future__ import annotations

from typing import Literal

from communique.coding.dating.tokens import Tokens
from communique.coding.dating.words import tenses

Tense = Literal["future", "past"]
AHEAD = frozenset(("to", "due", "expected", "scheduled", "set", "planning", "planned", "going", "slated"))
BOUND = frozenset(("is", "are", "was", "were", "has", "have", "had"))
"""The verbs whose "to" looks ahead ("was to meet"); in "spoke to" it is only a preposition."""
REACH = 14
"""How many tokens to either side may hold the verb."""


def cue(word: str, nxt: str) -> Tense | None:
    """What one word shows of tense; ``nxt`` is the word after it ("is to" looks ahead)."""
    known, ahead = tenses().get(word.lower()), nxt in AHEAD and (nxt != "to" or word.lower() in BOUND)
    if known == "present":
        return "future" if ahead else None
    if known:
        return "future" if known == "future" or ahead else "past"
    return "past" if word.endswith("ed") and len(word) > 4 and word.islower() else None


def verb_at(tokens: Tokens, index: int) -> Tense | None:
    """As ``cue``, for a token; a participle after "be" leaves the tense to the word before ("would be held")."""
    found = cue(tokens.word(index), tokens.word(index + 1).lower() if index + 1 < len(tokens.tags) else "")
    passive = found == "past" and index > 0 and tokens.word(index - 1).lower() in ("be", "being")
    return None if passive else found


def tense_around(tokens: Tokens, first: int, last: int) -> Tense | None:
    """The tense of the nearest verb before the tokens ``first`` to ``last`` in the sentence, else after them."""
    before = range(first - 1, max(-1, first - 1 - REACH), -1)
    after = range(last, min(len(tokens.tags), last + REACH))
    return first_verb(tokens, before) or first_verb(tokens, after)


def first_verb(tokens: Tokens, indexes: range) -> Tense | None:
    """The tense that the first verb among these tokens shows, up to the end of the sentence."""
    for index in indexes:
        if tokens.tags[index] in ".|":
            return None
        found = verb_at(tokens, index)
        if found:
            return found
    return None
