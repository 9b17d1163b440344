"""The matter of an act, on sentences written for the purpose."""

from __future__ import annotations

import pytest

from communique.coding import code_page
from communique.coding.labels import TYPE_INDEX
from communique.coding.matter import Told, names_a_party
from communique.coding.matter_spans import lay
from communique.coding.matter_words import balanced, pointed, stands_alone
from communique.coding.mentions import find_mentions
from communique.coding.windows import Sentence, prepare
from communique.reading import Source, text_page


def sentence(text: str) -> Sentence:
    """A text as one sentence with its parties."""
    span = (0, len(text))
    return prepare(text, [span], find_mentions(text, [span], "2024-03-01"), False)[0]


def runs(text: str) -> set[str]:
    """The runs of a sentence that may be a matter."""
    one = sentence(text)
    may = lay([one], [0], text).may[: len(one.ids)]
    return {text[one.offsets[i][0] : one.offsets[i + k][1]] for i, k in zip(*may.nonzero(), strict=True)}


def matters(body: str) -> list[str | None]:
    """The matters of the acts that a page of one paragraph tells."""
    page = f"Ferries in the north\n\nThe Sample Wire\n2024-03-12\n\nOSLO, March 12 - {body}\n"
    return [event.about for event in code_page(text_page(page.encode(), Source(doc="ferries"))).events]


@pytest.mark.parametrize(
    "text, whole, cut",
    [
        ("Norway urged sanctions over the ferry case, he said.", "the ferry case", "the ferry"),
        ("Norway rejected a U.S. State Department call.", "a U.S. State Department call", "a U.S"),
        ("Norway asked for a halt to the fishing of cod.", "the fishing of cod", "the fishing"),
        ("Norway offered 20 patrol boats.", "20 patrol boats", "patrol boats"),
        ("Norway praised the king's visit.", "the king's visit", "visit"),
        ("Norway met President Karin Holm on Monday.", "President Karin Holm", "Holm"),
        ("Norway hailed the Danish fleet.", "the Danish fleet", "the Danish"),
    ],
)
def test_a_matter_is_a_whole_phrase(text: str, whole: str, cut: str) -> None:
    """It ends neither inside a name, a number, an abbreviation nor before the noun, and begins with its article."""
    assert whole in runs(text)
    assert cut not in runs(text)


def test_a_matter_reaches_over_no_clause_and_no_blank_line() -> None:
    """A verb with a subject of its own, a semicolon or a blank line parts two matters."""
    found = runs("Norway wants cod; it said herring was enough\n\nFerries stopped.")
    assert {"cod", "herring", "Ferries"} <= found
    assert not any(";" in run or " was " in run or "\n" in run for run in found)


def test_a_matter_holds_both_marks_of_a_quotation() -> None:
    """ "the “full and free" is none."""
    found = runs("Norway asked for the “full and free” use of ports.")
    assert "the “full and free” use of ports" in found
    assert "the “full and free" not in found


@pytest.mark.parametrize("words", ["him", "on the quay", "Monday", "was shelled", "and cod"])
def test_what_begins_no_matter(words: str) -> None:
    """Pronouns, days, auxiliaries, and prepositions of place."""
    assert words not in runs(f"Norway spoke of {words} again.")


@pytest.mark.parametrize(
    "words",
    [
        "Wednesday",
        "the end of August",
        "several times",
        "two days later",
        "three months",
        "16%",
        "arrested",
        "cod, herring",
        "swiftly freed",
        "a “plan",
        "plan’ again",
        "2014 to withdraw its ships",
        "March 2014 to withdraw its ships",
        "Norway welcomed the plan",
    ],
)
def test_what_does_not_stand_alone(words: str) -> None:
    """A day, a time, a number, a lone participle, half a quotation, half a date or a clause is no title."""
    assert not stands_alone(words)


@pytest.mark.parametrize("words", ["resign", "the end of the war", "the states' demand", "‘plan’ again", "Peru's cod"])
def test_what_stands_alone(words: str) -> None:
    """An apostrophe is no quotation mark."""
    assert stands_alone(words)
    assert balanced(words)


def test_the_point_of_an_abbreviation_is_its_own() -> None:
    """ "U.N." keeps its point at the end of a matter, a sentence's last word gives it up."""
    assert pointed("the U.N. met", 0, 7)
    assert not pointed("the ferry. It", 0, 9)


def test_a_name_is_no_matter_but_of_talks() -> None:
    """ "Peru" is what talks are on, not what is refused; and who acts begins none."""
    one = sentence("Norway rejects cod from Peru.")
    last = len(one.ids) - 2
    for kind, no in (("CONSULT", False), ("REJECT", True)):
        told = Told(0, TYPE_INDEX[kind], (0, 6), (0, 29), frozenset({"NOR"}), frozenset(), True)
        assert names_a_party(one, told, last, last + 1) is no
        assert names_a_party(one, told, 0, 3)
        assert not names_a_party(one, told, 2, last + 1)


def test_every_matter_is_in_the_page() -> None:
    """Each is an exact run of the page's words."""
    body = "Norway urged Iceland to reopen the northern ferry, and Iceland rejected the demand."
    found = matters(body)
    assert found
    assert all(about is None or about in body for about in found)
    assert any(about and "northern ferry" in about for about in found)


def test_a_page_without_acts_has_no_matters() -> None:
    """Nothing is asked of the network then."""
    assert matters("The harbour was full of visitors, and the weather was fine.") == []
