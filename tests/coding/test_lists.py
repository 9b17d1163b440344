"""Parties named side by side."""

from communique.coding.lists import lists
from communique.coding.mentions import find_mentions
from communique.coding.windows import prepare


def runs(text: str) -> list[list[str]]:
    """The ids in each list of a sentence."""
    span = (0, len(text))
    (sentence,) = prepare(text, [span], find_mentions(text, [span], "2024-03-01"), False)
    return [[m.id for m in run] for run in lists(sentence)]


def test_commas_and_ands_join_a_list() -> None:
    """Three states in a row are one list."""
    assert runs("France, Great Britain and Germany suggested it to the United States.") == [["FRA", "GBR", "DEU"]]


def test_other_words_part_lists() -> None:
    """A verb between two states parts them."""
    assert runs("France urged Germany and Italy to act.") == [["DEU", "ITA"]]


def test_a_name_that_only_qualifies_is_in_no_list() -> None:
    """ "The Norwegian plan" names a plan."""
    assert runs("Sweden and Norwegian fishing quotas were named.") == []
