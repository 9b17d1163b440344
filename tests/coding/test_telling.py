"""Who tells of an act over all its passages: a report without a name takes the name that the page gives it later."""

from __future__ import annotations

from communique.coding.coder import code
from communique.page import Page


def chains(text: str) -> dict[str, tuple[str, ...]]:
    """The chains of the acts of a page, by type."""
    return {e.type: e.according_to for e in code(Page(doc="made", text=text, digest="")).events}


LEAD = "Norway's government has turned down a Swedish offer of joint sea patrols, a news report said on Friday."
TAIL = "The two countries share a long border. Fishing goes on as before, and no ship was seen near the port."


def test_a_lead_leaves_the_name_of_its_outlet_to_the_next_sentence() -> None:
    """ "A news report said" is the report of the outlet that the next sentence names."""
    named = "Swedish Foreign Minister Ann Linde made the offer in Oslo last month, according to Aftonbladet."
    found = chains(f"{LEAD}\n\n{named}\n\n{TAIL}\n")
    assert found["REJECT"] == ("Aftonbladet",)
    assert found["PROPOSE"] == ("Aftonbladet",)


def test_a_report_that_nobody_names_stays_without_a_name() -> None:
    """Where no outlet is named nearby, the page's own words are all there is."""
    found = chains(f"{LEAD}\n\n{TAIL}\n")
    assert found["REJECT"] == ("news report",)
