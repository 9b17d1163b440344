"""What a page has said so far: who was named, so that short names, roles and pronouns find their party."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from communique.knowledge.knowledge import GREAT_POWERS


@dataclass(slots=True)
class Known:
    """A person or party a page has named: the party id, who, in what role and of what gender."""

    id: str
    kind: str
    person: str | None = None
    title: str = ""
    title_class: str = ""
    gender: str | None = None
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class Discourse:
    """The state of reading a page.

    ``states`` counts every state of the page; ``surnames`` maps a surname to who bears it in this page.
    """

    states: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    surnames: dict[str, Known] = field(default_factory=dict)
    recent: list[Known] = field(default_factory=list)
    sentence: list[Known] = field(default_factory=list)
    topic: Known | None = None
    plural: Known | None = None

    def begin_sentence(self) -> None:
        """Close the sentence before: its first person is now the topic."""
        for known in self.sentence:
            if known.person:
                self.topic = known
                break
        self.recent.extend(self.sentence)
        del self.recent[:-40]
        self.sentence = []

    def saw(self, known: Known) -> None:
        """Remember a resolved mention."""
        self.sentence.append(known)

    def pronoun(self, gender: str) -> Known | None:
        """Who ``he``, ``she`` or ``they`` is."""
        if gender == "plural":
            return self._latest(lambda k: k.person is None)
        fits = [k for k in self.sentence if k.person and k.gender in (None, gender)]
        if fits:
            return fits[0]
        if self.topic and self.topic.gender in (None, gender):
            return self.topic
        return self._latest(lambda k: bool(k.person) and k.gender in (None, gender))

    def role(self, title: str, title_class: str) -> Known | None:
        """Who a bare role ("the foreign minister") is: the latest person of that title, else of its class."""
        return self._latest(lambda k: bool(k.person) and k.title != "" and title in k.title) or self._latest(
            lambda k: bool(k.person) and k.title_class == title_class
        )

    def _latest(self, fits) -> Known | None:  # type: ignore[no-untyped-def]
        for pool in (self.sentence, self.recent):
            for known in reversed(pool):
                if fits(known):
                    return known
        return None

    def latest_state(self) -> Known | None:
        """The state or organisation named last."""
        return self._latest(lambda k: k.kind in ("state", "igo"))

    def country(self, conflict: bool) -> str | None:
        """The state a page is about; for the sides of a ``conflict`` great powers come last."""
        ranked = self.states.most_common()
        if conflict:
            return next((s for s, _ in ranked if s not in GREAT_POWERS), ranked[0][0] if ranked else None)
        return ranked[0][0] if ranked else None
