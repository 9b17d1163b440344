"""Marked text is the text, whatever overlaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.web.marking import Span, lines

TEXTS = st.text(alphabet="ab \n", max_size=40)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=6))
def test_the_pieces_are_the_text(text: str, ranges: list[tuple[int, int]]) -> None:
    """Joined, the pieces give the text back, and each character bears exactly the events whose range holds it."""
    spans = [Span(a, min(len(text), a + n), f"e{i}", "words") for i, (a, n) in enumerate(ranges) if a < len(text)]
    at = 0
    made = lines(text, {}, spans)
    assert "\n".join("".join(piece["text"] for piece in line["pieces"]) for line in made) == text
    for line in made:
        for piece in line["pieces"]:
            for _ in piece["text"]:
                assert set(piece["events"]) == {span.event for span in spans if span.start <= at < span.end}
                at += 1
        at += 1


def test_a_range_over_lines_begins_once() -> None:
    """The flag of an event stands where its words begin, and nowhere else."""
    made = lines("one two\nthree four", {}, [Span(4, 13, "e1", "words")])
    begins = [piece["text"] for line in made for piece in line["pieces"] if piece["begins"]]
    assert begins == ["two"]
