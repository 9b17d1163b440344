"""What speaks for or against a candidate date: numbers for the chooser, one row a candidate."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from communique.coding.dating.calendar import first_day
from communique.coding.dating.candidates import Candidate, DatedPage, Span, gap, lead_day
from communique.coding.dating.mention import DateMention
from communique.coding.dating.verbs import LONG, SAYING, Quote, lower_words, quote_of, tense_cues, words_in
from communique.coding.dating.words import tenses
from communique.coding.labels import STATUSES, TYPES

KINDS = ("absolute", "partial", "weekday", "relative", "relative-to-event", "since", "range")
GRAINS = ("day", "weekend", "week", "month", "season", "year", "range")
BEFORE = (
    "on",
    "in",
    "at",
    "by",
    "since",
    "until",
    "from",
    "of",
    "for",
    "after",
    "before",
    "during",
    "over",
    "the",
    "a",
    "and",
    ",",
)
SAID = re.compile(rf"\b(?:{'|'.join(sorted(SAYING))})\b")
REPORTING = frozenset("said says told saying announced reported added".split())  # noqa: SIM905
WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
OPENERS = (",", ";", *"that who which when after before while but as where said says following".split())  # noqa: SIM905
"""Marks and whole words where a clause may open."""
_BOUNDARY = AhoCorasick(OPENERS)
NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
NOT_NAMES = frozenset(
    """
    This That These Those They Their There Then When While What Which With From Earlier Later After Before Both Some
    Many Most Also Last Next Since Under Over Such More Other Another Asked Speaking Meanwhile However Although Monday
    Tuesday Wednesday Thursday Friday Saturday Sunday President Minister Foreign Prime Secretary Security Council
    United States Nations General European Union""".split()  # noqa: SIM905
)


@lru_cache(4096)
def bucket(value: float, edges: tuple[float, ...]) -> tuple[float, ...]:
    """One-hot of the range that a number falls in."""
    place = sum(value >= edge for edge in edges)
    return tuple(float(place == i) for i in range(len(edges) + 1))


@lru_cache(4096)
def one_hot(value: str | None, names: tuple[str, ...]) -> tuple[float, ...]:
    """One-hot of a name."""
    return tuple(float(value == name) for name in names)


@lru_cache(4096)
def age(value: str | None, published: str | None) -> tuple[float, ...]:
    """How far a date lies from publication, in buckets of days; all zero where either is unknown."""
    first, today = (first_day(value) if value else None), (first_day(published) if published else None)
    if first is None or today is None:
        return (0.0,) * 10
    days = (today - first).days
    same = float(value is not None and published is not None and value[:7] == published[:7])
    return (same, *bucket(days, (-7, 0, 1, 2, 7, 32, 93, 366)))


def words_before(text: str, start: int) -> tuple[str, str]:
    """The last two words or marks before a position, lower case, last first."""
    found = WORD.findall(text[max(0, start - 40) : start].lower())[-2:]
    return (found[-1] if found else "", found[-2] if len(found) > 1 else "")


def after_word(text: str, end: int) -> str:
    """The word or mark right after a position."""
    found = WORD.match(text, end + (text[end : end + 1] == " "))
    return found.group() if found else ""


def attributive(text: str, mention_end: int) -> bool:
    """Whether the word after a date is likely the noun it qualifies ("the 2015 deal")."""
    word = after_word(text, mention_end)
    if word in ("'", "’"):
        return True
    return word.isalpha() and word.islower() and word not in NO_NOUN and word not in tenses()


NO_NOUN = frozenset(
    """and or but that to in on at by for from with after before when while as of the a an he she it they his her
    its their who which where into over under against during amid about between near if because since until than
    not no also there this these those is""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a time expression says whichever act is asked about: its sentence, and the part of its cues that stays.

    ``opener`` is the name that its sentence opens with.
    """

    place: int
    opener: str | None
    row: tuple[float, ...]


def said_of(page: DatedPage, mention: DateMention) -> Said:
    """The parts of a mention's cues that no act changes, read once a page."""
    found: Said | None = page.told.get(mention.start)  # mentions do not overlap, so where one begins tells which it is
    if found is None:
        found = page.told[mention.start] = _said(page, mention)
    return found


