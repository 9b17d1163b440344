"""Runs of plain letters are cut without a pattern, and come out as the patterns have them."""

from __future__ import annotations

import random

import pytest

from communique.coding import attribution_tokens
from communique.coding.dating import tokens as date_tokens

RUNS = [
    "Ostrava", "said,", "May.", "march,", "N.W.A.", "A.", "Brell's", "Brell’s.", "co-operate,", "3rd", "2024.", "x2,",
    "under_score.", "Straße,", "İzmir.", "²,", "“We", ",", "", "\n", "one\ntwo.", "talks:", "(Oslo)",
]  # fmt: skip


def made_up() -> list[str]:
    """Random runs of letters, marks and odd characters."""
    chance = random.Random(11)
    return [
        "".join(chance.choices("abMNyé1_²İ.,’'-:", (9,) * 5 + (1,) * 11, k=chance.randint(1, 7))) for _ in range(500)
    ]


@pytest.mark.parametrize("run", [*RUNS, *made_up()])
def test_tokens_are_the_patterns(run: str) -> None:
    """Tokens for attribution and for dates, with their ranges, are what their patterns find."""
    found = [
        (run[a:b], a, b)
        for token in attribution_tokens._TOKEN.finditer(run)
        for a, b in _owned(token[0], token.start())
    ]
    assert attribution_tokens._parts(run) == tuple((word, word.lower(), a, b) for word, a, b in found)
    dated = date_tokens.TOKEN.finditer(run)
    assert date_tokens.tags_of(run) == tuple((*date_tokens.tag_of(token[0]), *token.span()) for token in dated)


def _owned(word: str, start: int) -> list[tuple[int, int]]:
    """The range of a word, and of a possessive s by itself."""
    end = start + len(word)
    owner = len(word) > 2 and word[-2:].lower() in ("'s", "’s")
    return [(start, end - 2), (end - 2, end)] if owner else [(start, end)]
