"""Sources are named by noun phrases with a head that can tell; anything else is no source."""

from __future__ import annotations

import pytest

from communique.coding.attribution import attributions


def sources(text: str) -> list[str | None]:
    """The sources of the layers of a text of one sentence."""
    return [layer.source for layer in attributions(text, [(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Soldiers entered the town of Lund Fishermen said the harbour had burned.", "Fishermen"),
        ("Boats in the harbour\nVillagers said the harbour had burned.", "Villagers"),
        ("A cargo left 20 miles north of Lund Foreign reporters say the harbour had burned.", "Foreign reporters"),
        ("Oct. 8 - Activists say the harbour had burned.", "Activists"),
        ("Early reports said the harbour had burned.", "Early reports"),
        ("Unconfirmed reports say the harbour had burned.", "Unconfirmed reports"),
        ("A man living in the old harbour said the ships had left.", "man"),
        ("Analysts well versed in naval matters believe that the ships had left.", "Analysts"),
        ("The navy tried to dislodge rebel fighters who say they hold the harbour.", "rebel fighters"),
        ("One of the fishermen said the ships had left.", "One of the fishermen"),
        ("Harbour commander Jan Roe of the Northern Brigade said the ships had left.", "Jan Roe"),
        ("Dock workers and camp officials said the ships had left.", "Dock workers and camp officials"),
        ("Rebel activists living abroad said the ships had left.", "Rebel activists"),
        ("The ships had left, announced Dr Jan Roe.", "Jan Roe"),
        ("Harbour officials have been hinting that the ships had left.", "Harbour officials"),
        ("The ships had left, according to a report released on Monday by the Lund Institute.", "Lund Institute"),
        ("The New York Times reports that the ships had left.", "New York Times"),
        ("Eve Moe of the harbour guard said the ships had left.", "Eve Moe"),
        ("Three ships had burned, according to tallies by fishermen.", "fishermen"),
        ("Unconfirmed reports from witnesses said the ships had left.", "witnesses"),
        ("The mayor said the ships had left, according to footage run by villagers.", "mayor"),
        ("One sailor, Omar al-Poe, told the harbour guard that the ships had left.", "Omar al-Poe"),
        ("The United Nations estimates 3,500 ships had left.", "United Nations"),
        ("Dock workers' groups estimate 500 ships had left.", "Dock workers' groups"),
    ],
)
def test_head(text: str, source: str) -> None:
    """The phrase is cut to the part that names somebody."""
    assert sources(text)[0] == source


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("The mayor told Reuters in Lund last week the ships had left.", "Reuters"),
        ("The mayor told the BBC around 15 ships had left.", "BBC"),
        ("The mayor told the newspaper mistakes had been made.", "newspaper"),
        ("The mayor told Israel's Channel One that the ships had left.", "Israel's Channel One"),
        ("The mayor told the BBC World Service that the ships had left.", "BBC World Service"),
        ("The mayor told NBC's Jan Roe that the ships had left.", "NBC's Jan Roe"),
        ("The mayor told the Sunday Times that the ships had left.", "Sunday Times"),
    ],
)
def test_outlet(text: str, outlet: str) -> None:
    """Neither a place, nor a time, nor what it was told belongs to an outlet."""
    assert sources(text)[-1] == outlet


@pytest.mark.parametrize(
    "text",
    [
        "The 16 deaths reported in the harbour brought the count to 33.",
        "Under the previously announced plan the harbour would close.",
        "The ambush of ships, many deaths and the fog suggested that the harbour would close.",
        "Jan Roe reported from Lund and Eve Moe from Oslo.",
        "The harbour said to be closed was open.",
    ],
)
def test_none(text: str) -> None:
    """What names neither a person, a group, an outlet nor a document is no source."""
    assert not any(sources(text)[:1])
