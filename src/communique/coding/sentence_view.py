"""A sentence with its known phrases marked, and the questions that reading noun phrases asks of it."""

from __future__ import annotations

from dataclasses import dataclass

from communique.coding.bodies import acronym, bodies
from communique.knowledge import Knowledge, Person, tables
from communique.knowledge.phrases import Entry, Words

PARTIES = frozenset({"state", "adjective", "people", "seat", "igo", "group", "collective", "members", "broad"})
LOOSE = frozenset({"adjective", "igo", "state", "group", "seat", "members", "broad"})
BREAKING = frozenset(tables.words("words_breaking.txt"))
MODIFIERS = frozenset(tables.words("words_modifiers.txt"))
TOPICS = frozenset(tables.words("words_topics.txt"))
ACTS = frozenset(tables.words("words_acts.txt"))
FORMER = frozenset({"former", "ex", "late", "onetime", "ousted", "deposed", "formerly"})
LED = frozenset(["backed", "sponsored", "funded", "supplied", "trained", "made", "born", "educated", "based", "held"])
DEFINITE = frozenset({"the", "its", "their", "his", "her", "this", "that", "own", "these", "our"})


@dataclass(slots=True)
class Found:
    """A noun phrase, words ``first`` to ``last`` (excluded), before it is resolved.

    ``shape`` is ``party``, ``person`` (a known or full name), ``surname`` (a single capitalised word), ``role``
    (a title without a name), ``agent`` (an unnamed agent), ``pronoun`` or ``stop``. ``party`` is the party the
    phrase itself names and ``second`` another; ``name`` covers the words of a name inside it.
    """

    shape: str
    first: int
    last: int
    party: Entry | None = None
    second: Entry | None = None
    title: str = ""
    title_class: str = ""
    side: str = ""
    bodies: tuple[str, ...] = ()
    person: Person | None = None
    name: tuple[int, int] | None = None
    gender: str | None = None
    former: bool = False
    adjective: bool = False
    definite: bool = False
    plural: bool = False
    where: str = ""


class View:
    """The words of a sentence, the known phrase that begins at each, and which words such phrases take."""

    def __init__(self, words: Words, known: Knowledge) -> None:
        self.words = words
        self.known = known
        self.entries: list[tuple[int, Entry] | None] = [None] * words.size
        self.taken = [False] * words.size
        free, phrases, firsts, small = 0, known.phrases, known.phrases.firsts, known.phrases.small
        marks = zip(words.capital, words.lower, strict=True)
        for i in [i for i, (capital, word) in enumerate(marks) if word in (firsts if capital else small)]:
            if i >= free and (hit := phrases.at(words, i)) is not None:
                self.entries[i], free = hit, i + hit[0]
                self.taken[i:free] = [True] * hit[0]
        self.own: list[tuple[int, int, Entry]] = []
        for i, n, entry in bodies(words, self.entries):
            self.own.append((i, n, entry))
            self._put(i, n, entry)

    def _put(self, i: int, n: int, entry: Entry) -> None:
        """Let ``n`` words from ``i`` be a known phrase, in place of what began among them."""
        self.entries[i : i + n] = [(n, entry), *[None] * (n - 1)]
        self.taken[i : i + n] = [True] * n

    def short_forms(self) -> dict[str, Entry]:
        """The short forms that the sentence gives for the bodies it names: "Popular Resistance Movement (PRM)"."""
        pairs = ((acronym(self.words, i + n), entry) for i, n, entry in self.own)
        return {short: entry for short, entry in pairs if short}

    def name_again(self, short: dict[str, Entry]) -> None:
        """Know bodies by the short forms that the page has given for them."""
        for i, word in enumerate(self.words.text):
            if word in short and self.entries[i] is None:
                self._put(i, 1, short[word])

    def hit(self, i: int, *kinds: str) -> tuple[int, Entry] | None:
        """The known phrase at word ``i``, if it is of one of ``kinds``."""
        found = self.entries[i] if 0 <= i < self.words.size else None
        return found if found is not None and found[1].kind in kinds else None

    def lower(self, i: int) -> str:
        """Word ``i`` in lower case, or nothing beyond the sentence."""
        return self.words.lower[i] if 0 <= i < self.words.size else ""

    def gap(self, i: int) -> str:
        """What stands before word ``i``, or a full stop beyond the sentence."""
        return self.words.gap[i] if 0 <= i < self.words.size else "."

    def tight(self, i: int) -> bool:
        """Whether word ``i`` follows the one before without a break."""
        return i < self.words.size and self.words.tight[i]

    def text(self, i: int, j: int) -> str:
        """Words ``i`` to ``j`` in lower case."""
        return " ".join(self.words.lower[i:j])

    def possessive(self, i: int) -> bool:
        """Whether word ``i`` is the s of "Iran's"."""
        return self.lower(i) == "s" and self.words.gap[i][-1:] in ("'", "’", "`")

    def definite(self, i: int) -> bool:
        """Whether the phrase at ``i`` is marked as known: by an article or the like, or by opening the sentence."""
        return i == 0 or self.lower(i - 1) in DEFINITE or (i == 1 and self.possessive(0))

    def former_before(self, i: int) -> bool:
        """Whether one of the three words before ``i`` says "former"."""
        return any(self.words.lower[k] in FORMER for k in range(max(0, i - 3), i))
