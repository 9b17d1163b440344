"""Status: fact, claim, plan or denial, on sentences written for the purpose."""

from __future__ import annotations

import numpy as np
import pytest

from communique.coding.attribution import attributions
from communique.coding.attribution_chain import Told, weighed
from communique.coding.attribution_features import Act
from communique.coding.scoring import score
from communique.coding.sentences import sentences
from communique.coding.status import hearsay, signs, statuses
from communique.coding.windows import prepare


def value(kind: str, text: str) -> str:
    """The status of an act told by a whole sentence."""
    cut = sentences(text, [(0, len(text))])
    act = Act(kind, cut[0], cut[0], frozenset({"NOR"}))
    scored = score(prepare(text, cut, [], False))
    page = Told(text, scored, [], {}, attributions(text, cut))
    return statuses([(act, weighed(page, [act], [np.zeros(384, np.float32)])[0])], text, (), {})[0][0]


@pytest.mark.parametrize(
    "kind, text, expected",
    [
        ("CONSULT", "The ministers met in Oslo on Friday to discuss the border.", "actual"),
        ("REJECT", "Norway rejected the offer as unacceptable.", "actual"),
        ("CONSULT", "The foreign ministers will meet in Oslo next week to discuss the border.", "planned"),
        ("CONSULT", "The president is expected to visit Oslo next month for talks.", "planned"),
        ("ASSAULT", "Troops shelled the town and killed ten people, activists said.", "alleged"),
    ],
)
def test_status(kind: str, text: str, expected: str) -> None:
    """Plain cases come out as any reader would have them."""
    assert value(kind, text) == expected


def test_every_sign_has_a_group_and_compiles() -> None:
    """The table of signs names a known group on each row and matches its own first alternative."""
    assert {group for group, _, _ in signs()} <= {"actual", "alleged", "planned", "negated", "conditional"}
    assert any(pattern.search("was expected to") for _, _, pattern in signs())


@pytest.mark.parametrize(
    "text, turning, words",
    [
        ("Oslo has reportedly agreed to the plan.", "agreed", "reportedly"),
        ("The envoy is understood to have met the rebels.", "met", "is understood to"),
        ("It is believed that Oslo turned the offer down.", "turned", "is believed that"),
        ("Oslo agreed to the plan.", "agreed", None),
        ("Reportedly, rain fell all day over the hills and the lakes; Oslo agreed.", "agreed", None),
        ("Oslo agreed to what is reportedly a plan.", "agreed", None),
    ],
)
def test_hearsay_stands_right_before_what_the_act_turns_on(text: str, turning: str, words: str | None) -> None:
    """Words by which the page leaves an act to others count before it and near it, and nowhere else."""
    at = text.index(turning)
    assert hearsay(text, (0, len(text)), (at, at + len(turning))) == words
