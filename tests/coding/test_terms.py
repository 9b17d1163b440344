"""Terms of acts, on sentences written for the purpose."""

from __future__ import annotations

import pytest

from communique.coding.terms import terms


def read(kind: str, text: str, mode: str | None = None) -> list[tuple[str, str | None, str]]:
    """Role, actor and words of each term of an act by NOR toward PER."""
    span = (0, len(text))
    return [(t.role, t.actor, t.evidence.quote) for t in terms(kind, span, span, text, ["NOR"], ["PER"], mode=mode)]


@pytest.mark.parametrize(
    "kind, text, expected",
    [
        ("REQUEST", "Norway urged Peru to free the crew.", ("asks", "PER", "free the crew")),
        ("REQUEST", "Norway called for an end to the blockade.", ("asks", "PER", "an end to the blockade")),
        ("REQUEST", "Norway demanded that the crew be freed.", ("asks", "PER", "the crew be freed")),
        ("PROPOSE", "Norway offered to send doctors.", ("gives", "NOR", "send doctors")),
        ("PROPOSE", "Norway offered on March 10 to send doctors.", ("gives", "NOR", "send doctors")),
        ("PROPOSE", "Norway offered on Friday to send doctors.", ("gives", "NOR", "send doctors")),
        ("AGREE", "Norway agreed to cut tariffs.", ("gives", "NOR", "cut tariffs")),
        ("REJECT", "Norway will not sign unless Peru pulls out.", ("condition", "PER", "unless Peru pulls out")),
    ],
)
def test_terms(kind: str, text: str, expected: tuple[str, str, str]) -> None:
    """What is asked, given or made a condition is read in its exact words, with whose it is."""
    assert expected in read(kind, text)


def test_exchange_has_two_sides() -> None:
    """What is offered is given, what stands behind "in exchange for" is asked."""
    found = read("PROPOSE", "Norway offered to lift sanctions in exchange for a halt to enrichment.")
    assert [(role, words) for role, _, words in found] == [
        ("gives", "lift sanctions"),
        ("asks", "a halt to enrichment"),
    ]


def test_a_plan_asks_and_an_offer_gives() -> None:
    """The mode of a proposal decides the role of its object."""
    text = "Norway proposed a ceasefire."
    assert read("PROPOSE", text, "plan")[0][0] == "asks"
    assert read("PROPOSE", text, "offer")[0][0] == "gives"


def test_only_bargaining_has_terms() -> None:
    """Types that bargain over nothing have no terms."""
    assert read("ASSAULT", "Norway shelled a port to force Peru to yield.") == []


def test_evidence_is_exact() -> None:
    """The words of a term stand in the text at its offsets."""
    text = "“Norway must act,” he said, and urged Peru to “free the crew” if it can."
    for term in terms("REQUEST", (0, len(text)), (0, len(text)), text, [], []):
        assert text[term.evidence.start : term.evidence.end] == term.evidence.quote


def test_only_the_codebooks_roles_are_given() -> None:
    """The object of a refusal is its matter, not a term."""
    text = "Iceland rejected a Norwegian offer to withdraw the ships."
    found = terms("REJECT", (0, len(text)), (0, len(text)), text, ["ISL"], ["NOR"])
    assert {term.role for term in found} <= {"gives", "asks", "condition"}
