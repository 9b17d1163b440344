"""Parties named side by side: "France, Great Britain and Germany". What one of them does, all of them do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from communique.actor import Mention
from communique.coding.windows import Sentence, piece_range, tokenizer

_LINKS = (",", "and", "&", "the", "as", "well", "plus", "other")
_LONGEST_LINK = 4


@cache
def _links() -> frozenset[int]:
    return frozenset(i for word in _LINKS if (i := tokenizer().token_to_id(word)) is not None)


def lists(sentence: Sentence) -> list[list[Mention]]:
    """The runs of two or more parties of a sentence with nothing between them but commas, "and" and articles."""
    runs: list[list[Mention]] = []
    end = None
    for mention in sentence.mentions:
        first, last = piece_range(sentence, mention.start, mention.end)
        if last == first or mention.via == "pronoun" or mention.adjective:
            end = None
            continue
        if end is not None and _linked(sentence.ids[end:first]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
        end = last
    return [run for run in runs if len(run) > 1]


def _linked(between: Sequence[int]) -> bool:
    return 0 < len(between) <= _LONGEST_LINK and _links().issuperset(between)
