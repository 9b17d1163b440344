"""The actor tables are well formed and hold what every page needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import communique.knowledge
from communique.knowledge import load_knowledge, tables
from communique.knowledge.phrases import Words, plain
from communique.knowledge.spelling import near, sound

ID = re.compile(r"[A-Z]{3}|[A-Z][A-Z0-9_]+|[a-z0-9]+(-[a-z0-9]+)*")
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
DATA = Path(communique.knowledge.__file__).parent / "data"


def meaning(phrase: str) -> tuple[str, str] | None:
    """The kind and id of a phrase that stands alone in a text."""
    words = Words(plain(phrase), 0, len(phrase))
    hit = load_knowledge().phrases.at(words, 0)
    return (hit[1].kind, hit[1].id) if hit and hit[0] == words.size else None


@pytest.mark.parametrize(
    "name", ["igos.csv", "collectives.csv", "groups.csv", "states_more.csv", "broad_adjectives.csv"]
)
def test_ids_follow_the_codebook(name: str) -> None:
    """Every id is an ISO code, a name in capitals, or lower-case words with hyphens."""
    assert [row[0] for row in tables.rows(name) if not ID.fullmatch(row[0])] == []


def test_no_state_organisation_or_group_stands_twice() -> None:
    """An id has one row, so that a correction is made in one place."""
    ids = [row[0] for name in ("states_more.csv", "igos.csv", "groups.csv") for row in tables.rows(name)]
    assert sorted({i for i in ids if ids.count(i) > 1}) == []


def test_people_rows_are_complete_and_their_dates_in_order() -> None:
    """Each office has an id, a first month and, if it ended, a later last month."""
    for name, _aliases, gender, code, _role, start, end in tables.rows("people.csv"):
        assert name.strip() == name and gender in ("m", "f"), name
        assert not code or (ID.fullmatch(code) and MONTH.fullmatch(start)), name
        assert not end or (MONTH.fullmatch(end) and end >= start), name


def test_every_table_is_listed_in_the_readme() -> None:
    """A researcher finds each table, its meaning and its source in the README."""
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in DATA.glob("*.csv") if p.name not in readme] == []


@pytest.mark.parametrize(
    ("phrase", "kind", "code"),
    [
        ("US", "state", "USA"),
        ("U.S.", "state", "USA"),
        ("Quai d'Orsay", "seat", "FRA"),
        ("Downing Street", "seat", "GBR"),
        ("Côte d'Ivoire", "state", "CIV"),
        ("Türkiye", "state", "TUR"),
        ("P5 + 1", "collective", "world-powers"),
        ("Ban Ki - moon", "person", ""),
        ("Zanu - PF", "group", "zanu-pf"),
        ("security council", "igo", "UN"),
        ("Nato", "igo", "NATO"),
        ("the Washington Post", None, None),
        ("Washington Post", "stop", ""),
    ],
)
def test_a_phrase_means_one_thing(phrase: str, kind: str | None, code: str | None) -> None:
    """Names, spellings, tokenised text and metonyms lead to the right party."""
    assert meaning(phrase) == ((kind, code) if kind else None)


def test_lower_case_us_is_a_pronoun_not_a_state() -> None:
    """An acronym must stand in its own capitals, also where some of its letters are small."""
    assert meaning("us") is None
    assert meaning("Let") is None
    assert meaning("LeT") == ("group", "lashkar-e-taiba")


def test_an_office_is_found_by_month() -> None:
    """The foreign minister of 2012 is not that of 2016, and an office long over is none."""
    people = load_knowledge().people
    kerry = people["John Kerry"]
    assert kerry.office("2014-05") is not None
    assert kerry.office("2024-05") is None
    solana = people["Javier Solana"]
    assert [o.id for m in ("1997-01", "2006-01") if (o := solana.office(m))] == ["NATO", "EU"]


def test_unnamed_sides_have_dated_names() -> None:
    """Afghan rebels were the Northern Alliance in 2000 and the Taliban in 2010; Syrian ones have no other name."""
    known = load_knowledge()
    assert known.side("AFG", "rebels", "2000-05") == "northern-alliance"
    assert known.side("AFG", "rebels", "2010-05") == "taliban"
    assert known.side("SYR", "rebels", "2012-05") == "syrian-rebels"
    assert known.side("KOR", "civilians", None) == "south-korean-civilians"


@pytest.mark.parametrize(("a", "b"), [("ahtisaari", "ahtissari"), ("gaddafi", "qadhafi"), ("yanukovych", "yanukovich")])
def test_misspelt_names_sound_alike(a: str, b: str) -> None:
    """Transliterations and slips share a sound and lie few letters apart."""
    assert sound(a) == sound(b) and near(a, b)


@pytest.mark.parametrize(("a", "b"), [("merkel", "miliband"), ("hollande", "holder"), ("putin", "patten")])
def test_different_names_do_not_pass_as_misspellings(a: str, b: str) -> None:
    """Names of different people differ in sound or in letters."""
    assert sound(a) != sound(b) or not near(a, b)
