"""What the words of an act, and those right before it, say for the chain chooser, whichever layer is asked about.

The words are cut once and looked up in sets: a pattern of alternatives for each question is ten times as slow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\w+")
_PERFECT = frozenset(["had", "has", "have", "having", "been", "was", "were", "did"])
_FUTURE = frozenset(
    """
    will would expected plan plans ready could should must may might
    """.split()  # noqa: SIM905
)
_IS_TO, _LL = re.compile(r"\b(?:is|are) to\b"), re.compile(r"['’]ll\b")
_FIRST = frozenset(["we", "our", "us", "i", "my"])
_HEARSAY = frozenset(
    """
    reported reportedly allegedly alleged apparently claim claims unconfirmed
    """.split()  # noqa: SIM905
)
_SAID_TO = re.compile(r"\b(?:said|believed) to\b")
_PERFORMS = tuple(
    """
    reject refus urg call demand accus condemn deny denied denies warn threat welcom prais offer propos accept
    agree insist ask appeal support back criti blam declin vow pledg invit dismiss express
    """.split()  # noqa: SIM905
)
_RULED_OUT = re.compile(r"\bruled? out")
_RELATIVE = frozenset(["who", "which", "whose", "whom"])
_NOMINAL = re.compile(r"(?:the|a|an|its|his|her|their|this|these|last|\w+['’]s|\w+ ['’]s)\b", re.I)
_FINITE = frozenset(
    """
    is are was were has have had will would could should can may might must did does do said says went came met
    held made took gave led began told put set sent
    """.split()  # noqa: SIM905
)
_SUBORDINATE = frozenset(
    """
    as after before while since despite although though because amid following when where until whose by of for to
    with on in from over against into at about
    """.split()  # noqa: SIM905
)
_CLAUSE_OPENS = frozenset(["that", "and", "but", "said", "says"])
_JOINS = re.compile(r"\s*[\"“”‘'`]*\s*")
_OPENS_QUOTE, _OPENS = re.compile(r"\s*[\"“‘'`]*\s*"), re.compile(r"[:,\"“]\s*[\"“‘'`]*\s*$")


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of an act say, whichever layer is asked about; booleans and counts in the order of the row."""

    tense: tuple[float, ...]
    verbs: tuple[float, ...]
    shape: tuple[float, ...]


@lru_cache(256)  # several acts of a page have the same words
def words_of(quote: str) -> Words:
    """The part of the features that is the same for all layers of an act."""
    low = quote.lower()
    told = _WORD.findall(low)
    some = set(told)
    return Words(
        (not some.isdisjoint(_PERFECT), _future(low, some), not some.isdisjoint(_FIRST), _hearsay(low, some)),
        (performs(low, told), "“" in quote or "”" in quote or '"' in quote),
        (
            not some.isdisjoint(_RELATIVE),
            bool(_NOMINAL.match(quote)),
            not some.isdisjoint(_FINITE) or any(word.endswith("ed") and len(word) > 4 for word in told),
            quote[:1].isupper(),
            quote.rstrip()[-1:] in '.!?”"',
        ),
    )


def performs(low: str, told: list[str] | None = None) -> int:
    """How many words, in lower case, do what they say: "urged", "denies". ``told`` are the words where they are cut."""
    words = _WORD.findall(low) if told is None else told
    return sum(map(_performing, words)) + (len(_RULED_OUT.findall(low)) if " out" in low else 0)


@lru_cache(1 << 13)
def _performing(word: str) -> bool:
    return word.startswith(_PERFORMS)


def _future(low: str, some: set[str]) -> bool:
    return not some.isdisjoint(_FUTURE) or ("to" in some and bool(_IS_TO.search(low))) or bool(_LL.search(low))


def _hearsay(low: str, some: set[str]) -> bool:
    return not some.isdisjoint(_HEARSAY) or ("to" in some and bool(_SAID_TO.search(low)))


@lru_cache(256)
def opening(ahead: str) -> tuple[float, float]:
    """Whether the words before an act make it a phrase of another clause ("after ...") or open a clause of its own."""
    low = ahead.lower()
    words = _WORD.findall(low)
    last = words[-1] if words else ""
    rest = low.rpartition(last)[2] if last else low
    return (
        last in _SUBORDINATE and bool(_JOINS.fullmatch(rest)),
        (last in _CLAUSE_OPENS and bool(_OPENS_QUOTE.fullmatch(rest))) or bool(_OPENS.search(rest)),
    )
