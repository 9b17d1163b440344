"""Acts told by nouns: "turned down a U.S. offer" tells a refusal and, in the noun, the offer that it answers.

The words are tables of ``knowledge/acts``. A rule fires only where the party of the noun stands right by it ("a U.S.
offer", "Russia's latest proposal", "an invitation from France") and, for the answer, its subject right before the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache

from communique.actor import Mention
from communique.knowledge import tables

BETWEEN = 60
"""How many characters may lie between the answering verb and the noun."""
_NEAR = re.compile(
    r"(?:['’]s?)?\s*(?:(?!(?:to|of|and|or|the|an?|this|that|its|his|her|their|for|in|on|by|from)\b)[\w-]+\s+){0,3}",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s+(?:\w+\s+){0,2}?(?:from|by|of)\s+(?:the\s+)?", re.IGNORECASE)
_FROM_OR_TO = re.compile(r"\s+(?:\w+\s+){0,2}?(?:from|by|of|to)\s+(?:the\s+)?", re.IGNORECASE)
_AUX = re.compile(
    r"[”\"]?,?\s*(?:and\s+(?:its|his|their)\s+\w+\s+)?"
    r"(?:(?:has|have|had|will|would|also|again|on \w+|\w+ly|twice)\s+){0,3}",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*(?:,|,?\s*and)\s+(?:the\s+)?", re.IGNORECASE)
_POSSESSIVES = frozenset({"its", "their", "his", "her"})


@dataclass(frozen=True, slots=True)
class Nominal:
    """An act told by a noun, with its doers, and the act that answers it, if the sentence tells one."""

    type: str
    mode: str
    trigger: tuple[int, int]
    sources: tuple[Mention, ...]
    answer: str | None = None
    answer_mode: str | None = None
    answer_trigger: tuple[int, int] | None = None
    answerers: tuple[Mention, ...] = ()


def _any(words: Iterable[str]) -> str:
    """A pattern of any of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _table(name: str) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    rows = {row["words"]: (row["type"], row["mode"]) for row in tables.records("acts", name)}
    return re.compile(rf"\b(?:{_any(rows)})\b", re.IGNORECASE), rows


@cache
def _drafted() -> tuple[re.Pattern[str], frozenset[str]]:
    """What stands between a party and a paper it put forward ("-drafted Security Council"); the nouns that need it."""
    words = _any(row["words"] for row in tables.records("acts", "drafted.csv"))
    papers = (row["words"] for row in tables.records("acts", "nouns.csv") if row["drafted"])
    return re.compile(rf"-(?:{words})\s+(?:[\w-]+\s+){{0,3}}", re.IGNORECASE), frozenset(papers)


@cache
def _refusals() -> re.Pattern[str]:
    words = _any(row["words"] for row in tables.records("acts", "refusals.csv"))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def calls_it_unacceptable(text: str, start: int, end: int) -> bool:
    """Whether the sentence ``start..end`` says of a proposal or a demand that it will not do."""
    nouns, _ = _table("nouns.csv")
    return bool(_refusals().search(text, start, end) and nouns.search(text, start, end))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(re.findall(r"\w+", noun)[0] for noun in _table("nouns.csv")[1])


def may_tell(words: Set[str]) -> bool:
    """Whether a sentence of these words, in lower case, can hold one of the nouns; quicker than to look for them."""
    return not _first_words().isdisjoint(words)


def nominals(text: str, start: int, end: int, mentions: Sequence[Mention]) -> list[Nominal]:
    """The acts that nouns of the sentence ``start..end`` tell; ``mentions`` are the sentence's parties."""
    nouns, kinds = _table("nouns.csv")
    out = []
    for noun in nouns.finditer(text, start, end):
        kind, mode = kinds[noun.group().lower()]
        if noun.group().lower() in _drafted()[1] and not _put_forward(text, noun.start(), mentions):
            continue
        doers = _doers(text, noun.start(), noun.end(), mode, mentions)
        answer = _answer(text, start, noun.start(), mentions, doers)
        if doers or answer:
            out.append(Nominal(kind, mode, noun.span(), doers, *(answer or ())))
    return out


def _put_forward(text: str, noun: int, mentions: Sequence[Mention]) -> bool:
    """Whether the words before a noun say who drafted what it names."""
    made, _ = _drafted()
    return any(noun - 60 < m.end <= noun and made.fullmatch(text, m.end, noun) for m in mentions)


def _doers(text: str, start: int, end: int, mode: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Whose the noun is: the party right before it, or after "from" or "by"; an invitation "to Rome" is Rome's."""
    before = [m for m in mentions if m.end <= start and start - m.end <= 40 and _NEAR.fullmatch(text, m.end, start)]
    verbs, _ = _table("answers.csv")
    if before and verbs.search(text, before[-1].end, start):
        before = []
    if before and not _is_addressee(text, before[-1], mentions):
        return (before[-1],)
    link = _FROM_OR_TO if mode == "invite" else _FROM
    after = [m for m in mentions if m.start >= end and m.start - end <= 40 and link.fullmatch(text, end, m.start)]
    return (after[0],) if after else ()


def _is_addressee(text: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether the party before a noun is itself an object: "asked Russia's offer" never is, "to Russia" is."""
    head = text[max(0, mention.start - 8) : mention.start]
    return bool(re.search(r"\bto\s+(?:the\s+)?$", head)) and "'" not in text[mention.end : mention.end + 2]


def _answer(
    text: str, low: int, noun: int, mentions: Sequence[Mention], doers: tuple[Mention, ...]
) -> tuple[str, str, tuple[int, int], tuple[Mention, ...]] | None:
    """The verb before the noun that answers it, with its subjects."""
    verbs, kinds = _table("answers.csv")
    for verb in reversed(list(verbs.finditer(text, low, noun))):
        between = text[verb.end() : noun]
        if len(between) > BETWEEN or re.search(r"[;:]|\b(?:but|while|after|that|said|says)\b", between):
            return None
        subjects = _subjects(text, verb.start(), mentions, doers)
        if subjects:
            kind, mode = kinds[verb.group().lower()]
            return kind, mode, verb.span(), subjects
    return None


def _subjects(text: str, verb: int, mentions: Sequence[Mention], doers: Sequence[Mention]) -> tuple[Mention, ...]:
    """The parties listed right before a verb."""
    found: list[Mention] = []
    edge = verb
    for mention in reversed([m for m in mentions if m.end <= verb and m.name.lower() not in _POSSESSIVES]):
        joint = _AUX if not found else _LIST
        if not joint.fullmatch(text, mention.end, edge):
            break
        found.append(mention)
        edge = mention.start
        if text[max(0, edge - 4) : edge].lower() == "the ":
            edge -= 4
    return tuple(reversed([m for m in found if m not in doers]))
