"""What lies around the acts of a page: its text, sentences, mentions, dates and attributions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Self

import numpy as np

from communique.actor import Mention
from communique.article import Article
from communique.coding.attribution import attributions
from communique.coding.attribution_chain import Told, Weighed, weighed
from communique.coding.attribution_features import Act, ids_by_name
from communique.coding.dating.candidates import DatedPage
from communique.coding.draft import Draft
from communique.coding.quoting import quote
from communique.coding.scoring import ScoredPage

Span = tuple[int, int]
DAY = len("2025-05-01")


@dataclass(slots=True)
class Surroundings:
    """A page's text, sentences, mentions, dates and attributions: what the fields of its acts are read off."""

    text: str
    spans: list[Span]
    mentions: list[Mention]
    dated: DatedPage
    told: Told
    layers: dict[Act, Weighed] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, spans: list[Span], mentions: list[Mention], article: Article, scored: ScoredPage) -> Self:
        """Find the dates and attributions of an article."""
        dated = DatedPage.of(text, spans, article.published)
        said = attributions(text, spans, mentions)
        return cls(text, spans, mentions, dated, Told(text, scored, mentions, ids_by_name(mentions), said))

    def weigh(self, acts: Mapping[Act, np.ndarray]) -> None:
        """Weigh the layers of some acts, given with their vectors, all at once."""
        new = [act for act in acts if act not in self.layers]
        self.layers |= zip(new, weighed(self.told, new, [acts[act] for act in new]), strict=True)

    def day(self, start: int, end: int) -> str | None:
        """The day or days that the words from ``start`` to ``end`` name; None where they name none, or several."""
        named = {m.value for m in self.dated.mentions if start <= m.start < end and m.value and len(m.value) >= DAY}
        return named.pop() if len(named) == 1 else None

    def number(self, position: int) -> int:
        """The number of the sentence that holds a position."""
        return max(0, bisect_right(self.spans, (position, len(self.text))) - 1)


def act_of(page: ScoredPage, around: Surroundings, draft: Draft, ids: Collection[str]) -> Act:
    """The act by the parties ``ids`` as one of its passages tells it, for attribution."""
    told = page.sentences[draft.sentence]
    words = quote(page, around.text, draft.sentence, draft.trigger)
    return Act(draft.type, (words.start, words.end), (told.start, told.end), frozenset(ids))
