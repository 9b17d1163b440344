"""Dates: the time expressions of a page, and which of them dates an act."""

from communique.coding.dating.finder import find_dates, resolve_shift
from communique.coding.dating.mention import DateMention

__all__ = ["DateMention", "find_dates", "resolve_shift"]
