"""Under what name a party is shown."""

from __future__ import annotations

import pytest

from communique.actor import Actor, Mention
from communique.coding.mentions import find_mentions
from communique.coding.naming import Names


def shown(text: str, word: str) -> list[Actor]:
    """How the party mentioned as ``word`` is shown, in a text whose sentences are its lines."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    mentions = find_mentions(text, spans, "2012-06-10")
    return list(Names(mentions).actors([m for m in mentions if m.name == word]))


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Norway refused.\nIt had warned of this.", "It", ["Norway"]),
        ("Norway refused.\nOslo spoke.\nIts envoys left.", "Its", ["Oslo"]),
        ("Iran and Norway met.\nThe two countries agreed.", "two countries", ["Iran", "Norway"]),
        ("The rebels in Syria fled.\nThey had lost.", "They", ["rebels in Syria"]),
        ("Norwegian troops stayed.", "Norwegian troops", ["Norwegian troops"]),
    ],
)
def test_a_bare_word_gives_way_to_the_page_s_own_name(text: str, word: str, names: list[str]) -> None:
    """Nearest before; each of several parties under its own."""
    assert [a.name for a in shown(text, word)] == names


def test_a_party_that_the_page_never_names_keeps_its_words() -> None:
    """There is nothing fuller."""
    it = Mention(0, 2, "It", "NOR", "state", "pronoun")
    assert Names([it]).actors([it]) == (Actor("It", "NOR"),)


def test_a_person_is_shown_by_the_full_name() -> None:
    """Also where the page says "he"."""
    assert [a.name for a in shown("Sergei Lavrov spoke.\nHe left.", "He")] == ["Sergei Lavrov"]
