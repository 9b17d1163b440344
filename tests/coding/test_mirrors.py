"""An act and its mirror image told by one sentence: the surer one stays."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from communique.coding.draft import Draft
from communique.coding.mentions import find_mentions
from communique.coding.mirrors import without_mirrors
from communique.coding.windows import prepare

CHARGE = "Norway's charge that Iceland had lied was made on Monday."


def kept(text: str, kind: str, *acts: tuple[str, str, float]) -> list[str]:
    """The doers of the acts that stay, of acts of one sentence given by doer, target (or none) and sureness."""
    span = (0, len(text))
    sentences = prepare(text, [span], find_mentions(text, [span], "2024-03-01"), False)
    party = {m.id: m for m in sentences[0].mentions}
    groups = [
        [Draft(0, kind, [party[who]], [party[whom]] if whom else [], sure, 1.0, 0.5, None, (0, 1))]  # type: ignore[arg-type]
        for who, whom, sure in acts
    ]
    left = without_mirrors(SimpleNamespace(sentences=sentences), text, groups)  # type: ignore[arg-type]
    return [group[0].sources[0].id for group in left]


@pytest.mark.parametrize("whom", ["NOR", ""])
def test_of_two_mirror_images_the_surer_stays(whom: str) -> None:
    """Also where the other has nobody whom it was toward, and in whatever order they come."""
    assert kept(CHARGE, "ACCUSE", ("NOR", "ISL", 0.9), ("ISL", whom, 0.6)) == ["NOR"]
    assert kept(CHARGE, "ACCUSE", ("ISL", whom, 0.6), ("NOR", "ISL", 0.9)) == ["NOR"]


def test_what_goes_both_ways_stays() -> None:
    """Where the words say that both did it, and of acts that often go both ways; nor is a third party an image."""
    both = "Norway and Iceland accused each other of poaching."
    assert kept(both, "ACCUSE", ("NOR", "ISL", 0.9), ("ISL", "NOR", 0.6)) == ["NOR", "ISL"]
    assert kept(CHARGE, "ASSAULT", ("NOR", "ISL", 0.9), ("ISL", "NOR", 0.6)) == ["NOR", "ISL"]
    three = "Norway's charge that Iceland had lied to Estonia was made on Monday."
    assert kept(three, "ACCUSE", ("NOR", "ISL", 0.9), ("ISL", "EST", 0.6)) == ["NOR", "ISL"]
