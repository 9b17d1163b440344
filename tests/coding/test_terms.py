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


@pytest.mark.parametrize(
    "kind, text, expected",
    [
        ("AGREE", "Norway agreed with Peru to cut tariffs.", ["cut tariffs"]),
        ("AGREE", "Norway signed an agreement with Peru in Lima last year.", []),
        ("PROPOSE", "The terms proposed by the Norwegian delegation stand.", []),
        ("PROPOSE", "Norway presented a draft resolution that would end the blockade.", ["end the blockade"]),
        ("PROPOSE", "Norway offered to let U.N. monitors in.", ["let U.N. monitors in"]),
        ("PROPOSE", "Norway proposed to meet in Lima, and Peru has agreed.", ["meet in Lima"]),
        (
            "REQUEST",
            "Norway urged Peru to free the crew “as soon as possible.”",
            ["free the crew “as soon as possible.”"],
        ),
        ("REQUEST", "Norway called for Peru to stand down.", ["stand down"]),
        ("REQUEST", "An envoy, on condition of anonymity, urged Peru to pay.", ["pay"]),
        ("ACCEPT", "Norway accepted the plan.", []),
    ],
)
def test_a_term_is_whole_and_no_more_than_the_term(kind: str, text: str, expected: list[str]) -> None:
    """Neither who made an offer nor its name is a term; a term ends neither in an abbreviation nor in a quotation."""
    assert [words for _, _, words in read(kind, text, "plan" if kind == "PROPOSE" else None)] == expected


def test_only_the_act_asked_about_has_the_term() -> None:
    """Where a sentence tells several acts, the word that the act turns on tells whose term it is."""
    text = "Norway, which had urged Peru to pay, has now called on Chad to free the crew."
    turn = text.index("called")
    found = terms("REQUEST", (0, len(text)), (0, len(text)), text, ["NOR"], ["TCD"], trigger=(turn, turn + 6))
    assert [term.evidence.quote for term in found] == ["free the crew"]


def test_words_of_asking_that_no_table_holds() -> None:
    """What is asked stands behind "to" or "for"; where neither stands there, no term is shown."""
    for text, turn, expected in (
        ("It is time for Peru to free the crew.", "time", ["free the crew"]),
        ("Norway agitated in Lima.", "agitated", []),
    ):
        at = text.index(turn)
        found = terms("REQUEST", (0, len(text)), (0, len(text)), text, [], [], trigger=(at, at + len(turn)))
        assert [term.evidence.quote for term in found] == expected


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
