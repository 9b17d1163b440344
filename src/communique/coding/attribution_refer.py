"""Who "he", "the official" or "the paper" is: the earlier source that a short form goes back to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from communique.coding.attribution_cues import cues

REACH = 8
"""A short form goes back over at most this many sentences."""
MOST = 60
"""A surname goes back over at most so many attributions."""

_KINDS = {
    "he": ("person", "official", "anonymous"),
    "him": ("person", "official", "anonymous"),
    "them": ("anonymous", "organisation"),
    "she": ("person", "official", "anonymous"),
    "i": ("person", "official"),
    "they": ("anonymous", "organisation"),
    "we": ("organisation", "anonymous"),
    "it": ("organisation", "outlet", "document"),
}


class Source(Protocol):
    """What is known of an earlier source."""

    @property
    def source(self) -> str | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def sentence(self) -> int: ...
    @property
    def verb(self) -> str: ...


def pronoun(word: str, sentence: int, earlier: Sequence[Source]) -> Source | None:
    """The latest earlier source that a pronoun can stand for, or None."""
    kinds = _KINDS.get(word, ())
    plural = word in ("they", "we", "them")
    for layer in reversed(earlier):
        if sentence - layer.sentence > REACH:
            break
        if layer.source is None or layer.kind not in kinds:
            continue
        if layer.kind != "anonymous" or plural == layer.source.endswith("s"):
            return layer
    return None


def namesake(words: tuple[str, ...], earlier: Sequence[Source]) -> Source | None:
    """The latest earlier person who spoke under the surname that is all the words there are, or None.

    Of two people of one name the page lets the one speak again who has spoken, not the one who was spoken of.
    """
    if len(words) != 1:
        return None
    same = (one for one in reversed(earlier[-MOST:]) if one.kind == "person" and one.source)
    return next((one for one in same if one.source and one.source.lower().endswith(f" {words[0]}")), None)


def definite(words: tuple[str, ...], sentence: int, earlier: Sequence[Source], said: Sequence[str]) -> Source | None:
    """The earlier source that "the <noun>" goes back to: one described by that noun, else the last person.

    ``said`` holds, for each of ``earlier``, the words its source was given in the page, in lower case. A deputy is not
    whom the page calls a minister.
    """
    medium, rank = words[-1] in cues().words["medium"], cues().words["rank"]
    own = rank.intersection(words)
    person: Source | None = None
    for layer, phrase in zip(reversed(earlier), reversed(said), strict=True):
        if sentence - layer.sentence > REACH:
            break
        if layer.source is None or phrase.split() == list(words) or not own <= set(phrase.split()):
            continue
        if words[-1] in phrase.split() or (medium and layer.kind == "outlet"):
            return layer
        if not medium and person is None and layer.kind == "person" and layer.verb not in ("judge", "ask", "think"):
            person = layer
    return person
