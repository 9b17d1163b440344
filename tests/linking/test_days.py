"""Dates as intervals of days."""

from __future__ import annotations

import pytest

from communique.linking.days import agreement, bounds, iso, when


def test_a_month_of_current_news_is_the_week_before() -> None:
    """The publication month, which the codebook gives to undated news, means the days before publication."""
    span = when("2030-06", "2030-06-20")
    assert (iso(span.since), iso(span.until)) == ("2030-06-13", "2030-06-20")


def test_an_earlier_month_is_the_whole_month() -> None:
    """A month that is not the publication month is taken whole."""
    span = when("2030-04", "2030-06-20")
    assert (iso(span.since), iso(span.until)) == ("2030-04-01", "2030-04-30")


def test_an_undated_act_lies_before_publication_unless_planned() -> None:
    """Nothing told as done lies after the page; a plan may."""
    assert iso(when(None, "2030-06-20").until) == "2030-06-20"
    assert when(None, "2030-06-20", "planned").until is None


@pytest.mark.parametrize("bad", ["", None, "soon", "2030-13", "2030-02-31", "203"])
def test_what_is_no_date(bad: str | None) -> None:
    """Anything but a date has no bounds."""
    assert bounds(bad) is None


def test_agreement_falls_with_width_and_distance() -> None:
    """The same day agrees fully, neighbouring days partly, distant ones not at all."""
    first = when("2030-06-09", "2030-06-10")
    assert agreement(first, first) == 1.0
    assert agreement(first, when("2030-06-10", "2030-06-10")) == 0.7
    assert agreement(first, when("2030-06-20", "2030-06-21")) is None
    assert agreement(first, when(None, "2030-06-21")) == 0.35
