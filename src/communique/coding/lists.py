"""Parties named side by side: "France, Great Britain and Germany". What one of them does, all of them do."""

from __future__ import annotations

from functools import cache

from communique.actor import Mention
from communique.coding.pieces import tokenizer
from communique.coding.windows import Sentence

_LINKS = (",", "and", "&", "the", "as", "well", "plus", "other")
_LONGEST_LINK = 4
_NEAREST = 24
"""Characters between two parties of a list, at most: " as well as the other "."""


@cache
def _links() -> frozenset[int]:
    return frozenset(i for word in _LINKS if (i := tokenizer().token_to_id(word)) is not None)


def lists(sentence: Sentence) -> list[list[Mention]]:
    """The runs of two or more parties of a sentence with nothing between them but commas, "and" and articles."""
    runs: list[list[Mention]] = []
    before, end = None, 0
    for mention, (first, last) in zip(sentence.mentions, sentence.runs, strict=True):
        if mention.via == "pronoun" or mention.adjective:
            before = None
            continue
        if before is not None and mention.start - before.end <= _NEAREST and _linked(sentence, end, first):
            runs[-1].append(mention)
        else:
            runs.append([mention])
        before, end = mention, last
    return [run for run in runs if len(run) > 1]


def _linked(sentence: Sentence, end: int, start: int) -> bool:
    """Whether the pieces ``end`` to ``start`` between two parties only join them."""
    return 0 < start - end <= _LONGEST_LINK and end > 0 and _links().issuperset(sentence.ids[end:start])
