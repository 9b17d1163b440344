"""Whom acts were toward, by what stands about the parties near them."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest

from communique.coding.draft import Draft
from communique.coding.mentions import find_mentions
from communique.coding.networks import quick
from communique.coding.recipients import settle
from communique.coding.standing import scene
from communique.coding.weighing import chosen, joined
from communique.coding.windows import prepare


def page(text: str) -> SimpleNamespace:
    """A page of one sentence with its parties, as scored as ``settle`` needs it."""
    span = (0, len(text))
    sentences = prepare(text, [span], find_mentions(text, [span], "2024-03-01"), False)
    frequency = Counter(m.id for one in sentences for m in one.mentions)
    return SimpleNamespace(sentences=sentences, frequency=frequency, starts=[0], network=quick())


def settled(text: str, kind: str, verb: str, source: str, chances: dict[str, float], taken: set[str]) -> list[str]:
    """The targets of an act told by ``verb`` that the scorer gave these chances, and of which these were taken."""
    read = page(text)
    party = {m.id: m for m in read.sentences[0].mentions}
    at = text.index(verb)
    toward = sorted(((party[i], p) for i, p in chances.items()), key=lambda pair: -pair[1])
    targets = [party[i] for i in sorted(taken)]
    draft = Draft(0, kind, [party[source]], targets, 0.9, 0.9, 0.5, None, (at, at + 3), toward=toward)  # type: ignore[arg-type]
    settle(read, text, [[draft]])  # type: ignore[arg-type]
    return [m.id for m in draft.targets]


@pytest.mark.parametrize(
    "text, kind, verb",
    [
        ("Norway deployed two frigates last week after a visit to Iceland.", "MOBILIZE", "deployed"),
        ("Norway denied on Tuesday that it had bought gas through Iceland.", "DENY", "denied"),
    ],
)
def test_some_acts_are_toward_nobody(text: str, kind: str, verb: str) -> None:
    """A party that merely stands near is not whom ships were sent against or a report was denied to."""
    assert settled(text, kind, verb, "NOR", {"ISL": 0.1}, {"ISL"}) == []


def test_what_is_said_of_another_is_not_said_to_it() -> None:
    """Of two parties the object of the verb is blamed, and the one behind "with" is not."""
    text = "Norway condemned Iceland for its quarrel with Estonia."
    assert settled(text, "ACCUSE", "condemned", "NOR", {"ISL": 0.8, "EST": 0.6}, {"ISL", "EST"}) == ["ISL"]


def test_three_named_in_a_row_play_one_part() -> None:
    """Who is left out of a long list of those that an act was toward comes back with the others."""
    text = "Norway refused the plan of Iceland, Estonia and Latvia."
    chances = {"ISL": 0.9, "EST": 0.02, "LVA": 0.9}
    assert sorted(settled(text, "REJECT", "refused", "NOR", chances, set(chances))) == ["EST", "ISL", "LVA"]


def test_offers_and_agreements_are_left_as_they_are() -> None:
    """The scorer and the table of addressees know as much of these."""
    text = "Norway urged Iceland to drop its quarrel with Estonia."
    for kind in ("REQUEST", "PROPOSE", "CONSULT"):
        assert settled(text, kind, "urged", "NOR", {"ISL": 0.8, "EST": 0.6}, {"ISL", "EST"}) == ["EST", "ISL"]


def test_the_standing_of_a_party_can_be_read() -> None:
    """Clues name the side, the word before a party and what lies between."""
    text = "Norway condemned, after weeks of talks, the government of Estonia."
    read = page(text)
    at = text.index("cond")
    draft = Draft(0, "ACCUSE", [], [], 0.9, 0.9, 0.0, None, (at, at + 4))  # type: ignore[arg-type]
    around = scene(read, text, draft)  # type: ignore[arg-type]
    clues = around.clues(0, read.sentences[0].mentions[-1])
    assert around.turning == "condemned"
    assert {"ahead", "ahead, comma", "ahead, clause after", "is state"} <= set(clues)


def test_the_likeliest_is_taken_and_others_that_are_likely() -> None:
    """The first floor holds for the likeliest, the second for all others."""
    assert chosen([0.3, 0.9, 0.6], 0.5, 0.55) == [1, 2]
    assert chosen([0.3, 0.4], 0.5, 0.2) == [0]
    assert chosen([], 0.0, 0.5) == []


def test_a_type_adds_to_what_holds_for_any() -> None:
    """Weights of a type and of any type are summed once, when they are read."""
    assert joined({"any": {"ahead": 0.5}, "DENY": {"ahead": -1.0, "is igo": 0.2}}) == {
        "DENY": {"ahead": -0.5, "is igo": 0.2}
    }
