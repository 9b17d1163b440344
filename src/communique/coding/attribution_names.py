"""What to call a source: a person by the full name, anybody else by the words of the page."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from communique.actor import Mention
from communique.coding.attribution_cues import cues
from communique.coding.attribution_outlets import is_medium
from communique.coding.attribution_source import Phrase
from communique.coding.attribution_tokens import Tokens, is_name, named

_FULL = re.compile(r"\b[A-Z][\w’'-]+(?:[ \t](?:(?:al|bin|ibn|van|von|der|de|da|dos|del|el)[ -])?[A-Z][\w’'-]+){1,5}")

_BEHIND_LINK = re.compile(r"\b(?:for|of|to|by|with|from|near)\s+(?:the\s+)?$", re.I)
NAMED = frozenset({"person", "name", "surname"})
_MEANT = frozenset({"pronoun", "role", "description"})

_NAMELESS = ("official", "anonymous", "organisation", "definite")


class Names:
    """The people a page names, so that a surname or a pronoun can be given its full name."""

    def __init__(self, text: str, sentences: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> None:
        self.text = text
        alone = (m for m in mentions if m.person and not _is_body(text[m.start : m.end]))
        self.people = sorted(alone, key=lambda m: m.start)
        self.parties = sorted((m.start, m.end) for m in mentions if not m.person and m.kind != "person")
        self.starts = [m.start for m in self.people]
        self.full: dict[str, str] = {}
        self.written: dict[str, str] = {}
        for start, end in [(0, sentences[0][0]), *sentences] if sentences else ():
            for found in _FULL.finditer(text, start, end):
                self._learn(found[0])
        for mention in self.people:
            name = _written(text[mention.start : mention.end], mention.person or "")
            if mention.via == "person" and len(name) > 1 and mention.person:
                self.written.setdefault(mention.person, " ".join(name))

    def _learn(self, words: str) -> None:
        name = untitled(_past_opening(words.split()))
        if 1 < len(name) < 5:
            whole = " ".join(name).removesuffix("'s").removesuffix("’s").rstrip("'’-")
            self.full.setdefault(whole.rsplit(" ", 1)[-1], whole)

    def person(self, start: int, end: int, ways: frozenset[str] = NAMED) -> str | None:
        """The name of the last person meant in the range, where the mentions tell; ``ways`` as ``Mention.via``."""
        at = bisect.bisect_left(self.starts, end)
        for mention in reversed(self.people[max(0, at - 8) : at]):
            inside = mention.start >= start and mention.end <= end + 2 and mention.via in ways
            if inside and mention.person and not self._belonging(mention, start):
                name = self.written.get(mention.person, mention.person)
                return None if name.lower() in cues().words["title"] else name
        return None

    def _belonging(self, mention: Mention, start: int) -> bool:
        """Whether the person only says whose the source is: "a spokesman for Jan Roe", "Roe's aides"."""
        ahead = _BEHIND_LINK.search(self.text, max(start, mention.start - 16), mention.start)
        return bool(ahead) or self.text.startswith(("'s ", "’s ", " 's ", " ’s "), mention.end)

    def is_party(self, tokens: Tokens, phrase: Phrase) -> bool:
        """Whether what looks like a name is that of a state or a group."""
        name = _proper(tokens, phrase)
        if not name:
            return False
        start, end = tokens.spans[phrase.head - len(name)][0], tokens.spans[phrase.head - 1][1]
        at = bisect.bisect_left(self.parties, (end, end))
        return any(a < end and start < b for a, b in self.parties[max(0, at - 3) : at])


def _is_body(words: str) -> bool:
    """Whether words that stand for a person name those who act for that person: "Roe's government"."""
    return words.rsplit(maxsplit=1)[-1].lower() in cues().words["organisation"]


def _written(words: str, person: str) -> list[str]:
    """A person's name as a passage has it: "Jan Roe, head of the bank" and "the president, Jan Roe" give Jan Roe."""
    runs = [_last_run(part) for part in words.split(",")]
    surname = person.rsplit(" ", 1)[-1]
    return next((run for run in runs if run and run[-1] == surname), runs[-1])


def _last_run(words: str) -> list[str]:
    """The capitalised words that end some words, without titles: "the president Jan Roe" gives Jan Roe."""
    run: list[str] = []
    for word in reversed(words.replace(" - ", "-").split()):
        if not is_name(word) and word.lower() not in ("al", "bin", "ibn", "van", "von", "der", "de", "da", "el", "al-"):
            break
        run.insert(0, word.removesuffix("'s").removesuffix("’s"))
    return untitled(run)


def _past_opening(words: list[str]) -> list[str]:
    """The words without those that only open a sentence: ["While", "Jan", "Roe"] gives ["Jan", "Roe"]."""
    opening, keep = cues().opening, 0
    while keep < len(words) - 1 and words[keep].lower() in opening:
        keep += 1
    return words[keep:]


def untitled(words: list[str]) -> list[str]:
    """The words of a name behind any titles: ["Foreign", "Minister", "Jan", "Roe"] gives ["Jan", "Roe"]."""
    table = cues().words
    keep = 0
    for at, word in enumerate(words[:-1]):
        if word.lower().rstrip(".") in table["title"] or (word.lower() in table["title_tail"] and len(words) - at > 2):
            keep = at + 1
    return words[keep:]


