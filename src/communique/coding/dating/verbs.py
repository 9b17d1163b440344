"""What the verbs of an act's words, and of the rest of its sentence, say of its time.

The words are cut once and looked up in sets, which is far quicker than a pattern of alternatives for each question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from communique.coding.dating.candidates import DatedPage, Span
from communique.coding.dating.words import tenses

WHOLE, LETTERS, NOT_LETTER = re.compile(r"\w+"), re.compile(r"[^\W\d_]+"), re.compile(r"[\d_]")
NOT_WORD = re.compile(r"\b(?:'ve|’ve)\b")
IS_TO = re.compile(r"\b(?:is|are|was|were) to\b")
HAVE, HAD, BE = frozenset(["has", "have"]), frozenset(["had"]), frozenset(["is", "are", "was", "were"])
AHEAD = frozenset("will would shall expected scheduled due planned plans upcoming".split())  # noqa: SIM905
PRESENT = frozenset(
    """is are says insist insists want wants accuse accuses deny denies den refuse refuses oppose opposes support
    supports demand demands call calls blame blames""".split()  # noqa: SIM905
)
LONG = frozenset(
    "long repeatedly always consistently often previously frequently regularly years decades never already".split()  # noqa: SIM905
)
SAYING = frozenset("said told added called urged warned accused announced declared stated".split())  # noqa: SIM905
FIRST_PERSON = frozenset(["We", "we", "I", "our", "us", "my"])


@dataclass(frozen=True, slots=True)
class Quote:
    """What the words of an act say: its words written small, and blocks of its row of cues."""

    small: list[str]
    tense: list[float]
    past: list[float]
    first_person: float


def quote_of(page: DatedPage, quote: Span) -> Quote:
    """What the words of an act say, read once a page for all acts of the same words."""
    key = ("quote", quote)
    if key not in page.seen:
        words = page.text[quote[0] : quote[1]]
        found = WHOLE.findall(words)
        whole, letters = frozenset(found), LETTERS.findall(words) if NOT_LETTER.search(words) else found
        tense = tense_cues(words, whole, (PRESENT, LONG, SAYING))
        small = [w for w in letters if w.islower()]
        page.seen[key] = Quote(small, tense, past_cues(small), float(not whole.isdisjoint(FIRST_PERSON)))
    said: Quote = page.seen[key]
    return said


def tense_cues(text: str, words: frozenset[str], more: Sequence[frozenset[str]]) -> list[float]:
    """Whether a passage of these words has a perfect, a past perfect, a future, or one of ``more`` words."""
    have = not words.isdisjoint(HAVE) or ("ve" in words and bool(NOT_WORD.search(text)))
    to = "to" in words and not words.isdisjoint(BE) and bool(IS_TO.search(text))
    ahead = to or not words.isdisjoint(AHEAD)
    found = (have, not words.isdisjoint(HAD), ahead, *[not words.isdisjoint(some) for some in more])
    return list(map(float, found))


def past_cues(small: Sequence[str]) -> list[float]:
    """Whether words written small have a past verb, open with a participle, or have no verb that the tables know."""
    past = "ed " in " ".join(small) + " " or not _past().isdisjoint(small)
    return [float(past), float(bool(small) and small[0].endswith("ing")), float(not past)]


@cache
def _past() -> frozenset[str]:
    return frozenset(word for word, tense in tenses().items() if tense == "past")


def words_in(text: str) -> frozenset[str]:
    """The words of a passage."""
    return frozenset(WHOLE.findall(text))


def lower_words(text: str) -> list[str]:
    """The words of a passage written small: what it says, without whom it is about."""
    return [w for w in LETTERS.findall(text) if w.islower() and w.isalpha()]
