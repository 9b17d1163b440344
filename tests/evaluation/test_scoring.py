"""When a predicted event is right, and what the figures say of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from communique.evaluation import read_documents, read_gold, score
from communique.evaluation.fields import same_date
from communique.evaluation.gold import GoldError
from communique.evaluation.matching import match, same_act
from communique.evaluation.parties import canonical
from communique.evaluation.report import report


def event(kind: str, sources: str, targets: str = "", **fields: Any) -> dict[str, Any]:
    """An event whose parties are given as ids with spaces between."""
    sides = {
        name: [{"name": i, "id": i} for i in ids.split()] for name, ids in (("sources", sources), ("targets", targets))
    }
    return {"id": "e1", "type": kind, "quote": "words of the page", "status": "actual", **sides, **fields}


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        (event("PROPOSE", "NOR", "ISL"), event("PROPOSE", "NOR", "ISL DNK"), True),
        (event("PROPOSE", "NOR", "ISL"), event("PROPOSE", "ISL", "NOR"), False),
        (event("PROPOSE", "NOR"), event("PROPOSE", "NOR", "ISL"), True),
        (event("PROPOSE", "NOR", "ISL"), event("PROPOSE", "NOR"), False),
        (event("PROPOSE", "NOR", "ISL"), event("REQUEST", "NOR", "ISL"), False),
        (event("AGREE", "NOR", "ISL"), event("AGREE", "ISL", "NOR"), True),
        (event("AGREE", "NOR", "ISL"), event("AGREE", "NOR", "DNK"), False),
        (event("CONSULT", "NOR"), event("CONSULT", "DNK", "NOR"), True),
    ],
)
def test_same_act(gold: dict[str, Any], predicted: dict[str, Any], same: bool) -> None:
    """Type and parties decide: direction matters, except in symmetric types."""
    assert same_act(gold, predicted) is same


def test_match_prefers_as_many_pairs_as_can_be() -> None:
    """One prediction that fits two gold events is left to the one that nothing else fits."""
    either, only = event("REQUEST", "NOR DNK"), event("REQUEST", "NOR")
    pairs = match([event("REQUEST", "NOR"), event("REQUEST", "DNK")], [either, only])
    assert [(g["sources"][0]["id"], p is either) for g, p in pairs] == [("NOR", False), ("DNK", True)]


@pytest.mark.parametrize(
    ("written", "id"),
    [("the-west", "west"), ("usa", "USA"), ("ISIS", "islamic-state"), (" Arab League", "ARAB_LEAGUE"), ("m23", "m23")],
)
def test_canonical(written: str, id: str) -> None:
    """Spellings of one party's id come out the same."""
    assert canonical(written) == id


@pytest.mark.parametrize(
    ("gold", "predicted", "right"),
    [
        ("2014", "2014-03-02", True),
        ("2014-03-02", "2014", False),
        ("2014-03/2014-04", "2014-03", True),
        (None, None, True),
        (None, "2014", False),
        ("2014", None, False),
    ],
)
def test_same_date(gold: str | None, predicted: str | None, right: bool) -> None:
    """A date is right at gold's precision, and a missing one only where gold has none."""
    assert same_date(gold, predicted) is right


def test_optional_events_count_neither_way() -> None:
    """An event that only one coder saw is no miss, and finding it is no mistake."""
    gold = {"p": {"events": [event("DENY", "NOR", optional=True), event("DENY", "ISL")]}}
    for found in ([event("DENY", "ISL")], [event("DENY", "ISL"), event("DENY", "NOR")]):
        result = score(gold, {"p": {"events": found}})
        assert result.figures["DENY"]["f1"] == 1.0
        assert not result.missed and not result.wrong


def test_answers_are_judged_through_the_matched_events() -> None:
    """An answer is right when it points at the prediction of what gold says was answered, whatever its id."""
    gold = [event("PROPOSE", "NOR"), event("REJECT", "ISL", id="e2", answers="e1")]
    found = [event("REJECT", "ISL", id="e7", answers="e9"), event("PROPOSE", "NOR", id="e9")]
    figures = score({"p": {"events": gold}}, {"p": {"events": found}}).figures
    assert figures["attributes"]["answers"] == {"right": 1, "of": 1, "share": 1.0}


def test_terms_need_the_role_and_half_the_words() -> None:
    """A term in the wrong role is not found, and one that is a part of gold's is."""
    wanted = [{"role": "gives", "quote": "two patrol boats"}, {"role": "asks", "quote": "an end to the ban"}]
    found = [{"role": "gives", "quote": "patrol boats"}, {"role": "condition", "quote": "an end to the ban"}]
    gold, predicted = event("PROPOSE", "NOR", terms=wanted), event("PROPOSE", "NOR", terms=found)
    assert score({"p": {"events": [gold]}}, {"p": {"events": [predicted]}}).figures["attributes"]["terms"]["f1"] == 0.5


def test_report_names_missed_and_wrong_events() -> None:
    """The report lists events of both kinds, up to the number asked for, with their page and words."""
    result = score({"p": {"events": [event("DENY", "NOR")]}}, {"p": {"events": [event("ACCUSE", "NOR", "ISL")]}})
    lines = list(report(result, misses=1))
    assert "  p DENY NOR ->  undated | words of the page" in lines
    assert "  p ACCUSE NOR -> ISL undated | words of the page" in lines
    assert "missed (1 of 1):" in lines


def test_gold_files_say_what_is_wrong_with_them(tmp_path: Path) -> None:
    """A line that is no gold page is named by its number, and a missing text by its path."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"doc": "a", "events": []}\n{"doc": "b"}\n')
    with pytest.raises(GoldError, match=r"gold\.jsonl:2: expected an object"):
        read_documents(gold)
    gold.write_text('{"doc": "a", "events": []}\n')
    with pytest.raises(GoldError, match=r"a\.txt: missing, the text of a"):
        read_gold(gold, tmp_path)
    (tmp_path / "a.html").write_text("<p>words</p>")
    assert read_gold(gold, tmp_path)[0].path == tmp_path / "a.html"
