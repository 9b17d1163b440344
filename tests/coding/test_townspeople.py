"""A town that a state attacks stands for its people."""

from communique.actor import Actor
from communique.coding.attributes import townspeople

SYRIA, REBELS = Actor("Damascus", "SYR"), Actor("the rebels", "syrian-rebels")


def test_a_town_hit_by_a_state_stands_for_its_people() -> None:
    """By its country's adjective, under the town's own name."""
    assert townspeople("ASSAULT", [SYRIA], "Homs") == (Actor("Homs", "syrian-civilians"),)


def test_other_doers_acts_and_places_say_nothing_of_it() -> None:
    """Nobody can tell whom rebels hit there, nor whom a meeting there was with."""
    assert townspeople("ASSAULT", [REBELS], "Homs") == ()
    assert townspeople("CONSULT", [SYRIA], "Homs") == ()
    assert townspeople("ASSAULT", [SYRIA], None) == ()