def name_of(tokens: Tokens, phrase: Phrase, text: str, names: Names) -> tuple[str, str]:
    """The name and the kind of a source."""
    low = tokens.lower[phrase.first : phrase.head]
    known = names.person(*tokens.span(phrase.first, phrase.last))
    if known is not None and not is_medium(tokens, phrase.first, phrase.head):
        return known, "person"
    kind = _kind(tokens, phrase, low)
    if kind == "person" and names.is_party(tokens, phrase):
        return _plain(tokens, phrase, text), "organisation"
    meant = names.person(*tokens.span(phrase.first, phrase.head), _MEANT) if kind in ("pronoun", "definite") else None
    if meant is not None:
        return meant, "person"
    if kind == "person":
        return _full_name(tokens, phrase, names), kind
    apposed = _name_beside(tokens, phrase) if kind in _NAMELESS else None
    if apposed is not None:
        return apposed, "person"
    whole = names.full.get(tokens.words[phrase.head - 1]) if kind == "outlet" and _short(tokens, phrase) else None
    return whole or _plain(tokens, phrase, text), kind


def _short(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether an outlet is named by its last word alone: "the Post"."""
    last = phrase.head - 1
    alone = last == phrase.first or (last == phrase.first + 1 and tokens.lower[phrase.first] == "the")
    return alone and is_name(tokens.words[last]) and tokens.lower[last] in cues().words["medium_name"]


def _kind(tokens: Tokens, phrase: Phrase, low: tuple[str, ...]) -> str:
    words = cues().words
    if is_medium(tokens, phrase.first, phrase.head):
        bare = len(low) <= 2 and low[0] in ("the", "it") and not is_name(tokens.words[phrase.head - 1])
        return "definite" if bare else "outlet"
    common = len(low) == 1 and low[0] in cues().speakers  # "Fishermen", with the capital of a beginning
    name = [] if common else _proper(tokens, phrase)
    if any(w in words["post"] for w in low) and low[-1] in words["post"]:
        return "post"
    if any(w in words["document"] and not is_name(tokens.words[phrase.first + i]) for i, w in enumerate(low)):
        return "document"
    if low[-1] in words["pronoun"]:
        return "pronoun"
    if low[-1] in words["organisation"]:
        return "organisation"
    if name and (len(name) > 1 or not any(w in words["anonymous"] for w in low)):
        return "person"
    definite = low[0] == "the" and len(low) <= 4 and not name
    if definite and (low[-1] in words["anonymous"] or low[-1] in words["title"]) and not low[-1].endswith("s"):
        return "definite"
    if any(w in words["anonymous"] and w.endswith("s") for w in low) or low[0] in ("a", "an", "one", "some", "another"):
        return "anonymous"
    if any(w in words["title"] or w in words["anonymous"] for w in low):
        return "official"
    return "organisation"


def _proper(tokens: Tokens, phrase: Phrase) -> list[str]:
    """The capitalised words that end a phrase, without titles; empty where it ends in a common noun."""
    run: list[str] = []
    for at in range(phrase.head - 1, phrase.first - 1, -1):
        word = tokens.words[at]
        if not named(word) and not (run and word.lower() in ("al", "bin", "van", "von", "de", "el", "-", "der")):
            break
        run.insert(0, word)
    words = _past_opening(run)
    before = phrase.head - len(run) - 1
    linked = before >= phrase.first and tokens.lower[before] in cues().words["link"]
    return [] if linked or _is_title(words) else untitled(words)


def _is_title(run: Sequence[str]) -> bool:
    """Whether words name an office and nobody in it: "Foreign Minister"; True of none."""
    titles, tails = cues().words["title"], cues().words["title_tail"]
    low = [word.lower() for word in run]
    return all(word in titles or word in tails for word in low) and (not low or low[-1] in titles)


def _full_name(tokens: Tokens, phrase: Phrase, names: Names) -> str:
    name = _proper(tokens, phrase)
    if len(name) == 1:
        return names.full.get(name[0], name[0])
    return " ".join(name).replace(" - ", "-")


def _name_beside(tokens: Tokens, phrase: Phrase) -> str | None:
    """The person named in apposition: "the foreign minister, Jan Roe," gives Jan Roe."""
    run: list[str] = []
    for word in tokens.words[phrase.head : phrase.last]:
        if named(word) if run else is_name(word):
            run.append(word)
        elif len(untitled(run)) > 1:
            break
        else:
            run = []
    name = untitled(run)
    return " ".join(name) if len(name) > 1 else None


def _plain(tokens: Tokens, phrase: Phrase, text: str) -> str:
    first = phrase.first
    while first < phrase.head - 1 and tokens.lower[first] in ("the", "a", "an", "one", "another", "some"):
        if tokens.lower[first + 1] == "of":  # "one of the witnesses"
            break
        first += 1
    start, end = tokens.span(first, phrase.head)
    return " ".join(text[start:end].split())
