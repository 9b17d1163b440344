"""Gold events laid over the sentences of their page, so that each step of the coder can be asked about them alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from communique.actor import Mention
from communique.article import Article
from communique.coding.draft import Draft
from communique.coding.labels import TYPE_INDEX
from communique.coding.mentions import find_mentions
from communique.coding.networks import Network
from communique.coding.scoring import ScoredPage, score
from communique.coding.sentences import sentences as split
from communique.coding.surroundings import Surroundings
from communique.coding.windows import Sentence, prepare
from communique.evaluation.gold import GoldPage
from communique.evidence import Evidence

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LaidAct:
    """A gold event, the range of its quote, and the numbers of the sentences that tell it, the quote's own first."""

    event: dict[str, Any]
    quote: Span
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LaidPage:
    """A gold page as the coder sees it where gold says which lines are the article's: ``judged`` as its network sees
    it, ``scored`` as the choosers of the other fields do."""

    text: str
    titled: bool
    judged: ScoredPage
    scored: ScoredPage
    surroundings: Surroundings
    acts: list[LaidAct]

    def draft(self, act: LaidAct, index: int) -> Draft:
        """The draft that a coder who is right in type and parties makes of an act as sentence ``index`` tells it."""
        kind = act.event["type"]
        trigger, vector = self.judged.trigger(index, TYPE_INDEX[kind]), self.judged.vector(index, TYPE_INDEX[kind])
        if index == act.sentences[0]:
            self.scored.quotes[index, trigger] = Evidence.of(self.text, *act.quote)
        sources, targets = (_mentions(act.event[role], act.quote) for role in ("sources", "targets"))
        one = self.scored.sentences[index]
        words = set(re.findall(r"\w+", self.text[one.start : one.end].lower()))
        return Draft(index, kind, sources, targets, 1.0, 1.0, 1.0, vector, trigger, words)


def _mentions(actors: Sequence[dict[str, str]], quote: Span) -> list[Mention]:
    return [Mention(*quote, a["name"], a["id"], "unknown", "name") for a in actors]


def lay(page: GoldPage, text: str, network: Network | None = None) -> LaidPage:
    """Lay the events of a gold page over its text, as read by a network (by default the quick one).

    Events whose quotes are not on the page are left out.
    """
    body = body_spans(text, set(page.values["body_lines"]))
    title = title_span(text, page.values.get("title"), body)
    spans = sorted(([title] if title else []) + split(text, body))
    published = page.values.get("published")
    mentions = find_mentions(text, spans, published)
    titled = bool(title) and spans[0] == title
    prepared = prepare(text, spans, mentions, titled)
    judged = score(prepared, network)
    scored = judged.below()
    article = Article(body=tuple(body), published=published)
    around = Surroundings.of(text, spans, mentions, article, scored)
    after = body[0][0] if body else 0
    acts = [a for e in page.values["events"] if (a := _act(e, text, scored.sentences, after)) is not None]
    return LaidPage(text, titled, judged, scored, around, acts)


def body_spans(text: str, numbers: Collection[int]) -> list[Span]:
    """The ranges of the lines with these 0-based numbers, counting line feeds."""
    spans, start = [], 0
    for number, line in enumerate(text.split("\n")):
        if number in numbers and line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def title_span(text: str, title: str | None, body: Sequence[Span]) -> Span | None:
    """Where the title stands outside the body, if it does."""
    places = (found.span() for found in re.finditer(re.escape(title), text)) if title else ()
    return next((p for p in places if not any(a < p[1] and p[0] < b for a, b in body)), None)


def _act(event: dict[str, Any], text: str, sentences: Sequence[Sentence], after: int) -> LaidAct | None:
    found = [_told(words, text, sentences, after) for words in (event["quote"], *(event.get("mentions") or ()))]
    if found[0] is None or not found[0][1]:
        return None
    told = [*found[0][1], *(place for other in found[1:] if other for place in other[1][:1])]
    return LaidAct(event, found[0][0], tuple(dict.fromkeys(told)))


def _told(words: str, text: str, sentences: Sequence[Sentence], after: int) -> tuple[Span, list[int]] | None:
    """Where words stand, and the sentences that hold a fair part of them, the one with most first."""
    start = text.find(words, after)
    start = start if start >= 0 else text.find(words)
    if start < 0:
        return None
    end = start + len(words)
    return (start, end), overlapped(sentences, start, end)


def overlapped(sentences: Sequence[Sentence], start: int, end: int) -> list[int]:
    """The sentences that hold a fair part of the passage ``start..end``, the one with most of it first."""
    shares = []
    for index, one in enumerate(sentences):
        common = min(end, one.end) - max(start, one.start)
        if common > 0 and (common >= 0.3 * (end - start) or common >= 0.6 * (one.end - one.start)):
            shares.append((-common, index))
    return [index for _, index in sorted(shares)]
