"""What grammar says outright of who did an act."""

from communique.coding.draft import Draft
from communique.coding.mentions import find_mentions
from communique.coding.subjects import set_parts
from communique.coding.windows import prepare


def doers(text: str, verb: str, kind: str, sources: set[str], targets: set[str]) -> tuple[list[str], list[str]]:
    """Sources and targets of an act told by ``verb``, after the model took ``sources`` and ``targets`` for them."""
    span = (0, len(text))
    (sentence,) = prepare(text, [span], find_mentions(text, [span], "2024-03-01"), False)
    party = {m.id: m for m in sentence.mentions}
    at = text.index(verb)
    draft = Draft(
        0,
        kind,
        [party[i] for i in sorted(sources)],
        [party[i] for i in sorted(targets)],
        0.9,
        0.5,
        0.5,
        None,
        (at, at + 3),
    )  # type: ignore[arg-type]
    set_parts(draft, sentence, text)
    return [m.id for m in draft.sources], [m.id for m in draft.targets]


def test_the_doer_of_a_passive_stands_behind_by() -> None:
    """All parties of a list behind "by" did it, and who was taken for the doer suffered it."""
    text = "Hungary was sharply criticised by Poland, Latvia and Estonia."
    assert doers(text, "criticised", "ACCUSE", {"HUN"}, {"POL"}) == (["POL", "LVA", "EST"], ["HUN"])


def test_a_noun_before_by_is_no_passive() -> None:
    """In "rejected appeals by Norway" nobody is rejected by Norway."""
    text = "Iceland rejected appeals by Norway to lower its tariff."
    assert doers(text, "rejected", "REJECT", {"ISL"}, {"NOR"}) == (["ISL"], ["NOR"])


def test_the_subject_right_before_the_verb_does_it() -> None:
    """Whatever the model thinks of the party of the clause before."""
    text = "Norway had hoped for an answer, but Iceland on Friday rejected the plan."
    assert doers(text, "rejected", "REJECT", {"NOR"}, {"ISL"}) == (["ISL"], ["NOR"])


def test_a_name_inside_a_phrase_is_no_subject() -> None:
    """ "The ministry in Oslo" does not make Oslo's neighbour the subject."""
    text = "Iceland and the envoy from Norway rejected the plan."
    assert doers(text, "rejected", "REJECT", {"ISL"}, set()) == (["ISL"], [])


def test_a_verb_tells_only_acts_of_its_types() -> None:
    """ "Accepted" says nothing of who accuses."""
    text = "Norway had hoped for an answer, but Iceland accepted the plan."
    assert doers(text, "accepted", "ACCUSE", {"NOR"}, {"ISL"}) == (["NOR"], ["ISL"])


def test_whom_a_verb_addresses_did_not_do_it() -> None:
    """Where the model takes the object for the doer, the party before the verb did it."""
    text = "Norway and Sweden urged Iceland to lower its tariff."
    assert doers(text, "urged", "REQUEST", {"ISL"}, set()) == (["NOR", "SWE"], ["ISL"])


def test_the_object_replaces_other_targets() -> None:
    """A matter's party is no addressee."""
    text = "Norway called on the Icelanders to leave Denmark alone."
    found = doers(text, "called", "REQUEST", {"NOR"}, {"DNK"})
    assert found[0] == ["NOR"]
    assert found[1] != ["DNK"]


def test_an_act_whose_doer_is_no_party_is_none() -> None:
    """ "Anglers accused Norway": nobody whom the page names as a party accused."""
    text = "Some anglers accused Norway of cheating."
    assert doers(text, "accused", "ACCUSE", {"NOR"}, set()) == ([], ["NOR"])


def test_the_subject_of_a_passive_suffered_the_act() -> None:
    """ "Has been accused": who did it is not named, and the accused is no accuser."""
    text = "Norway has repeatedly been accused of hiding its catch from Iceland."
    assert doers(text, "accused", "ACCUSE", {"NOR"}, {"ISL"}) == (["unknown"], ["NOR"])


def test_somebody_else_may_have_done_what_a_passive_tells() -> None:
    """Whom the model takes for the doer stays it, unless that is who suffered the act."""
    text = "Two monitors from Latvia said that Norway was criticised over its quota in Poland."
    assert doers(text, "criticised", "ACCUSE", {"NOR", "POL"}, {"LVA"}) == (["POL"], ["NOR"])


def test_a_participle_may_say_what_somebody_is_ready_for() -> None:
    """ "Is prepared to" is no passive of an act."""
    text = "Norway is prepared to meet Iceland."
    assert doers(text, "prepared", "PROPOSE", {"NOR"}, {"ISL"}) == (["NOR"], ["ISL"])
