"""The matter of an act in the pages' words: what its reports say it is about, or a term where that says too little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from communique.day_words import only_dated
from communique.linking.report import Report
from communique.linking.words import WORD, token, tokens

MOST_WORDS = 10  # of a term that stands for a matter
LEAST_WORDS = 4  # of one that is cut short
MOST_LEADING = 4  # words of a term before the matter that belong to it
_LEADING_NOWHERE = frozenset(
    "the a an any this that these those it he she we they i you there which who be is are also simply".split()  # noqa: SIM905
)
_CLAUSE = frozenset("which who if unless until before after when while because since during amid under against".split())  # noqa: SIM905
_DANGLING = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "its",
        "of",
        "on",
        "or",
        "over",
        "that",
        "the",
        "their",
        "to",
        "with",
    ]
)


def matter_of(reports: Iterable[Report]) -> str | None:
    """The matter that most reports of one act give, the first of equals; None where none says any."""
    given = [(tells(said, report), said) for report in reports if (said := matter(report))]
    best = max((n for n, _ in given), default=0)
    counts = Counter(said for n, said in given if bool(n) == bool(best))
    return counts.most_common(1)[0][0] if counts else None


def matter(report: Report) -> str | None:
    """What a report says that its act is about.

    A term's words that lead to it belong to it ("prevent a shortage"). A lone word that begins or stands in a term
    ("discuss") is given in the term's words ("discuss the next steps");
    words that name the parties and nothing else ("by the United States") give way to a term that says more.
    """
    about = None if only_dated(report.about) else report.about
    if about and " " in about.strip() and (hints(about, report) or tells(about, report)):
        return led(about, report)
    enough = tells(about, report)
    if about and enough > 1:
        return led(about, report)
    for _, _, quote in report.terms:
        if tells(quote, report) > enough and (not enough or (about or "").lower() in quote.lower()):
            return shortened(quote)
    return about


def led(about: str, report: Report) -> str:
    """A matter behind the few words that lead to it in a term: "prevent a shortage" says what "a shortage" does not.

    Names and pronouns before it do not lead to it: who is to prevent the shortage is said by the act's parties.
    """
    for role, _, quote in report.terms:
        lead, found, _ = quote.lower().partition(about.lower())
        words = lead.split()
        if not found or role == "condition" or not 0 < len(words) <= MOST_LEADING:
            continue
        if words[0] not in _LEADING_NOWHERE and not quote.lstrip()[0].isupper():
            return " ".join(quote[: len(lead) + len(found)].split())
    return about


def tells(words: str | None, report: Report) -> int:
    """How many telling words of a report's matter these hold: none where they only name the parties."""
    return sum(token in report.words for token in dict.fromkeys(tokens(words or "")))


def hints(words: str, report: Report) -> bool:
    """Whether any single word of these tells, phrases aside: what most matters pass at once."""
    return any(token(word) in report.words for word in WORD.findall(words.lower()))


def shortened(quote: str) -> str:
    """The first words of a term, not broken off after an article or a preposition; a long one ends with a phrase."""
    listed = quote.split()
    kept = listed[:MOST_WORDS]
    if len(kept) < len(listed):
        borders = [n for n in range(LEAST_WORDS, len(kept)) if _border(kept[n - 1], kept[n])]
        kept = kept if _border(kept[-1], listed[MOST_WORDS]) else kept[: max(borders, default=len(kept))]
    while len(kept) < len(listed) and len(kept) > 1 and kept[-1].lower() in _DANGLING:
        kept.pop()
    return " ".join(kept).rstrip(",;:-–—")


def _border(word: str, after: str) -> bool:
    """Whether a phrase may end with a word, by the mark behind it or by the word after."""
    return word.endswith((",", ";", ":")) or after.lower() in _DANGLING or after.lower() in _CLAUSE
