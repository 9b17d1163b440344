"""Sentences: where they end, what stays together, and that odd pages cannot slow the cut."""

from __future__ import annotations

import itertools
import time

import pytest

from communique.coding.sentences import LONGEST, sentences


def cut(text: str) -> list[str]:
    """The sentences of a text of one line, as words."""
    return [text[a:b] for a, b in sentences(text, [(0, len(text))])]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Oslo agreed. Lima did not.", ["Oslo agreed.", "Lima did not."]),
        ("Gen. A. B. Moe met Lt. Roe. They spoke.", ["Gen. A. B. Moe met Lt. Roe.", "They spoke."]),
        ("The U.S. Senate voted. It passed.", ["The U.S. Senate voted.", "It passed."]),
        ("He flew to the U.S. The talks go on.", ["He flew to the U.S.", "The talks go on."]),
        ("Resolution No. 12 passed. No. It failed.", ["Resolution No. 12 passed.", "No.", "It failed."]),
        ("“We refuse.” He left.", ["“We refuse.”", "He left."]),
        ("“Will you go?” he asked. “No!” she said.", ["“Will you go?” he asked.", "“No!” she said."]),
        ("OSLO, May 21. /TASS/. Talks began.", ["OSLO, May 21.", "/TASS/.", "Talks began."]),
        ('He said : " we refuse . " Then he left .', ['He said : " we refuse . "', "Then he left ."]),
        ("Prices rose 3.5 percent. Rates fell.", ["Prices rose 3.5 percent.", "Rates fell."]),
        ("We wait... and see. So do they.", ["We wait... and see.", "So do they."]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    """A sentence ends at its own stop, not at an abbreviation's, and keeps its closing quotes."""
    assert cut(text) == expected


def test_offsets_are_of_the_whole_text_and_inside_the_ranges() -> None:
    """Ranges given are respected, and what lies between them is left out."""
    text = "Furniture. \n  One act. Another act.  \nMore furniture."
    start = text.index("  One")
    found = sentences(text, [(start, text.index("\nMore"))])
    assert [text[a:b] for a, b in found] == ["One act.", "Another act."]


def test_every_character_is_in_one_sentence() -> None:
    """Nothing but space is lost, and no two sentences overlap."""
    text = 'A. B! C? "D." (E.) F ... G; h -LRB- i . -RRB- J.K. L\nM “n.” o.' * 20
    found = sentences(text, [(0, len(text))])
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(found))


def test_a_very_long_sentence_is_cut() -> None:
    """No sentence is longer than LONGEST, and semicolons are preferred as places to cut."""
    clause = "the parties agreed to meet again in the spring" + " and to talk" * 20
    found = cut("; ".join([clause] * 6))
    assert all(len(s) <= LONGEST for s in found)
    assert sum(s.endswith(";") for s in found) == 2


@pytest.mark.parametrize("unit", [". ", "a", '" ', ".", "? ) ", "x. ", " ", "A.B."])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """A single line of a megabyte is cut within seconds, whatever it repeats."""
    text = unit * (1_000_000 // len(unit))
    begun = time.process_time()
    sentences(text, [(0, len(text))])
    assert time.process_time() - begun < 10


def test_empty() -> None:
    """Ranges of nothing but space hold no sentence."""
    assert sentences("  \n ", [(0, 4)]) == []
    assert sentences("", []) == []
