"""``communique explain`` tells what an event rests on, and why a sentence tells none."""

from __future__ import annotations

from click.testing import CliRunner

from communique.cli import main


def test_event_is_explained_field_by_field(page: str) -> None:
    """Words, type, parties, status, date and sources are each accounted for."""
    result = CliRunner().invoke(main, ["explain", page, "e1", "--date", "2014-03-12"])
    assert result.exit_code == 0, result.output
    for field in ("words:", "type: chance", "sources:", "status:", "date:", "according to:"):
        assert field in result.output


def test_sentence_shows_its_scores(page: str) -> None:
    """A sentence's likeliest types and parties are shown, event or not."""
    result = CliRunner().invoke(main, ["explain", page, "--sentence", "rejected the offer"])
    assert "PER" in result.output and "REJECT" in result.output


def test_unknown_event_is_one_clear_line(page: str) -> None:
    """An id that the page lacks is named, with those that it has."""
    result = CliRunner().invoke(main, ["explain", page, "e77"])
    assert result.exit_code == 1
    assert "no event 'e77'" in result.output and page in result.output


def test_either_an_event_or_a_sentence(page: str) -> None:
    """Asking for neither is a usage error."""
    assert CliRunner().invoke(main, ["explain", page]).exit_code == 2
