"""Acts told by nouns: whose offer it is, and who answered it."""

from __future__ import annotations

import pytest

from communique.coding.mentions import find_mentions
from communique.coding.nominals import calls_it_unacceptable, nominals

CASES = [
    ("Iceland turned down a Norwegian offer to host the talks.", "PROPOSE", "NOR", "REJECT", "ISL"),
    ("Kenya, Uganda and Rwanda have rejected Egypt's latest proposal.", "PROPOSE", "EGY", "REJECT", "KEN UGA RWA"),
    ("Peru accepted the invitation from Chile on Monday.", "PROPOSE", "CHL", "ACCEPT", "PER"),
    ("Japan declined an invitation to Seoul for the ceremony.", "PROPOSE", "KOR", "REJECT", "JPN"),
    ("Brazil vetoed a draft resolution by Portugal.", "PROPOSE", "PRT", "REJECT", "BRA"),
    ("China vetoed an American-sponsored motion on Thursday.", "PROPOSE", "USA", "REJECT", "CHN"),
    ("Cuba rebuffed a U.S. request for the files.", "REQUEST", "USA", "REJECT", "CUB"),
]


@pytest.mark.parametrize(("text", "kind", "doers", "answer", "answerers"), CASES, ids=[c[0][:30] for c in CASES])
def test_offer_and_answer_are_both_read(text: str, kind: str, doers: str, answer: str, answerers: str) -> None:
    """One clause tells the offer, in its noun, and the answer, in its verb, each with its own parties."""
    (found,) = nominals(text, 0, len(text), find_mentions(text, [(0, len(text))], "2015-05-12"))
    assert (found.type, found.answer) == (kind, answer)
    assert [m.id for m in found.sources] == doers.split()
    assert [m.id for m in found.answerers] == answerers.split()


@pytest.mark.parametrize(
    "text",
    [
        "Peru said the offer was generous.",
        "China rejected the American motion of the day before.",
        "Rejected parts were shipped to Chile, which had no plan.",
        "Japan rejected the idea, while Korea kept its offer open.",
    ],
)
def test_no_answer_without_its_own_subject_and_noun(text: str) -> None:
    """An answer is read only where the verb has its subject before it and governs the noun."""
    found = nominals(text, 0, len(text), find_mentions(text, [(0, len(text))], "2015-05-12"))
    assert all(one.answer is None for one in found)


def test_whose_the_offer_is_stays_open_where_nobody_is_named() -> None:
    """'The offer' alone names no doer: it is found from what was told before."""
    text = "Ghana and Togo rejected the offer."
    (found,) = nominals(text, 0, len(text), find_mentions(text, [(0, len(text))], "2015-05-12"))
    assert found.sources == ()
    assert {m.id for m in found.answerers} == {"GHA", "TGO"}


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ('"This proposal is unacceptable," the minister of Chile said.', True),
        ("Kenya called the plan a non-starter.", True),
        ("Kenya called the killings unacceptable.", False),
        ("Kenya praised the plan.", False),
    ],
)
def test_a_proposal_called_unacceptable_is_refused(text: str, refused: bool) -> None:
    """The words refuse only where they are said beside a proposal or a demand."""
    assert calls_it_unacceptable(text, 0, len(text)) is refused
