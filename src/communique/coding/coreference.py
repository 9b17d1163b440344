"""What a page has said so far: who was named, so that short names, roles and pronouns find their party."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from communique.actor import ActorKind
from communique.knowledge.knowledge import GREAT_POWERS

_MEMORY = 30
_TURN = 4
"""How many sentences before may give somebody the word."""


@dataclass(slots=True)
class Known:
    """A person or party that a page has named: for whom, who, in what role, of what gender.

    ``id`` is empty for a person of whom the page does not say for whom he or she acts.
    """

    id: str
    kind: ActorKind
    person: str | None = None
    title: str = ""
    title_class: str = ""
    gender: str | None = None
    also: tuple[str, ...] = ()
    plural: bool = False


@dataclass(slots=True)
class Discourse:
    """The state of reading a page, sentence by sentence.

    ``states``, ``groups``, ``bodies`` and ``sides`` count what the whole page names; ``surnames`` maps a surname
    to who bears it in this page; ``opening`` is the first state or organisation named; ``pair`` holds the parties
    last named side by side ("Russia and China"). ``named`` holds, sentence by sentence, the people named outside
    quotations: those who may have the word.
    """

    states: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    sides: Counter[str] = field(default_factory=Counter)
    surnames: dict[str, Known] = field(default_factory=dict)
    earlier: list[list[Known]] = field(default_factory=list)
    sentence: list[Known] = field(default_factory=list)
    speaker: Known | None = None
    opening: Known | None = None
    pair: list[Known] = field(default_factory=list)
    named: list[list[Known]] = field(default_factory=list)
    linked: bool = False

    def begin_sentence(self) -> None:
        """Close the sentence before."""
        if self.sentence:
            self.earlier.append(self.sentence)
            del self.earlier[:-_MEMORY]
        self.sentence = []
        self.named.append([])
        self.linked = False

    def saw(self, known: Known, joined: bool) -> None:
        """Remember a resolved mention; ``joined`` to the one before by "and" or a comma."""
        if joined and self.sentence:
            start = self.pair if self.linked else [self.sentence[-1]]
            self.pair = [*start, known]
        self.linked = joined and bool(self.sentence)
        self.sentence.append(known)
        if self.opening is None and known.kind in ("state", "igo"):
            self.opening = known

    def _first(self, fits: Callable[[Known], bool], reach: int) -> Known | None:
        """The first that fits in this sentence, else the first in each sentence before, nearest first."""
        for said in (self.sentence, *self.earlier[: -reach - 1 : -1]):
            for known in said:
                if fits(known):
                    return known
        return None

    def _last(self, fits: Callable[[Known], bool], reach: int = _MEMORY) -> Known | None:
        for said in (self.sentence, *self.earlier[: -reach - 1 : -1]):
            for known in reversed(said):
                if fits(known):
                    return known
        return None

    def pronoun(self, gender: str, speaks: bool = False) -> Known | None:
        """Who ``he`` (m), ``she`` (f), ``they`` (plural) or ``it`` (thing) is; one who ``speaks`` was named before."""
        if gender == "plural":
            return self._plural()
        if gender == "thing":
            return self._first(lambda k: k.person is None and not k.plural and k.kind in ("state", "igo", "group"), 2)
        speaker = self.speaker
        if speaker and speaker.person and speaker in self.sentence and speaker.gender in (None, gender):
            return speaker
        said = (*self.named[-2 : -_TURN - 2 : -1], *self.earlier[:-9:-1]) if speaks else ()
        for known in (k for sentence in said for k in sentence):
            if known.person and known.gender in (None, gender):
                return known
        return self._first(lambda k: bool(k.person) and k.gender in (None, gender), 8)

    def still_speaks(self, speaker: Known, gender: str) -> bool:
        """Whether "he said" goes on with who spoke last: not where only others it may mean were named since."""
        if not speaker.person or speaker.gender not in (None, gender):
            return False
        for said in (named for named in self.named[-2 : -_TURN - 2 : -1] if named):
            if fits := [k for k in said if k.gender in (None, gender)]:
                return speaker in fits
        return True

    def says_we(self) -> Known | None:
        """Who "we" and "I" are: who spoke last, unless the page has just given somebody else the word."""
        for said in self.named[:-3:-1] if self.speaker and self.speaker.person else ():
            if said:
                return self.speaker if self.speaker in said else said[0]
        return self.speaker or self.opening

    def _plural(self) -> Known | None:
        named = self._first(lambda k: k.plural or k.kind in ("group", "collective", "civilians"), 2)
        fresh = [k for said in (self.sentence, *self.earlier[-1:]) for k in said]
        if self.pair and all(k in fresh for k in self.pair) and (named is None or named not in self.sentence):
            return self.together(self.pair)
        return named or self._first(lambda k: k.person is None, 2)

    def role(self, title: str, title_class: str) -> Known | None:
        """Who a bare role ("the foreign minister") is: the latest person of that title, else of its class."""
        return self._last(lambda k: bool(k.person) and k.title != "" and title in k.title) or self._last(
            lambda k: bool(k.person) and k.title_class == title_class
        )

    def latest(self, *kinds: ActorKind) -> Known | None:
        """What was named last of these kinds, people included by whom they act for."""
        return self._last(lambda k: k.kind in kinds and bool(k.id))

    def several(self) -> Known | None:
        """Who "both countries" are: the pair named last, else the two parties named last."""
        distinct: dict[str, Known] = {}
        if len({k.id for k in self.pair}) > 1:
            return self.together(self.pair)
        for said in (self.sentence, *self.earlier[:-4:-1]):
            for known in reversed(said):
                if known.kind in ("state", "igo", "group") and known.id:
                    distinct.setdefault(known.id, known)
        return self.together(list(distinct.values())[:2]) if len(distinct) > 1 else None

    def warring(self) -> Known | None:
        """Who "both sides of the conflict" are: the government and the side or group most named against it."""
        country = self.country(conflict=True)
        rivals = (self.sides + self.groups).most_common(1)
        if country is None or not rivals:
            return self.several()
        return Known(country, "state", also=(rivals[0][0],), plural=True)

    @staticmethod
    def together(many: list[Known]) -> Known:
        """Several parties as one mention's worth: the first, and the others in ``also``."""
        ids = [i for k in many for i in (k.id, *k.also) if i]
        first = next((k for k in many if k.id), many[0])
        rest = tuple(dict.fromkeys(i for i in ids if i != first.id))
        return Known(first.id, first.kind, also=rest, plural=True)

    def country(self, conflict: bool) -> str | None:
        """The state a page is about; for the sides of a ``conflict`` the great powers come last."""
        ranked = self.states.most_common()
        if not ranked:
            return None
        if conflict:
            return next((s for s, n in ranked if s not in GREAT_POWERS and n * 5 >= ranked[0][1]), ranked[0][0])
        return ranked[0][0]