def _said(page: DatedPage, mention: DateMention) -> Said:
    text, start, end = page.text, mention.start, mention.end
    near, second = words_before(text, start)
    place = page.sentence_at(start)
    there = page.sentences[place]
    opener = NAME.match(text, *there)
    reporting = near in REPORTING or second in REPORTING or after_word(text, end).lower() in REPORTING
    words = (
        float(start == there[0] or start - there[0] < 12),
        float(attributive(text, end)),
        float(reporting),
        float(near.endswith("ed")),
        float(near in ("the", "a") or text[start : start + 4].lower() == "the "),
        *one_hot(near, BEFORE),
        *one_hot(second, ("after", "since", "before", "until", "said", "by")),
    )
    around = max(there[0], start - 40), min(there[1], end + 40)
    row = (
        *words,
        *one_hot(mention.kind, KINDS),
        *one_hot(mention.grain, GRAINS),
        min(sum(m.value == mention.value for m in page.mentions), 5) / 5.0,
        float(bool(SAID.search(text, *there))),
        float(bool(SAID.search(text, *around))),
        float(mention.value == page.published),
    )
    return Said(place, opener.group() if opener else None, row)


def moving_cues(
    page: DatedPage, candidate: Candidate, mention: DateMention, quote: Span, names: frozenset[str]
) -> tuple[float, ...]:
    """What changes of the cues of a candidate with a mention from act to act."""
    (low, high), text, said, begins = quote, page.text, said_of(page, mention), mention.start
    ahead = mention.end <= low
    inside = not ahead and low <= begins and mention.end <= high
    start, end = (mention.end, low) if ahead else (low if inside else high, begins)
    far = 0 if inside else gap(mention, quote)
    boundaries = min(boundaries_in(page, start, end if end - start < 400 else start + 400), 4) / 4.0
    shared = len(names & names_of(page, said.place)) if candidate.back else 0
    return (
        inside,
        ahead,
        begins >= high,
        min(far, 300) / 300.0,
        far <= 3,
        0.0 if inside else boundaries,
        boundaries if inside else 0.0,
        min(end - start, 200) / 200.0 if inside else 0.0,
        "after" in text[max(start, end - 40) : end].lower(),
        candidate.rank == 0,
        min(candidate.rank, 3) / 3.0,
        min(shared, 3) / 3.0,
        shared > 0,
        candidate.flipped,
        said.opener is not None and said.opener in names,
        ahead and text.find("\n", start, end) >= 0,
    )


def boundaries_in(page: DatedPage, start: int, end: int) -> int:
    """How many clauses open in a range, which is no longer than a few hundred characters.

    The page is read once for all ranges; only a range that begins or ends inside a word is read by itself.
    """
    if start >= end:
        return 0
    text = page.text
    for at in (start, end):
        if text[at : at + 1].isalnum() and text[max(0, at - 1) : at].isalnum():  # the range cuts a word
            return len(_boundaries(text[start:end]))
    starts: list[int] | None = page.seen.get("boundaries")
    if starts is None:
        starts = page.seen["boundaries"] = _boundaries(text)
    return bisect_left(starts, end) - bisect_left(starts, start)


def _boundaries(text: str) -> list[int]:
    """Where clauses may open in a text: at a comma, a semicolon or a whole word that opens one."""
    whole = f"\n{text}\n"  # so that what stands before and behind may be looked at anywhere
    return [
        start
        for number, start, end in _BOUNDARY.find_matches_as_indexes(text, overlapping=True)
        if number < _MARKS or not (_in_word(whole[start]) or _in_word(whole[end + 1]))
    ]


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


_MARKS = 2
"""So many of the openers are marks, which stand anywhere."""


SAID_CUES = 5 + len(BEFORE) + 6 + len(KINDS) + len(GRAINS) + 1 + 3
BACK_EDGES = (0, 1, 2, 3, 5, 9)
_TYPES, _STATUSES = tuple(TYPES), tuple(STATUSES)


