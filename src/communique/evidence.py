"""Evidence is a character range of a Page's text, with the words: exact, or absent, never fuzzy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The half-open range ``[start, end)`` of a Page's text, in code points, and its words."""

    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Evidence:
        """The words of ``text`` from ``start`` to ``end``, without space at either side.

        Raises ValueError where the range holds no words or lies outside the text.
        """
        if not 0 <= start < end <= len(text):
            raise ValueError(f"no words at {start}..{end} of a text of {len(text)} characters")
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start >= end:
            raise ValueError(f"only space at {start}..{end}")
        return cls(start, end, text[start:end])

    def overlaps(self, other: Evidence) -> bool:
        """Whether the two ranges share a character."""
        return self.start < other.end and other.start < self.end
