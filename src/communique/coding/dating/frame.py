"""What a rule reads its value from: the tokens it matched, the anchor date and the dates before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from communique.coding.dating.calendar import make, parse
from communique.coding.dating.mention import DateMention, Grain, MentionKind
from communique.coding.dating.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Anchor:
    """The publication date, as far as it is known: parts that are not known are None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, published: str | None) -> Anchor:
        """The anchor that an ISO date gives; an empty one where it is missing or no date."""
        return cls(*(parse(published) or (None, None, None)))

    @property
    def today(self) -> date | None:
        """The day, where year, month and day are known."""
        return date(self.year, self.month, self.day) if self.year and self.month and self.day else None

    @property
    def value(self) -> str | None:
        """The anchor as an ISO date, as fine as it is known."""
        return make(self.year, self.month, self.day) if self.year else None


class Reading(NamedTuple):
    """What a rule made of its words; the parts of a DateMention but its place."""

    value: str | None
    grain: Grain
    kind: MentionKind
    how: str
    shift: str | None = None


VAGUE = Reading(None, "vague", "vague", "no date in the words")


@dataclass(slots=True)
class Frame:
    """The tokens ``first`` to ``last`` (exclusive) that a rule matched, and what surrounds them."""

    tokens: Tokens
    anchor: Anchor
    first: int = 0
    last: int = 0
    before: list[DateMention] = field(default_factory=list)

    def at(self, tags: str, nth: int = 0) -> int | None:
        """Index of the ``nth`` matched token with one of these tags."""
        found = [i for i in range(self.first, self.last) if self.tokens.tags[i] in tags]
        return found[nth] if len(found) > nth else None

    def get(self, tags: str, nth: int = 0) -> int | str | None:
        """Value of the ``nth`` matched token with one of these tags."""
        index = self.at(tags, nth)
        return None if index is None else self.tokens.values[index]

    def number(self, tags: str, nth: int = 0) -> int | None:
        """As ``get``, for numbers only."""
        value = self.get(tags, nth)
        return value if isinstance(value, int) else None

    def text(self, tags: str, nth: int = 0) -> str:
        """As ``get``, for words only; empty where there is none."""
        value = self.get(tags, nth)
        return value if isinstance(value, str) else ""

    def tag_before(self, back: int = 1) -> str:
        """Tag of the token ``back`` places before the match; a break at the start."""
        return self.tokens.tags[self.first - back] if self.first >= back else "|"

    def tag_after(self) -> str:
        """Tag of the token right after the match; a break at the end."""
        return self.tokens.tags[self.last] if self.last < len(self.tokens.tags) else "|"

    def word_before(self, back: int = 1) -> str:
        """The word ``back`` places before the match, lower case."""
        return self.tokens.word(self.first - back).lower() if self.first >= back else ""

    def known_before(self, reach: int = 700) -> DateMention | None:
        """The last date mentioned before, within ``reach`` characters, that has a value."""
        here = self.tokens.starts[self.first]
        near = (m for m in reversed(self.before) if m.value and m.kind not in ("vague", "since"))
        found = next(near, None)
        return found if found and here - found.end <= reach else None
