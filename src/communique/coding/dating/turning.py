"""What the word that an act turns on (its trigger) says of the act's date: its tense, its clause, and which dates of
its sentence stand beside it.

A quote is often a whole sentence of several acts, and only the trigger tells them apart.
"""

from __future__ import annotations

import re

from communique.coding.dating.candidates import Candidate, DatedPage, Span
from communique.coding.dating.cues import boundaries_in
from communique.coding.dating.mention import DateMention
from communique.coding.dating.verbs import BE, HAD, HAVE, LONG, SAYING
from communique.coding.dating.words import tenses

LETTER = re.compile(r"[\w'’-]")
WORDS = re.compile(r"\w+|['’]\w+")
MODALS = frozenset("will would shall should must may might could can to wo ll".split())  # noqa: SIM905
NAMED = frozenset(["the", "a", "an", "its", "his", "her", "their", "this", "that", "these", "any", "s", "’s", "'s"])
"""Before a noun, not before a verb."""
LINKS: tuple[frozenset[str], ...] = (
    frozenset(["after", "following"]),
    frozenset(["before", "until"]),
    frozenset(["when", "while", "as", "during"]),
    frozenset(["who", "which", "that"]),
    frozenset(["since", "despite", "although", "though", "because"]),
)
"""What opens a clause beside the main one, by what it says of the order of the two acts."""
NEAR, CLAUSE, REACH = 3, 8, 90
TURNING_CUES, ACT_TURN_CUES = 8, 19


def turning_cues(
    page: DatedPage, candidate: Candidate, mention: DateMention, trigger: Span | None
) -> tuple[float, ...]:
    """Where a date of the act's sentence stands from the trigger: how far, on which side, whether clauses open or other
    dates stand between."""
    if trigger is None or candidate.back:
        return (0.0,) * TURNING_CUES
    before = mention.end <= trigger[0]
    start, end = (mention.end, trigger[0]) if before else (trigger[1], mention.start)
    far, clauses = max(0, end - start), boundaries_in(page, start, min(end, start + 400))
    return (
        1.0,
        before,
        min(far, 200) / 200.0,
        far < 20,
        min(clauses, 4) / 4.0,
        clauses == 0,
        before and clauses == 0,
        page.begin_within(start, end) > 0,
    )


def act_turn_cues(page: DatedPage, trigger: Span | None) -> tuple[float, ...]:
    """The tense that the trigger and the words before it show, and the clause that they stand in."""
    if trigger is None:
        return (0.0,) * ACT_TURN_CUES
    key = ("turn", trigger[0])
    if key not in page.seen:
        page.seen[key] = _act_turn(page, *trigger)
    found: tuple[float, ...] = page.seen[key]
    return found


def _act_turn(page: DatedPage, start: int, end: int) -> tuple[float, ...]:
    text, sentence = page.text, page.sentences[page.sentence_at(start)]
    while end < sentence[1] and LETTER.match(text[end]):
        end += 1
    while start > sentence[0] and LETTER.match(text[start - 1]):
        start -= 1
    word, low = text[start:end].lower(), max(sentence[0], start - REACH)
    before = WORDS.findall(text[low:start].lower())[-CLAUSE:]
    near, last = frozenset(before[-NEAR:]), before[-1] if before else ""
    marks = sum(text.count(mark, sentence[0], start) for mark in '“”"')
    return (
        True,
        word.endswith("ed") or tenses().get(word) == "past",
        word.endswith("ing"),
        word.endswith("s"),
        not near.isdisjoint(HAVE) or "'ve" in near or "’ve" in near,
        not near.isdisjoint(HAD),
        not near.isdisjoint(BE),
        "be" in near or "been" in near or "being" in near,
        not near.isdisjoint(MODALS),
        last == "to",
        last in NAMED,
        not near.isdisjoint(LONG),
        not SAYING.isdisjoint(before),
        marks % 2,
        *[not some.isdisjoint(before) for some in LINKS],
    )
