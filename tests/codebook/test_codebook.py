"""The codebook's files are whole, agree with one another, and stay what the project's scorer knows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from communique import codebook

PLOVER = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
NAMES = [kind.name for kind in codebook.types()]


def test_has_nineteen_types_each_in_its_file() -> None:
    """Every file of types/ is a type of the codebook, and there are nineteen."""
    folder = Path(codebook.__file__).parent / "types"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(NAMES)
    assert len(set(NAMES)) == 19


@pytest.mark.parametrize("name", NAMES)
def test_type_is_complete(name: str) -> None:
    """A type says what it means, what counts, what does not, what it maps to, and shows examples."""
    kind = codebook.event_type(name)
    assert kind.definition.startswith("The source ")
    assert kind.counts and kind.does_not_count and kind.examples
    assert kind.group in codebook.load().groups
    assert {kind.plover, *(mode.plover for mode in kind.modes)} <= PLOVER
    assert kind.cameo in {f"{root:02}" for root in range(1, 21)}


@pytest.mark.parametrize("name", NAMES)
def test_every_mode_has_an_example(name: str) -> None:
    """The examples use modes of the type, and each mode at least once."""
    kind = codebook.event_type(name)
    assert {example.mode for example in kind.examples} - {None} == {mode.name for mode in kind.modes}


def test_groups_cover_the_types() -> None:
    """Each type is in exactly one group."""
    groups = [codebook.group(name) for name in codebook.load().groups]
    assert sorted(name for group in groups for name in group) == sorted(NAMES)


def test_mode_rolls_up_by_itself_where_it_says_so() -> None:
    """A troop withdrawal is a PLOVER RETREAT although a concession as such is CONCEDE."""
    concede = codebook.event_type("concede")
    assert (concede.plover, concede.mode("withdraw").plover) == ("CONCEDE", "RETREAT")


def test_unknown_names_are_refused() -> None:
    """A type, mode or group that is not there raises KeyError instead of giving nothing."""
    with pytest.raises(KeyError, match="'OFFER'"):
        codebook.event_type("OFFER")
    with pytest.raises(KeyError, match="no mode 'veto'"):
        codebook.event_type("ACCEPT").mode("veto")
    with pytest.raises(KeyError, match="'weather'"):
        codebook.group("weather")


def test_fields_are_the_fields_of_an_event() -> None:
    """The codebook documents the fields that an event prints, and prints those that it documents."""
    from communique.event import Event
    from communique.evidence import Evidence

    printed = set(Event("e1", "PROPOSE", None, (), (), Evidence(0, 1, "x")).to_dict())
    ours = {"span", "mention_spans", "confidence"}  # beyond the codebook: where the words stand, and how sure
    assert printed - ours == set(codebook.load().fields)


def test_agrees_with_the_scorer_and_the_gold_pages(shared: Path) -> None:
    """Types, groups, symmetric types, statuses and roles are those of the scorer and of people's coding."""
    ask = "import json, score; print(json.dumps([sorted(score.BARGAINING), sorted(score.TALK), sorted(score.DEEDS)]))"
    out = subprocess.run([sys.executable, "-c", ask], cwd=shared / "gold", capture_output=True, text=True, check=True)
    assert json.loads(out.stdout) == [sorted(codebook.group(name)) for name in ("bargaining", "talk", "deeds")]
    book = codebook.load()
    modes = {(kind.name, mode.name) for kind in book.types for mode in kind.modes}
    for line in (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        for event in json.loads(line)["events"]:
            assert event["status"] in book.statuses
            assert event["mode"] is None or (event["type"], event["mode"]) in modes
            assert {term["role"] for term in event["terms"]} <= set(book.term_roles)
