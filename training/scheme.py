"""The label spaces the model learns: types, modes, statuses and classes of dates, in fixed order."""

from __future__ import annotations

from communique.coding.labels import DATE_CLASSES, MODE_INDEX, MODES, STATUSES, TYPE_INDEX, TYPES

__all__ = ["DATE_CLASSES", "MODES", "MODE_INDEX", "STATUSES", "TYPES", "TYPE_INDEX", "date_class"]


def date_class(date: str | None, published: str | None) -> int:
    """How a gold date relates to the publication date."""
    if date is None:
        return DATE_CLASSES.index("none")
    if published and date == published[:7]:
        return DATE_CLASSES.index("month")
    if published and date == published:
        return DATE_CLASSES.index("day")
    return DATE_CLASSES.index("other")
