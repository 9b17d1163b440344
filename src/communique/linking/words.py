"""What an act is about, as weighted words: stemmed, joined into concepts, rare words weighing more.

Two reports are about one matter as far as these words agree (``likeness``). The weights are a fixed
table, not counts over the ledger, so the likeness of two reports never changes as pages are added.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
LEAST = 0.05  # weight of a word that still tells something
SAYS_ENOUGH = 1.0  # weight of shared words from which two names of a matter are taken at their likeness
SHORT = 80  # characters of a text whose tokens are remembered
LONGEST_TEXT = 1200  # characters read of any one field: a quote is a sentence, the rest is noise
# fmt: off
_SUFFIXES = (
    "ization", "ation", "ments", "ment", "ities", "ity", "ings", "ing", "ies", "ers", "ed", "es", "er", "ly", "s",
)
# fmt: on


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = files("communique.linking").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def stopwords() -> frozenset[str]:
    """Words that say nothing of a matter."""
    return frozenset(word for line in _lines("stopwords.txt") for word in line.split())


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The word without its ending: light, so that "proposed" and "proposes" meet, and no more."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


@cache
def _concepts() -> tuple[dict[str, str], re.Pattern[str]]:
    """Single stems to concepts, and one pattern for the phrases of several words."""
    single: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for line in _lines("concepts.tsv"):
        concept, _, forms = line.partition("\t")
        for form in (f.strip() for f in forms.split(",")):
            (phrases if " " in form else single)[form if " " in form else stem(form)] = concept
    ordered = sorted(phrases, key=len, reverse=True)
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(p) for p in ordered) + r")\b")
    _phrase_concepts.update(phrases)
    _phrase_starts.update(WORD.findall(phrase)[0] for phrase in phrases)
    return single, pattern


_phrase_concepts: dict[str, str] = {}
_phrase_starts: set[str] = set()  # their first words: most texts hold none of them
FORMS = frozenset({"talks", "round", "conference", "deal", "proposal"})  # concepts of how parties deal, not of what


@cache
def matters() -> frozenset[str]:
    """The concepts that name a matter ("departure", "enrichment")."""
    single, _ = _concepts()
    return frozenset({*single.values(), *_phrase_concepts.values()}) - FORMS


@cache
def _counts() -> tuple[int, dict[str, int]]:
    rows = [line.split("\t") for line in _lines("word_counts.tsv")]
    return int(rows[0][1]), {word: int(n) for word, n in rows[1:]}


@lru_cache(maxsize=100_000)
def weight(word: str) -> float:
    """How much a word tells, 0..1: 1 for one never seen in training, near 0 for one in every event."""
    total, counts = _counts()
    return math.log((total + 1) / (counts.get(word, 1) + 0.5)) / math.log((total + 1) / 1.5)


def tokens(text: str) -> list[str]:
    """The stems and concepts of a text, in order, without stopwords."""
    return list(_short(text)) if len(text) <= SHORT else _tokens(text)


@lru_cache(maxsize=20_000)
def _short(text: str) -> tuple[str, ...]:
    """The tokens of a short text: a matter is looked at again and again, with every report of an act."""
    return tuple(_tokens(text))


def _tokens(text: str) -> list[str]:
    pattern = _concepts()[1]
    text = " ".join(text[:LONGEST_TEXT].lower().split())  # a line break or no-break space would part a phrase
    text = text.replace("’", "'").replace("'s ", " ")
    found: list[str] = []
    words = WORD.findall(text)
    if not _phrase_starts.isdisjoint(words) or "-" in text:
        found = [_phrase_concepts[m.group()] for m in pattern.finditer(text)]
        words = WORD.findall(pattern.sub(" ", text)) if found else words
    found += [key for word in words if (key := token(word))]
    return found


@lru_cache(maxsize=200_000)
def token(word: str) -> str | None:
    """The stem or concept of a word, or None for a stopword."""
    if word in stopwords() or not (len(word) > 2 or word.isdigit()):
        return None
    key = stem(word)
    return _concepts()[0].get(key, key)


@lru_cache(maxsize=20_000)
def name_tokens(name: str) -> tuple[str, ...]:
    """The tokens of a party's name: few names stand in most events."""
    return tuple(tokens(name))


def vector(
    about: str | None, quote: str, others: Iterable[str] = (), ignore: frozenset[str] = frozenset()
) -> dict[str, float]:
    """The weighted words of a matter: those of ``about`` count twice, of quote and ``others`` once.

    ``ignore`` holds stems that name the parties themselves.
    """
    words: dict[str, float] = {}
    for text in (quote, *others):
        for word in tokens(text):
            words[word] = _once(word)
    for word in tokens(about or ""):
        words[word] = _twice(word)
    return {word: heavy for word, heavy in words.items() if heavy and word not in ignore}


@lru_cache(maxsize=200_000)
def _once(word: str) -> float:
    """The weight of a word to two places, 0 for one that tells next to nothing."""
    return round(weight(word), 2) if weight(word) > LEAST else 0.0


@lru_cache(maxsize=200_000)
def _twice(word: str) -> float:
    return round(2 * weight(word), 2) if 2 * weight(word) > LEAST else 0.0


def likeness(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two weighted word lists, 0..1."""
    if len(b) < len(a):
        a, b = b, a
    dot = sum(w * b[word] for word, w in a.items() if word in b)
    if not dot:
        return 0.0
    return dot / math.sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))


def named_alike(one: str | None, words: Mapping[str, float], other: str | None, its: Mapping[str, float]) -> float:
    """How far two acts' matters are named alike, 0..1: the cosine over the words of ``one`` and ``other`` alone.

    Of those count what the acts' weighted words ``words`` and ``its`` hold, so not the names of parties. Two sentences
    of one act may share little beside its matter. But to share "the talks" says little, so shared words that together
    weigh less than ``SAYS_ENOUGH`` count in proportion.
    """
    first, second = _named(one, words), _named(other, its)
    shared = sum(heavy for word, heavy in first.items() if word in second)
    return likeness(first, second) * min(1.0, shared / SAYS_ENOUGH) if shared else 0.0


def _named(about: str | None, words: Mapping[str, float]) -> dict[str, float]:
    return {word: weight(word) for word in tokens(about or "") if word in words}


def telling(words: Mapping[str, float], most: int = 6) -> list[str]:
    """The ``most`` heaviest words, for looking up reports of one matter."""
    return heaviest_first(words)[:most]


def heaviest_first(words: Mapping[str, float]) -> list[str]:
    """Weighted words, the heaviest first, in the order of the alphabet among equals."""
    return sorted(sorted(words), key=words.__getitem__, reverse=True)  # sorting keeps the order of equals
