"""Bodies that no table holds."""

from communique.coding.mentions import find_mentions


def ids(text: str) -> list[str]:
    """The ids of the mentions in a text of one sentence."""
    return [m.id for m in find_mentions(text, [(0, len(text))], "2024-03-01")]


def test_a_name_ending_in_a_body_s_noun_is_a_party() -> None:
    """No table knows this front."""
    assert ids("The Patriotic Harbour Front rejected the offer.") == ["patriotic-harbour-front"]


def test_the_noun_may_come_first() -> None:
    """ "Congress of ..." runs on over the words behind "of"."""
    assert ids("The Assembly of Free Fishers rejected the offer.")[:1] == ["assembly-of-free-fishers"]


def test_a_short_form_in_brackets_stands_for_it() -> None:
    """Later the page uses the short form alone."""
    text = "The Patriotic Harbour Front (PHF) rejected it. PHF leaders walked out."
    cut = text.index(". ") + 1
    found = find_mentions(text, [(0, cut), (cut + 1, len(text))], "2024-03-01")
    assert {m.id for m in found} >= {"patriotic-harbour-front"}
    assert found[-1].id == "patriotic-harbour-front"


def test_an_organ_of_a_state_stays_the_state_s() -> None:
    """The armed forces behind an adjective are that state's."""
    assert ids("The Turkish Armed Forces advanced.") == ["TUR"]


def test_members_of_a_body_are_not_its_name() -> None:
    """The name begins at the body's own words."""
    assert ids("Members of the African National Congress marched.") == ["african-national-congress"]


def test_a_party_named_before_its_noun() -> None:
    """ "The Waad party" is named Waad; a "Socialist party" is not named Socialist."""
    assert ids("The Zorbak party rejected the offer.") == ["zorbak"]
    assert "socialist" not in ids("The Socialist party rejected the offer.")


def test_a_name_runs_over_no_sentence() -> None:
    """A capital "The", a spaced dash and a body that a table holds begin something else."""
    assert "NATO" in ids("Fighting in Port Sarha North Atlantic Council members condemned.")
    assert ids("Fighting in Umm Sarha The Patriotic Harbour Front condemned it.")[-1] == "patriotic-harbour-front"
    assert ids("HARBOUR HOUSE - Free Fishers Assembly members left.")[-1] == "free-fishers-assembly"
    assert "assembly-and-banda" not in ids("The Assembly and Banda rejected the offer.")


def test_a_name_keeps_its_opening_word() -> None:
    """ "World" and "International" open no person's name, but many a body's."""
    assert ids("The World Fishing Forum rejected it.") == ["world-fishing-forum"]
    assert ids("The International Federation for Free Fishers rejected it.") == [
        "international-federation-for-free-fishers"
    ]


def test_a_common_word_alone_names_no_body() -> None:
    """The noun after it belongs to the name."""
    assert ids("The Harbour movement rejected the offer.") == ["harbour-movement"]
    assert ids("The Free Fish Matter movement rejected the offer.") == ["free-fish-matter"]
