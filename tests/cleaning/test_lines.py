"""Lines of a page, and the characters counted in them."""

from __future__ import annotations

import pytest

from communique.cleaning.characters import class_counts, code_points
from communique.cleaning.lines import split_lines
from communique.cleaning.wording import STRETCH, page_words


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
    """A very long line is counted as well as a short one."""
    text = "A, b.\n" + "x" * length + "\n" + "Y" * 3
    codes, lines = code_points(text), split_lines(text)
    counts = class_counts(codes, lines, page_words(codes, lines))
    assert counts["letter"].tolist() == [2, length, 3] and counts["upper"].tolist() == [1, 0, 3]
    assert counts["comma"].tolist() == [1, 0, 0] and counts["stop"].tolist() == [1, 0, 0]


@pytest.mark.parametrize("word", ["a", "Envoy", "x" * 32, "y" * 33, "z" * 90, "Gesandtschaft"])
def test_a_word_has_one_hash_wherever_it_stands(word: str) -> None:
    """The place on the page is no part of a word's hash, where the powers begin anew neither."""
    places = (0, 1, STRETCH - 1 - len(word) // 2, STRETCH, 2 * STRETCH - 1)
    hashes = set()
    for place in places:
        text = "." * place + word + " other words"
        words = page_words(code_points(text), split_lines(text))
        assert words.lengths.tolist() == [len(word), 5, 5] and words.counts.tolist() == [3]
        hashes.add(int(words.hashes[0]))
    letters = [ord(letter) for letter in word.lower()]
    wanted = sum(code * 1_000_003 ** min(at, 31) for at, code in enumerate(letters)) % 2**64
    assert hashes == {wanted}


def test_words_are_counted_line_by_line() -> None:
    """Each line has as many words as it holds, a line of marks none, and equal words have one number."""
    text = "Talks begin.\n***\nBegin talks again\n- - -"
    lines = split_lines(text)
    words = page_words(code_points(text), lines)
    assert words.counts.tolist() == [2, 0, 3, 0] and words.line.tolist() == [0, 0, 2, 2, 2]
    talks, begin, begins, talked, again = words.ids.tolist()
    assert (talks, begin) == (talked, begins) and len({talks, begin, again}) == 3