def act_row(kind: str, status: str) -> tuple[float, ...]:
    """What the type and the status of an act say of its date."""
    return one_hot(kind, _TYPES) + one_hot(status, _STATUSES)


def words_row(page: DatedPage, quote: Span, options: Sequence[Candidate]) -> list[float]:
    """What the words of an act, their place and the candidates for its date say, whatever its type and status."""
    index = page.sentence_at(quote[0])
    sentence, words, spoken = page.sentences[index], page.text[quote[0] : quote[1]], quote_of(page, quote)
    outside = page.text[sentence[0] : quote[0]] + " " + page.text[quote[1] : max(quote[1], sentence[1])]
    lead = lead_day(page)
    own = [c for c in options if c.slot == "inside"]
    near = [c for c in options if c.slot == "near"]
    return [
        *spoken.tense,
        *tense_cues(outside, words_in(outside), (LONG, SAYING)),
        *spoken.past,
        float("“" in words or '"' in words),
        *speech_cues(page, index, spoken),
        *bucket(index, (1, 2, 3, 5, 10, 20)),
        index / max(1, len(page.sentences)),
        min(len(page.sentences), 60) / 60.0,
        float(quote[0] - sentence[0] < 3),
        float(quote[0] - sentence[0] < 3 and sentence[1] - quote[1] < 3),
        min(len(own), 4) / 4.0,
        float(not own),
        min((c.back for c in near), default=10) / 10.0,
        *age(near[0].value if near else None, page.published),
        *age(lead.value if lead else None, page.published),
        *_publication(page),
    ]


WORD_CUES = 6 + 5 + 3 + 1 + 6 + 7 + 7 + 20 + 2 + 7


OPENER = re.compile(r"[\"“'‘ ]*(?:He|She|They|It|His|Her)\b")
MARK = re.compile(r"[\"“”]|' ")


def speech_cues(page: DatedPage, index: int, spoken: Quote) -> list[float]:
    """Whether the act is told in quoted speech that goes on from the sentence before it."""
    key = ("speech", index)
    if key not in page.seen:
        page.seen[key] = _speech(page, index)
    before, after = page.seen[key]
    return [before, spoken.first_person, *after]


def _speech(page: DatedPage, index: int) -> tuple[float, tuple[float, ...]]:
    """The cues of speech that no act of the sentence changes: those before and behind the act's own."""
    text, sentence = page.text, page.sentences[index]
    before = page.sentences[index - 1] if index else (0, 0)
    marked = float(bool(MARK.search(text, *sentence)))
    return marked, (
        float(bool(OPENER.match(text, *sentence))),
        float(bool(MARK.search(text, *before))),
        float(bool(SAID.search(text, *before))),
        float("\n" in text[before[1] : sentence[0]]) if index else 0.0,
    )


def _publication(page: DatedPage) -> list[float]:
    """What publication's date tells of every act: how often it is said, and its day of the week."""
    if "publication" not in page.seen:
        said = sum(m.value == page.published for m in page.mentions)
        page.seen["publication"] = [min(said, 6) / 6.0, float(said > 0), *weekday_of(page.published)]
    found: list[float] = page.seen["publication"]
    return found


def weekday_of(published: str | None) -> list[float]:
    """One-hot of the day of the week of publication."""
    day = first_day(published) if published and len(published) == 10 else None
    return [float(day is not None and day.weekday() == i) for i in range(7)]


def names_in(page: DatedPage, quote: Span) -> frozenset[str]:
    """Capitalised words inside the act's sentence, which tie it to an earlier one."""
    return names_of(page, page.sentence_at(quote[0]))


def names_of(page: DatedPage, index: int) -> frozenset[str]:
    """Capitalised words of a sentence that are likely names."""
    if index not in page.seen:
        page.seen[index] = frozenset(NAME.findall(page.text, *page.sentences[index])) - NOT_NAMES
    found: frozenset[str] = page.seen[index]
    return found


__all__ = ["WORD_CUES", "act_row", "lower_words", "moving_cues", "names_in", "quote_of", "said_of", "words_row"]
