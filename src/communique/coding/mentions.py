"""Finds every mention of a party in a page and resolves it to the party's canonical id."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from operator import itemgetter

from communique.actor import Mention
from communique.coding.coreference import Discourse, Known
from communique.coding.identity import SIDES, Identity
from communique.coding.noun_phrases import Reader
from communique.coding.places import towns
from communique.coding.quotations import quotations
from communique.coding.resolution import SAYING, Resolution
from communique.coding.sentence_view import TOPICS, Found
from communique.knowledge import Knowledge, load_knowledge
from communique.knowledge.kinds import KINDS
from communique.knowledge.phrases import Words, plain

LONGEST_SENTENCE = 4000
"""Only so many characters of a sentence are read: what is longer is no sentence."""
FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "VNM", "KHM"})
"""States where the family name comes first, so that it is the first word by which a person is named again."""
_TITLE_WEIGHT = 3
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATED = 100_000
_REACH = 3
_LONGEST_JOIN = 12
_POSSESSIVE = frozenset({"his", "her", "its", "their", "our", "my"})
_start = itemgetter(0)
_JOIN = re.compile(r"[\s,]*(?:,|and|&|or)[\s,]*(?:the\s+)?")


def find_mentions(
    text: str,
    spans: Sequence[tuple[int, int]],
    published: str | None = None,
    knowledge: Knowledge | None = None,
) -> list[Mention]:
    """The mentions in ``spans`` of ``text``, the page's sentences in order, sorted and without overlap.

    ``published`` (ISO 8601) decides who held an office; where it is None, the latest year in the text does.
    """
    return _Page(text, published, knowledge or load_knowledge()).mentions(spans)


def latest_year(text: str) -> str | None:
    """The latest year that a text names, for a page without a date: it was not written before that."""
    years = [y for y in _YEAR.findall(text, 0, _DATED) if "1990" <= y <= "2035"]
    return f"{max(years)}-06" if years else None


@cache
def _town_names() -> frozenset[str]:
    return frozenset(towns())


class _Page:
    """One page being read: first all its noun phrases, then each of them resolved in order."""

    def __init__(self, text: str, published: str | None, known: Knowledge) -> None:
        self.text = text
        self.plain = plain(text.replace("â€™", "'  ").replace("-LRB-", "  (  ").replace("-RRB-", "  )  "))
        month = published[:7] if published else latest_year(text)
        self.known = known
        self.towns = towns()
        self.quotations: list[tuple[int, int]] = []
        self.discourse = Discourse()
        self.identity = Identity(text, known, self.discourse, month)
        self.resolution = Resolution(known, self.discourse, self.identity, month)

    def mentions(self, spans: Sequence[tuple[int, int]]) -> list[Mention]:
        """The mentions of all sentences."""
        self.quotations = quotations(self.text, spans)
        sentences = [Words(self.plain, a, min(b, a + LONGEST_SENTENCE)) for a, b in spans]
        readers = [Reader(words, self.known) for words in sentences]
        short = {k: v for reader in readers for k, v in reader.short_forms().items()}
        for reader in readers if short else ():
            reader.name_again(short)
        found = [list(reader.read()) for reader in readers]
        for rank, items in enumerate(found):
            for item in items:
                self._count(item, 1 if rank else _TITLE_WEIGHT)
        for words in sentences:
            self._count_places(words)
        for look in (self._introduce, self._count_surname):
            for words, items in zip(sentences, found, strict=True):
                for item in items:
                    look(words, item)
        return [m for words, items in zip(sentences, found, strict=True) for m in self._sentence(words, items)]

    def _count(self, item: Found, weight: int) -> None:
        """Count what the page names, so that unnamed sides find their country."""
        party = item.party
        if party is None or party.kind == "collective":
            return
        kind = KINDS[party.kind]
        if kind == "state" and party.kind != "seat":
            self.discourse.states[party.id] += weight
            if item.side in SIDES:
                self.discourse.states[party.id] += 2
                self.discourse.sides[self.known.side(party.id, item.side, self.identity.month)] += 1
        elif kind == "igo":
            self.discourse.bodies[party.id] += weight
        elif kind == "group":
            self.discourse.groups[party.id] += weight

    def _count_places(self, words: Words) -> None:
        """Count a state for each of its towns: a page full of Deraa and Homs is about Syria, whoever speaks of it."""
        if _town_names().isdisjoint(words.text):  # as in most sentences
            return
        for word, capital in zip(words.text, words.capital, strict=True):
            if capital and word in self.towns:
                self.discourse.states[self.towns[word]] += 1

    def _introduce(self, words: Words, item: Found) -> None:
        """Remember who is named in full, so that a surname finds its bearer wherever it stands."""
        if item.shape != "person" or item.name is None:
            return
        first, last = item.name
        if last - first < 2 and item.person is None:
            return
        known = self.identity.person(words, item)
        if known is None:
            return
        family = [last - 1, first] if known.id in FAMILY_FIRST or words.lower[first] == "ban" else [last - 1]
        for word in (words.lower[k] for k in family):
            old = self.discourse.surnames.get(word)
            if old is None or (old.kind == "person" and known.kind != "person"):
                self.discourse.surnames[word] = known
        if known.kind == "state":
            self.discourse.states[known.id] += 1

    def _count_surname(self, words: Words, item: Found) -> None:
        """A person named again counts for his or her state."""
        if item.shape == "surname" and item.name is not None:
            known = self.discourse.surnames.get(words.lower[item.name[1] - 1])
            if known is not None and known.kind == "state":
                self.discourse.states[known.id] += 1

    def _sentence(self, words: Words, items: list[Found]) -> list[Mention]:
        self.discourse.begin_sentence()
        made: dict[int, Mention] = {}
        last_end: int | None = None
        for item in sorted(items, key=lambda i: i.gender == "speaker"):
            resolved = self.resolution.resolve(words, item)
            if resolved is None:
                continue
            known, via = resolved
            joined = last_end is not None and self._joined(last_end, words.start[item.first])
            if item.gender != "speaker":
                self.discourse.saw(known, joined)
                last_end = words.end[item.last - 1]
                self._note_speaker(words, item, known)
                self._note_named(words, item, known)
            if known.id:
                made[item.first] = self._mention(words, item, known, via)
        return [made[k] for k in sorted(made)]

    def _joined(self, end: int, start: int) -> bool:
        """Whether only "and", "or" or a comma stands between two mentions."""
        return 0 < start - end <= _LONGEST_JOIN and bool(_JOIN.fullmatch(self.plain, end, start))

    def _note_speaker(self, words: Words, item: Found, known: Known) -> None:
        """Whoever stands beside "said" speaks: the "we" of this and the next sentences."""
        if known.person or item.shape != "pronoun":
            around = words.lower[max(0, item.first - 1) : item.first] + words.lower[item.last : item.last + _REACH]
            if not SAYING.isdisjoint(around):
                self.discourse.speaker = known

    def _note_named(self, words: Words, item: Found, known: Known) -> None:
        """Remember who may have the word: people, but not by "his" or "her", nor inside a quotation."""
        owner = item.shape == "pronoun" and words.lower[item.first] in _POSSESSIVE
        if known.person and known.id and not owner and not self._quoted(words.start[item.first]):
            self.discourse.named[-1].append(known)

    def _quoted(self, place: int) -> bool:
        before = bisect_right(self.quotations, place, key=_start)
        return before > 0 and place < self.quotations[before - 1][1]

    def _mention(self, words: Words, item: Found, known: Known, via: str) -> Mention:
        named = item.shape in ("person", "surname") and item.name
        first, last = item.name if named and item.name else (item.first, item.last)
        name = self.text[words.start[first] : words.end[last - 1]]
        if ")" in name and "(" not in name:
            name = name[: name.index(")")]  # of "the People's Army (PA) rebels" those behind the bracket
        adjective = item.adjective
        if item.shape == "pronoun" and words.lower[item.first] in _POSSESSIVE:
            adjective = item.last < words.size and words.lower[item.last] in TOPICS
        also = tuple([i for i in known.also if i != known.id]) if known.also else ()
        start, end = words.start[item.first], words.end[item.last - 1]
        return Mention(start, end, name, known.id, known.kind, via, known.person, adjective, also)
