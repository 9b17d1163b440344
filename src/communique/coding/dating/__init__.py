"""Dates: the time expressions of a page, and which of them dates an act."""

from communique.coding.dating.candidates import DatedPage
from communique.coding.dating.chooser import Asked, event_dates
from communique.coding.dating.finder import find_dates, resolve_shift
from communique.coding.dating.mention import DateMention

__all__ = ["Asked", "DateMention", "DatedPage", "event_dates", "find_dates", "resolve_shift"]
