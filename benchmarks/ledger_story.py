"""Made-up news at any size: pages of made-up outlets that tell made-up acts, some of them several times.

Parties, words and stories are spread as in the coded training pages: few parties act often and most seldom (Zipf), an
act is told by one page mostly and by many sometimes, one event in three says a day, most of the rest a month, some
no date. Everything follows from the seed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from communique.actor import Actor
from communique.article import Article
from communique.coding.coded import CodedPage
from communique.event import Event
from communique.evidence import Evidence
from communique.page import Page

TYPES = {
    "CONSULT": 18, "PROPOSE": 10, "REQUEST": 14, "REJECT": 8, "ACCEPT": 3, "AGREE": 5, "ACCUSE": 12, "SUPPORT": 6,
    "THREATEN": 4, "SANCTION": 5, "ASSAULT": 9, "DENY": 2, "CONCEDE": 4,
}  # fmt: skip
FIRST_DAY = dt.date(2005, 1, 1)
PAGES_A_DAY = 14  # so that 100,000 pages are twenty years: size grows, density does not
EVENTS_A_PAGE = 10
FILLER = 420  # words of a body beside its events


class Zipf:
    """Draws from a list, its first entries most often."""

    def __init__(self, values: list[str], chance: random.Random, power: float = 1.0) -> None:
        self._values, self._chance = values, chance
        self._up_to = list(accumulate(1 / (rank + 3) ** power for rank in range(len(values))))

    def draw(self) -> str:
        """One value."""
        return self._values[bisect(self._up_to, self._chance.random() * self._up_to[-1])]


@dataclass(frozen=True, slots=True)
class Story:
    """An act, as the pages that tell it have it from one another."""

    type: str
    source: str
    target: str
    matter: str
    day: int


class News:
    """Made-up pages, all different, from one seed."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        letters = "bdfgklmnprstvz"
        syllables = [a + b for a in letters for b in "aeiou"]
        words = ["".join(self.chance.choices(syllables, k=self.chance.choice((2, 3, 3, 4)))) for _ in range(12_000)]
        self.words = Zipf(words, self.chance)
        self.parties = Zipf([f"{words[n][:6]}-{n}" for n in range(400)], self.chance)
        self.outlets = Zipf([f"The {words[n].title()} Post" for n in range(2000, 2300)], self.chance)
        self._open: list[Story] = []
        self._asked: list[Story] = []
        self._types = Zipf([t for t, n in TYPES.items() for _ in range(n)], self.chance, power=0.0)

    def pages(self, number: int) -> Iterator[CodedPage]:
        """So many pages, in the order of their days; each day's pages share some of their stories."""
        for n in range(number):
            yield self.page(n, n // PAGES_A_DAY)

    def page(self, number: int, day: int) -> CodedPage:
        """One page of a day."""
        known = [story for story in self._open if day - story.day <= 2][-400:]
        stories = [self._story(day, known) for _ in range(EVENTS_A_PAGE)]
        self._open = list(dict.fromkeys([*known, *stories]))
        lines, events, start = [], [], 0
        for n, story in enumerate(dict.fromkeys(stories), start=1):
            line = f"{story.source} {story.type.lower()} {story.target} over {story.matter}, {self._filler(8)}."
            lines += [line, self._filler(FILLER // EVENTS_A_PAGE)]
            events.append(self._event(f"e{n}", story, day, Evidence(start, start + len(line), line)))
            start += len(line) + len(lines[-1]) + 2
        text = "\n".join(lines)
        spans, at = [], 0
        for line in lines:
            spans.append((at, at + len(line)))
            at += len(line) + 1
        published = (FIRST_DAY + dt.timedelta(day)).isoformat()
        article = Article(
            title=lines[0][:60], outlet=self.outlets.draw(), published=published, body=tuple(spans),
            body_lines=tuple(range(len(lines))),
        )  # fmt: skip
        digest = hashlib.sha256(f"{number} {text}".encode()).hexdigest()
        return CodedPage(Page(doc=f"page-{number}", text=text, digest=digest), article, tuple(events))

    def _filler(self, words: int) -> str:
        return " ".join(self.words.draw() for _ in range(words))

    def _story(self, day: int, known: list[Story]) -> Story:
        """A new act, or one that an earlier page of these days told."""
        if known and self.chance.random() < 0.35:
            return self.chance.choice(known)
        type_, when = self._types.draw(), day - self.chance.choice((0, 0, 1))
        if type_ in ("REJECT", "ACCEPT", "AGREE") and self._asked and self.chance.random() < 0.7:
            asked = self.chance.choice(self._asked[-300:])
            return Story(type_, asked.target, asked.source, asked.matter, when)
        story = Story(type_, self.parties.draw(), self.parties.draw(), self._filler(4), when)
        if type_ in ("PROPOSE", "REQUEST"):
            self._asked.append(story)
        return story

    def _event(self, name: str, story: Story, day: int, words: Evidence) -> Event:
        date = (FIRST_DAY + dt.timedelta(story.day)).isoformat()
        form = self.chance.random()
        return Event(
            id=name,
            type=story.type,
            mode=None,
            sources=(Actor(story.source.title(), story.source),),
            targets=(Actor(story.target.title(), story.target),),
            evidence=words,
            about=story.matter,
            date=date if form < 0.35 else date[:7] if form < 0.8 else date[:4] if form < 0.87 else None,
            status="actual" if self.chance.random() < 0.8 else "alleged",
        )
