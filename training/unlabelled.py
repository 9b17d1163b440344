"""Pages of ``training.raw`` that nobody coded: a teacher says what it sees there, and a student learns from that."""

from __future__ import annotations

import json
from pathlib import Path

from communique.coding.windows import Sentence
from training import raw
from training.annotated import STORE
from training.data import LEFT_OUT, Example, uncoded

SHORTEST = 600
"""Characters of a page worth reading."""
STEP = 3
"""Of the pages that name most parties every so-manieth is taken, so that they are not all of one subject."""


def _between(sentence: Sentence) -> bool:
    """Whether a sentence names two parties, as most acts are between two."""
    return len({party for mention in sentence.mentions for party in mention.parties}) > 1


def density(one: Example) -> float:
    """The share of a page's sentences that name two parties."""
    return sum(map(_between, one.sentences)) / max(1, len(one.sentences))


def unlabelled(shared: Path, count: int) -> list[Example]:
    """So many pages that nobody coded and that are not left out, of those densest in parties."""
    coded = {json.loads(line)["doc"] for line in STORE.read_text(encoding="utf-8").splitlines()}
    known = coded | LEFT_OUT
    found = [
        uncoded(name, day or None, text, text.index("\n\n") + 2)  # the first line is the day
        for name, (day, text) in sorted(raw.pages(shared).items())
        if name not in known and not name.startswith("plover") and len(text) >= SHORTEST
    ]
    dense = sorted(found, key=lambda one: (-density(one), one.doc))
    return dense[: STEP * count : STEP]
