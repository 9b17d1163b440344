"""A Decision is a person's judgement on an event, a field or a link: a row, never an edit.

Undo, audit, agreement and the feed of changes are all read off these rows. Nothing a coder or a
linker does changes or removes one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Judgement = Literal["accept", "correct", "reject", "same", "different"]
Subject = Literal["event", "link"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What ``who`` decided at ``decided`` (ISO 8601, UTC) about ``target``.

    ``subject`` says what is judged: an ``event`` (``accept``, ``reject``, or ``correct`` of ``field``
    to ``value``) or a ``link`` between two events (``same`` act or ``different`` acts; ``other`` is
    the second event). ``withdrawn`` is the moment it was taken back, or None while it stands.
    """

    who: str
    subject: Subject
    target: str
    judgement: Judgement
    decided: str
    field: str | None = None
    value: Any = None
    other: str | None = None
    note: str | None = None
    withdrawn: str | None = None
    id: int | None = None

    @property
    def stands(self) -> bool:
        """Whether the decision has not been withdrawn."""
        return self.withdrawn is None
