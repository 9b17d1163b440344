"""The matter of an act, on sentences written for the purpose."""

from __future__ import annotations

from communique.coding.about import about


def matter(kind: str, text: str) -> str | None:
    """The matter of an act told by a whole sentence."""
    return about(kind, (0, len(text)), (0, len(text)), text)


def test_the_matter_is_what_is_asked_or_given() -> None:
    """The object of the trigger, in the page's words, without what hangs on it."""
    assert matter("PROPOSE", "Norway offered to withdraw its patrol ships if the talks went on.") == (
        "withdraw its patrol ships"
    )


def test_a_clause_of_its_own_is_no_matter() -> None:
    """What "while" opens tells another act."""
    assert not (matter("PROPOSE", "Denmark offered, while Norway rejected it, to mediate.") or "").startswith("while")


def test_a_day_is_no_matter() -> None:
    """When an act was done is not what it was about."""
    assert matter("DENY", "Norway denied on Thursday that it had made Iceland any offer.") is None


def test_a_day_before_the_matter_is_left_out() -> None:
    """The matter begins behind "in March 2014 to"; a doer behind "by" is none."""
    assert matter("PROPOSE", "Norway offered in March 2014 to withdraw its ships.") == "withdraw its ships"
    assert not (matter("REJECT", "The plan got rejected by the United States.") or "").startswith("by")


def test_who_made_an_offer_is_not_what_it_is_about() -> None:
    """A doer behind "by" stands between a plan and its matter; where nothing follows, the page names none."""
    text = "Norway rejected a proposal crafted by Iceland for a joint fleet."
    assert matter("PROPOSE", text) == "a joint fleet"
    assert matter("PROPOSE", "The proposal was formulated by Iceland.") is None


def test_the_matter_goes_on_behind_the_comma_of_two_adjectives() -> None:
    """Not "a lasting", which is no matter."""
    assert matter("PROPOSE", "Norway offered a comprehensive, binding treaty.") == "a comprehensive, binding treaty"


def test_where_it_was_said_is_not_what_it_is_about() -> None:
    """A statement or an interview stands between the verb and its matter."""
    text = "Norway pledged in a joint statement on Friday to withdraw its ships."
    assert matter("PROPOSE", text) == "withdraw its ships"


def test_a_month_is_no_verb() -> None:
    """ "May 21" of a dateline is not "may"."""
    assert matter("PROPOSE", "OSLO, May 21 (NTB) - Norway offered a joint fleet.") == "a joint fleet"
