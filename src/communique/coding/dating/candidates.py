"""The dates that an act told in a sentence may have: those said near it, publication, or none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Literal

from communique.coding.dating.calendar import shift
from communique.coding.dating.finder import find_dates
from communique.coding.dating.mention import DateMention

Slot = Literal["none", "month", "day", "year", "inside", "near", "next", "lead"]
SLOTS: tuple[Slot, ...] = ("none", "month", "day", "year", "inside", "near", "next", "lead")
"""Where a candidate comes from: no date; publication's month, day or year; a date in the act's
own sentence; in one before it; in the one after it; the first day named on the page."""
BACK, OWN_MOST, NEAR_MOST, LEAD_SENTENCES = 8, 5, 4, 6
"""How many sentences back dates are looked for, and how many are taken from where."""
COUNTED = frozenset(("partial", "weekday", "relative"))
"""The kinds of mentions that are counted from publication."""
Span = tuple[int, int]
_begins = attrgetter("start")


@dataclass(frozen=True, slots=True)
class DatedPage:
    """A page as the choice of dates sees it: its text, sentences in order, publication and time expressions.

    ``seen`` keeps what ``cues`` has read of a sentence or of words, ``told`` of a mention, by where it begins: each is
    asked about for many acts.
    """

    text: str
    sentences: tuple[Span, ...]
    published: str | None
    mentions: tuple[DateMention, ...]
    seen: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)
    told: dict[int, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, text: str, sentences: Sequence[Span], published: str | None) -> DatedPage:
        """Find the time expressions of a page whose sentences (ranges of ``text``) are known."""
        return cls(text, tuple(sentences), published, tuple(find_dates(text, sentences, published)))

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that holds a position, or the last before it."""
        return max(0, bisect_right(self.sentences, (position, len(self.text))) - 1)

    def within(self, first: int, last: int) -> list[DateMention]:
        """The mentions in sentences ``first`` to ``last`` (inclusive)."""
        start, end = self.sentences[first][0], self.sentences[last][1]
        held = bisect_left(self.mentions, start, key=_begins), bisect_left(self.mentions, end, key=_begins)
        return list(self.mentions[slice(*held)])

    def begin_within(self, start: int, end: int) -> int:
        """How many mentions begin in a range."""
        return bisect_left(self.mentions, end, key=_begins) - bisect_left(self.mentions, start, key=_begins)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date an act may have, where it comes from and the mention that says it, if one does.

    ``back`` counts the sentences from the mention to the act (negative after it), ``rank``
    the mentions that stand nearer; ``flipped`` marks a weekday read ahead instead of back.
    """

    value: str | None
    slot: Slot
    mention: DateMention | None = None
    back: int = 0
    rank: int = 0
    flipped: bool = False


def candidates(page: DatedPage, quote: Span, status: str, trigger: Span | None = None) -> list[Candidate]:
    """Every candidate for the act that ``quote`` shows, publication's and none first.

    The dates of its sentence are ranked by how near they stand to the quote, and inside it to the ``trigger``, the word
    that the act turns on: a quote is often a whole sentence that tells several acts.
    """
    if not page.sentences:
        return publication(page.published)
    index = page.sentence_at(quote[0])
    last = max(index, page.sentence_at(max(quote[0], quote[1] - 1)))
    own = said(page.within(index, last))
    found = list(_once(page, "published", lambda: publication(page.published)))
    turn = trigger or quote
    for rank, mention in enumerate(sorted(own, key=lambda m: (gap(m, quote), gap(m, turn)))[:OWN_MOST]):
        found.append(Candidate(mention.value, "inside", mention, 0, rank))
        found += flipped(mention, rank, status)
    if not own and uncounted(page, index, last):
        return found
    return found + _once(page, ("around", index, last), lambda: around(page, index, last))


def _once(page: DatedPage, key: object, make: Callable[[], list[Candidate]]) -> list[Candidate]:
    """Candidates that many acts of a page have in common, made once."""
    if key not in page.seen:
        page.seen[key] = make()
    found: list[Candidate] = page.seen[key]
    return found


def uncounted(page: DatedPage, first: int, last: int) -> bool:
    """Whether some sentences name a day or a month of their own that nothing on the page lets count ("on Friday", "June
    13" where publication is unknown): what they tell is not of the day of another sentence."""
    return any(m.value is None and m.grain != "vague" and m.kind in COUNTED for m in page.within(first, last))


def said(mentions: list[DateMention]) -> list[DateMention]:
    """The mentions that have a value."""
    return [m for m in mentions if m.value]


def gap(mention: DateMention, quote: Span) -> int:
    """Characters between a mention and the quote; 0 where it lies inside."""
    return max(0, quote[0] - mention.end, mention.start - quote[1])


def publication(published: str | None) -> list[Candidate]:
    """No date, and publication's month, day and year as far as they are known."""
    found = [Candidate(None, "none")]
    if published:
        parts: list[tuple[Slot, int]] = [("year", 4), ("month", 7), ("day", 10)]
        found += [Candidate(published[:n], slot) for slot, n in parts if len(published) >= n]
    return found


def flipped(mention: DateMention, rank: int, status: str) -> list[Candidate]:
    """For a planned act, the same weekday after publication."""
    if status != "planned" or mention.kind != "weekday" or mention.how != "before publication" or not mention.value:
        return []
    return [Candidate(shift(mention.value, 7, "day"), "inside", mention, 0, rank, True)]


def around(page: DatedPage, index: int, last: int) -> list[Candidate]:
    """Dates of other sentences: the nearest before (of days only the nearest), the one after, the page's first day."""
    before = said(page.within(max(0, index - BACK), index - 1)) if index else []
    found, day = [], False
    for rank, mention in enumerate(distinct(reversed(before))[:NEAR_MOST]):
        if day and mention.grain == "day":
            continue  # what is told after "on Wednesday" is not of the Sunday before it
        day = day or mention.grain == "day"
        found.append(Candidate(mention.value, "near", mention, index - page.sentence_at(mention.start), rank))
    if last + 1 < len(page.sentences):
        after = said(page.within(last + 1, last + 1))[:1]
        found += [Candidate(m.value, "next", m, -1) for m in after]
    lead = lead_day(page)
    if lead:
        found.append(Candidate(lead.value, "lead", lead, index - page.sentence_at(lead.start)))
    return found


def distinct(mentions: Iterable[DateMention]) -> list[DateMention]:
    """The mentions without those that repeat a value."""
    seen: dict[str | None, DateMention] = {}
    for mention in mentions:
        seen.setdefault(mention.value, mention)
    return list(seen.values())


def lead_day(page: DatedPage) -> DateMention | None:
    """The first full day named in the first sentences."""
    if "lead" not in page.seen:
        early = page.within(0, min(LEAD_SENTENCES, len(page.sentences)) - 1)
        page.seen["lead"] = next((m for m in early if m.grain == "day" and m.value), None)
    found: DateMention | None = page.seen["lead"]
    return found


__all__ = ["SLOTS", "Candidate", "DatedPage", "candidates", "lead_day"]
