"""A DateMention is a time expression of a page with the date it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grain = Literal["day", "weekend", "week", "month", "quarter", "season", "year", "decade", "century", "range", "vague"]
MentionKind = Literal["absolute", "partial", "weekday", "relative", "relative-to-event", "since", "range", "vague"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression: its range in the text and the date it stands for.

    ``value`` is ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or a range ``start/end`` of two such
    dates, or None where the words are vague or the page lacks what would settle them.
    ``kind`` says what the value rests on: ``absolute`` (nothing but the words), ``partial``
    (the year was filled in), ``weekday`` or ``relative`` (counted from publication),
    ``relative-to-event`` (counted from another date of the story; ``shift`` is then the
    distance as an ISO 8601 duration with a sign, such as ``+P1M``), ``since`` (open to
    publication), ``range`` or ``vague``. ``how`` names the rule, in words.
    """

    start: int
    end: int
    value: str | None
    grain: Grain
    kind: MentionKind
    how: str
    shift: str | None = None

    @property
    def first(self) -> str | None:
        """The value, or where it is a range its start."""
        return self.value.split("/")[0] if self.value else None

    @property
    def last(self) -> str | None:
        """The value, or where it is a range its end."""
        return self.value.split("/")[-1] if self.value else None
