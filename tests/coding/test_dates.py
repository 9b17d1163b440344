"""Time expressions and the dates they stand for."""

from __future__ import annotations

import random
import re
import time

import pytest

from communique.coding.dating import DateMention, find_dates, resolve_shift
from communique.coding.dating.rules import ALTERNATIVES, GRAMMAR, STARTS

THURSDAY = "2012-05-17"


def read(text: str, published: str | None = THURSDAY) -> list[DateMention]:
    """The mentions of a text taken as one range."""
    return find_dates(text, [(0, len(text))], published)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They signed on Thursday, April 12, 2012.", "2012-04-12"),
        ("They signed on 12 April 2012.", "2012-04-12"),
        ("They signed on the 12th of April, 2012.", "2012-04-12"),
        ("They signed on Jan . 5 , 2011 in Doha.", "2011-01-05"),
        ("They signed on 2012-04-12.", "2012-04-12"),
        ("They signed on 25/12/2011.", "2011-12-25"),
        ("DOHA, May 16. /NEWS/", "2012-05-16"),
        ("They met on 12-15 April 2012.", "2012-04-12/2012-04-15"),
        ("They met on April 12 and 13.", "2012-04-12/2012-04-13"),
        ("They met from 3 May to 5 June 2011.", "2011-05-03/2011-06-05"),
        ("Talks began in mid - March.", "2012-03"),
        ("It was agreed in August.", "2011-08"),
        ("The envoy resigned in March last year.", "2011-03"),
        ("The truce of the spring of 2011 held.", "2011-03/2011-05"),
        ("It goes back to the early 1990s.", "1990/1999"),
        ("At the end of 2012 it will lapse.", "2012"),
        ("They left on Christmas Day 2011.", "2011-12-25"),
        ("It ran from 2003 to 2005.", "2003/2005"),
    ],
)
def test_calendar_dates_are_read_in_the_styles_of_news(text: str, value: str) -> None:
    """Full and partial calendar dates get the value their words give, with the year from publication."""
    assert [m.value for m in read(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He spoke on Tuesday.", "2012-05-15"),
        ("He spoke on Thursday.", "2012-05-17"),
        ("He will speak on Tuesday.", "2012-05-22"),
        ("He spoke last Thursday.", "2012-05-10"),
        ("He went to the king on Tuesday, urging him to go.", "2012-05-15"),
        ("The rebels fled to the hills on Tuesday.", "2012-05-15"),
        ("He was to meet the king on Tuesday.", "2012-05-22"),
        ("He is due to speak next Thursday.", "2012-05-24"),
        ("He left on Friday last week.", "2012-05-11"),
        ("He spoke yesterday.", "2012-05-16"),
        ("He left last night.", "2012-05-16"),
        ("Shells fell overnight.", "2012-05-16/2012-05-17"),
        ("He left three days ago.", "2012-05-14"),
        ("He left a year ago.", "2011"),
        ("They met last week.", "2012-05-07/2012-05-13"),
        ("They met earlier this week.", "2012-05-14/2012-05-17"),
        ("They met earlier this month.", "2012-05"),
        ("They met last month.", "2012-04"),
        ("They will meet this weekend.", "2012-05-19/2012-05-20"),
        ("They met at the weekend.", "2012-05-12/2012-05-13"),
        ("They met twice in the past two months.", "2012-03/2012-05"),
        ("The siege has lasted since 12 April.", "2012-04-12/2012-05-17"),
    ],
)
def test_relative_dates_count_from_publication(text: str, value: str) -> None:
    """Weekdays and distances count from publication, back unless the clause looks ahead."""
    assert [m.value for m in read(text)] == [value]


def test_a_day_named_after_another_counts_from_it() -> None:
    """ "The following day" and "two days later" count from the date told before them."""
    first, second = read("The truce began on 12 April 2011. The following day it broke.")
    assert (second.value, second.kind) == ("2011-04-13", "relative-to-event")
    assert first.value == "2011-04-12"


def test_a_distance_from_an_act_waits_for_the_date_of_the_act() -> None:
    """ "A month after the offer" has no value until the offer's date is known, then counts from it."""
    (mention,) = read("A month after the offer was made, it was dropped.")
    assert mention.value is None and mention.shift == "+P1M"
    assert resolve_shift(mention, "2012-02") == "2012-03"


def test_a_distance_from_a_dated_act_is_resolved_in_the_clause() -> None:
    """ "Two days after the 12 April truce" counts from the date that follows."""
    assert read("Two days after the 12 April truce, fighting resumed.")[0].value == "2012-04-14"


@pytest.mark.parametrize(
    "text", ["Theresa May spoke.", "They may march again.", "Some 2000 soldiers left.", "He won 3.5 to 2."]
)
def test_names_verbs_and_counts_are_no_dates(text: str) -> None:
    """A name, a verb or a count that looks like a date is left alone."""
    assert [m for m in read(text) if m.value] == []


def test_without_publication_only_full_dates_have_values() -> None:
    """With publication unknown, relative dates are found but say nothing."""
    mentions = read("On Tuesday and yesterday they spoke; on 12 April 2012 they signed; in August they left.", None)
    assert [m.value for m in mentions] == [None, None, "2012-04-12", None]


def test_coarse_publication_settles_what_it_can() -> None:
    """A page dated to a month still dates "last month", but not a weekday."""
    assert [m.value for m in read("Last month they met; on Tuesday they left.", "2012-05")] == ["2012-04", None]


def test_vague_words_are_marked_as_vague() -> None:
    """Words of time without a date are found, with no value."""
    assert [(m.kind, m.value) for m in read("In recent weeks they met.")] == [("vague", None)]


@pytest.mark.parametrize("value", ["99/99/2012", "31 February 2012", "2012-13-45"])
def test_impossible_days_have_no_day(value: str) -> None:
    """A day that no calendar has is never given as a value."""
    assert all(m.value is None or len(m.value) < 10 for m in read(f"Signed on {value}."))


def test_mentions_lie_in_their_ranges_and_do_not_overlap() -> None:
    """Ranges are exact, in order, and only from the lines asked for."""
    text = "On Monday.\nSkip 3 May 2010.\nOn 4 May 2010, İstanbul met."
    mentions = find_dates(text, [(0, 10), (28, len(text))], THURSDAY)
    assert [text[m.start : m.end] for m in mentions] == ["Monday", "4 May 2010"]


@pytest.mark.parametrize("piece", ["1 ", "May ", "1/1/", "the ", "last ", "12,", "Monday, ", "'", "2012-"])
def test_a_long_hostile_line_is_read_in_linear_time(piece: str) -> None:
    """Endless repeats of date-like pieces do not blow up."""
    text = piece * (200_000 // len(piece))
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 8


def test_the_look_ahead_hides_no_date() -> None:
    """The grammar finds the same in random runs of tags as where a rule may begin with any starting tag."""
    chance, plain = random.Random(5), re.compile(rf"(?=[{STARTS}])(?:{ALTERNATIVES})")
    tags = STARTS + "x" * 12 + ".,|'-_:/()0123vabrlhGPmQ4"
    for _ in range(3000):
        run = "".join(chance.choices(tags, k=10))
        ours, theirs = GRAMMAR.search(run), plain.search(run)
        assert (ours and (ours.span(), ours.lastgroup)) == (theirs and (theirs.span(), theirs.lastgroup)), run
