"""A draft is an act as one sentence tells it: a type, who did it, toward whom, and how likely that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from communique.actor import Mention


@dataclass(slots=True)
class Draft:
    """One act in one sentence. ``chance`` is that of the type; ``source_chance`` and ``target_chance`` of the roles.

    ``mode`` and ``partner``, the draft that this one answers, are set where the words say so outright. ``toward`` holds
    every party that the act may have been toward with the scorer's chance, the likeliest first, taken or not.
    ``vector`` is the act as the heads saw it that found it.
    """

    sentence: int
    type: str
    sources: list[Mention]
    targets: list[Mention]
    chance: float
    source_chance: float
    target_chance: float
    vector: np.ndarray
    trigger: tuple[int, int]
    words: set[str] = field(default_factory=set)
    mode: str | None = None
    partner: Draft | None = None
    toward: list[tuple[Mention, float]] = field(default_factory=list)

    def row(self) -> dict:
        """The draft as ``features.pair_features`` wants it."""
        return {
            "sentence": self.sentence,
            "type": self.type,
            "sources": parties_of(self.sources),
            "targets": parties_of(self.targets),
            "words": self.words,
        }


def parties_of(mentions: Iterable[Mention]) -> set[str]:
    """The ids of all parties that some mentions stand for."""
    found = set()
    for mention in mentions:  # a plain loop: this is asked hundreds of times a page
        found.add(mention.id)
        if mention.also:
            found.update(mention.also)
    return found


def told_by_nouns(drafts: Iterable[Draft]) -> set[int]:
    """The drafts, by identity, that a noun tells in the sentence of their answer: in "rejected an offer on Friday" the
    day is that of the refusal."""
    answers = [(draft, draft.partner) for draft in drafts if draft.partner is not None]
    return {id(told) for answer, told in answers if told.sentence == answer.sentence}
