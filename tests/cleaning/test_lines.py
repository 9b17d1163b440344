"""Lines of a page, and the characters counted in them."""

from __future__ import annotations

import pytest

from communique.cleaning.characters import class_counts, code_points
from communique.cleaning.lines import split_lines


def test_lines_of_all_ends_are_ranges_of_the_text() -> None:
    """Every kind of line end cuts; numbers count line feeds alone; space at the sides belongs to no line."""
    text = "one\r\n\n  two \x85three\u2028\n \t\n\nfour"
    lines = split_lines(text)
    assert lines.texts == ["one", "two", "three", "four"]
    assert [text[start:end] for start, end in zip(lines.starts, lines.ends, strict=True)] == lines.texts
    assert lines.numbers == [0, 2, 2, 5]
    assert lines.gaps == [0, 1, 0, 2] and lines.indents == [0, 2, 0, 0]
    starts, ends = lines.bounds()
    assert starts.tolist() == lines.starts and ends.tolist() == lines.ends


@pytest.mark.parametrize("text", ["", "\n\n", " \r\n\t"])
def test_a_text_without_words_has_no_lines(text: str) -> None:
    """Space alone makes no line, and its bounds are empty arrays."""
    lines = split_lines(text)
    assert len(lines) == 0 and [len(bound) for bound in lines.bounds()] == [0, 0]


@pytest.mark.parametrize("length", [10, 65_535, 65_536, 70_000])
def test_characters_are_counted_in_lines_of_any_length(length: int) -> None:
    """A line longer than the narrow counters hold is counted as well as a short one."""
    text = "A, b.\n" + "x" * length + "\n" + "Y" * 3
    counts = class_counts(code_points(text), split_lines(text))
    assert counts["letter"].tolist() == [2, length, 3] and counts["upper"].tolist() == [1, 0, 3]
    assert counts["comma"].tolist() == [1, 0, 0] and counts["stop"].tolist() == [1, 0, 0]
