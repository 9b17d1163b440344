"""Where an act took place, if the page says so: a place named with the act, as written.

By the codebook the place is what the page says of the act itself. A dateline says where the report was written, and a
state spoken about ("sanctions on Iran") is no place of an act. Among the places named in the passages that tell an act,
and in the two sentences before, the likeliest is taken, where it is likely enough: a logistic model over readable clues
for each class of types, learnt from gold pages by ``training/whereabouts.py``; its weights are
``model/whereabouts.json``, one number for each clue named here.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from communique.actor import Mention
from communique.coding.pieces import MODEL
from communique.coding.places import Spot, spots, words_for

Span = tuple[int, int]
LIKELY = 0.33
"""A place is given where its chance reaches this: six or seven of ten such places are gold's own on pages left out."""
BACK = 2
"""So many sentences before an act may name its place."""
NEAR, NEARER = 80, 30
_OFTEN = 4
_OPENING = 30
CLASSES = {
    **dict.fromkeys(("ASSAULT", "MOBILIZE", "PROTEST", "COERCE", "BREACH"), "on the ground"),
    **dict.fromkeys(("CONSULT", "AGREE"), "gathering"),
    **dict.fromkeys(("AID", "CONCEDE", "COOPERATE", "SANCTION"), "deed"),
}
"""The class of a type, where it is not ``words``: what is only said has the place that the page says it was said in."""
_SPLIT = re.compile(r"[;:\"“”]|\b(?:that|which|who|where|after|because|while|when|as|but|before)\b")
_WORD = re.compile(r"[\w'’-]+")
_AT = frozenset({"in", "at", "near"})
_TYPED = frozenset({"ASSAULT", "PROTEST", "CONSULT", "MOBILIZE", "COERCE", "AGREE"})
_BY_TYPE = frozenset({"is a country", "word in", "word to"})
_BY_WHERE = frozenset(
    [
        *("word in", "word at", "word near", "said what it is", "is a country", "is a city", "is unknown"),
        *("occasion before", "opens the sentence", "travel to"),
    ]
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that tell an act: their range, the number of their sentence, and the piece that the model saw it by."""

    quote: Span
    sentence: int
    trigger: Span


Named = tuple[Spot, frozenset[str]]


@dataclass(slots=True)
class Grounds:
    """The places of a page, found sentence by sentence as they are asked for, with what their own words say of each."""

    text: str
    spans: Sequence[Span]
    mentions: Sequence[Mention]
    known: dict[int, list[Named]] = field(default_factory=dict)

    def of(self, sentence: int) -> list[Named]:
        """The places that a sentence names, each with the clues that do not hang on the act."""
        if sentence not in self.known:
            span = self.spans[sentence]
            named = spots(self.text, span, self.mentions)
            self.known[sentence] = [(spot, _clues(self.text, spot, span[0])) for spot in named]
        return self.known[sentence]


@dataclass(frozen=True, slots=True)
class Done:
    """An act to be placed: its type, the passages that tell it, the fullest first, and its parties by id."""

    type: str
    passages: Sequence[Passage]
    doers: Collection[str]
    others: Collection[str]


def candidates(grounds: Grounds, done: Done) -> Iterator[tuple[Spot, set[str]]]:
    """The places that may be the act's, each with its clues."""
    seen: set[int] = set()
    first = done.passages[0]
    for passage in done.passages:
        named = grounds.of(passage.sentence)
        nearest = min((_distance(s, passage.trigger) for s, _ in named), default=0)
        for spot, clues in named:
            if spot.start not in seen:
                seen.add(spot.start)
                quoted = passage.quote[0] <= spot.start < passage.quote[1]
                where = (
                    "in another passage" if passage is not first else "in the quote" if quoted else "in the sentence"
                )
                yield spot, _toward(done, spot, clues, where) | _beside(grounds.text, spot, passage.trigger, nearest)
    for back in range(1, min(BACK if done.type in CLASSES else 0, first.sentence) + 1):
        for spot, clues in grounds.of(first.sentence - back):
            if spot.start not in seen:
                seen.add(spot.start)
                yield spot, _toward(done, spot, clues, f"{back} before")


def _distance(spot: Spot, trigger: Span) -> int:
    return min(abs(spot.start - trigger[0]), abs(spot.start - trigger[1]))


def _beside(text: str, spot: Spot, trigger: Span, nearest: int) -> set[str]:
    """How the place stands to the words that tell the act, in their own sentence."""
    away = _distance(spot, trigger)
    found = {"at the act" if away <= NEARER else "near the act" if away <= NEAR else "far from the act"}
    if away == nearest:
        found.add("nearest")
    if spot.start > trigger[1]:
        found.add("after the act")
    if _SPLIT.search(text, min(spot.start, trigger[1]), max(spot.start, trigger[0])):
        found.add("clause between")
    return found


def _toward(done: Done, spot: Spot, clues: frozenset[str], where: str) -> set[str]:
    """The clues of a place as that of one act: where it is named, and whose it is."""
    found = {where, *clues}
    if spot.kind in ("country", "capital"):
        found |= {
            name for name, ids in (("doer's own", done.doers), ("other's own", done.others)) if spot.country in ids
        }
    if done.type in _TYPED:
        found |= {f"{done.type}, {clue}" for clue in clues & _BY_TYPE}
    return found | {f"{where}, {clue}" for clue in clues & _BY_WHERE}


def _clues(text: str, spot: Spot, start: int) -> frozenset[str]:
    """What the words of a place and those beside it say, in a sentence that begins at ``start``."""
    found = {f"is a {spot.kind}" if spot.kind != "unknown" else "is unknown", f"word {spot.word}"}
    if text.count(spot.name) >= _OFTEN:
        found.add("named often")
    return frozenset(found | _before(text, spot, start) | _around(text, spot))


def _before(text: str, spot: Spot, start: int) -> set[str]:
    """What the words before a place say: "talks in", "reporters in", "the crisis in", "flew to"."""
    found: set[str] = set()
    if spot.word in _AT:
        found |= {f"{m} in" for m in ("meeting", "speech", "topic", "deed") if spot.before in words_for(m)}
        if not spot.before and spot.start - start < _OPENING:
            found.add("opens the sentence")
        if _any("occasion", text, max(start, spot.start - 70), spot.start):
            found.add("occasion before")
    elif spot.word in ("on", "of") and spot.before in words_for("attack"):
        found.add("attack on")
    elif spot.word in ("to", "into") and _any("motion", text, max(start, spot.start - 45), spot.start):
        found.add("travel to")
    if spot.word == "of" and spot.before in words_for("what"):
        found.add("town of")
    return found


def _around(text: str, spot: Spot) -> set[str]:
    found = {"said what it is"} if spot.what else set()
    if spot.listed:
        found.add("on a list")
    after = text[spot.end : spot.end + 2]
    if after in ("'s", "’s"):
        found.add("possessive")
    elif after[:1] == "-":
        found.add("hyphen")
    elif after[:1] == " " and after[1:].isupper():
        found.add("capital after")
    if spot.within:
        found.add("part of a name")
    return found


def _any(meaning: str, text: str, start: int, end: int) -> bool:
    """Whether a word of this meaning stands in a range."""
    return not words_for(meaning).isdisjoint(word.lower() for word in _WORD.findall(text, start, end))


@cache
def _weights() -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = json.loads((MODEL / "whereabouts.json").read_text(encoding="utf-8"))
    return weights


def chance(weights: Mapping[str, float], clues: Collection[str]) -> float:
    """The chance that a place with these clues is that of an act, by the weights of its class."""
    return 1 / (1 + math.exp(-weights["bias"] - sum([weights.get(clue, 0.0) for clue in clues])))


def event_place(grounds: Grounds, done: Done) -> str | None:
    """Where an act took place, as named on the page; None where the page does not say."""
    weights = _weights()[CLASSES.get(done.type, "words")]
    ranked = [(chance(weights, clues), -spot.start, spot.name) for spot, clues in candidates(grounds, done)]
    best = max(ranked, default=None)
    return best[2] if best and best[0] >= LIKELY else None
