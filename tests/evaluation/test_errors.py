"""Errors are named by what stands where gold's event should be."""

from communique.evaluation.errors import count_errors, lines


def event(kind="REQUEST", sources=("FRA",), targets=("DEU",), quote="France asked Germany for help.", **more):
    """An event as gold and the coder write it."""
    sides = {"sources": [{"id": i} for i in sources], "targets": [{"id": i} for i in targets]}
    return {"id": "e1", "type": kind, **sides, "quote": quote, "status": "actual", "date": "2020-05", **more}


def counted(gold, predicted):
    """The counts of one page."""
    return dict(count_errors({"a": {"events": gold}}, {"a": {"events": predicted}}).counts)


def test_a_right_event_is_no_error():
    """An event found with all its fields counts nowhere."""
    assert counted([event()], [event()]) == {}


def test_the_side_that_differs_is_named():
    """Where the type stands in the passage but a party does not, the party's side is blamed on both lists."""
    wrong = event(targets=("ITA",))
    assert counted([event()], [wrong]) == {
        ("missed", "other target", "REQUEST"): 1,
        ("wrong", "other target", "REQUEST"): 1,
    }
    assert ("missed", "other source", "REQUEST") in counted([event()], [event(sources=("ITA",))])


def test_another_type_in_the_passage_is_named():
    """A request coded as an accusation by the same source is told apart from one that was not seen."""
    assert counted([event()], [event("ACCUSE")])["missed", "another type", "REQUEST as ACCUSE"] == 1
    assert counted([event()], [event("ACCUSE", quote="Elsewhere.")])["missed", "no event there", "REQUEST"] == 1


def test_an_event_told_twice_is_wrong_once():
    """A second prediction of one act is an error of its own kind."""
    assert counted([event()], [event(), event(id="e2")]) == {("wrong", "told twice", "REQUEST"): 1}


def test_wrong_fields_of_a_found_event_are_named():
    """Fields are compared only where the event was found, and say what stands there instead."""
    found = event(date=None, status="alleged", targets=("DEU", "ITA"))
    assert counted([event()], [found]) == {
        ("field", "date", "not dated"): 1,
        ("field", "status", "actual as alleged"): 1,
        ("field", "targets", "too many"): 1,
    }


def test_optional_events_of_gold_are_no_errors():
    """What only one of two coders saw is neither missed nor, found, wrong."""
    assert counted([event(optional=True)], []) == {}
    assert counted([event(optional=True)], [event(status="alleged")]) == {}


def test_the_table_gives_the_commonest_first():
    """The report counts events found, then errors, the most frequent on top."""
    gold = [event(id=f"g{n}", quote=f"Passage {n}.") for n in range(3)] + [event("AID", id="g9", quote="Aid.")]
    table = list(lines(count_errors({"a": {"events": gold}}, {})))
    assert table[0] == "0 of 4 events found; 4 errors, the commonest:"
    assert table[1].split() == ["3", "missed", "no", "event", "there", "REQUEST"]
