"""The tables for eyes: the words highlighted in their line, and nothing that could steer a terminal."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from communique.actor import Actor
from communique.article import Article
from communique.commands.table import PageTables, clean, in_context
from communique.event import Event
from communique.evidence import Evidence
from communique.page import Page

TEXT = "Talks\nNorway offered Iceland half of the catch on Monday, two diplomats said.\nOther news\n"
QUOTE = "Norway offered Iceland half of the catch"


def event(quote: str = QUOTE, **fields: object) -> Event:
    """An offer that rests on these words of TEXT."""
    start = TEXT.index(quote)
    words = Evidence(start, start + len(quote), quote)
    return Event("e1", "PROPOSE", "offer", (Actor("Norway", "NOR"),), (Actor("Iceland", "ISL"),), words, **fields)  # type: ignore[arg-type]


def coded(*events: Event, title: str = "Talks") -> SimpleNamespace:
    """A coded page of TEXT with these events."""
    page = Page(doc="p", text=TEXT, digest="", path="p.txt")
    article = Article(title=title, outlet="Sample Herald", published="2014-03-12")
    return SimpleNamespace(page=page, article=article, events=events)


def printed(capsys: pytest.CaptureFixture[str], page: SimpleNamespace, least: float = 0.0) -> str:
    """What is printed for a page, with runs of space made one."""
    PageTables(least).show(page)
    return " ".join(capsys.readouterr().out.split())


def test_words_stand_between_marks_in_their_line() -> None:
    """The line around the words is shown, and no other line."""
    start = TEXT.index(QUOTE)
    shown = in_context(TEXT, Evidence(start, start + len(QUOTE), QUOTE), marks=True)
    assert shown.plain == f"«{QUOTE}» on Monday, two diplomats said."


def test_words_are_styled_at_a_terminal() -> None:
    """At a terminal the words have a style of their own, and no marks."""
    start = TEXT.index(QUOTE)
    shown = in_context(TEXT, Evidence(start, start + len(QUOTE), QUOTE), marks=False)
    assert [(shown.plain[span.start : span.end], str(span.style)) for span in shown.spans] == [
        (QUOTE, "bold black on yellow")
    ]


def test_long_lines_are_cut_at_a_word() -> None:
    """Context is cut at the nearest space, and the cut is shown."""
    text = "word " * 40 + "QUOTE" + " word" * 40
    shown = in_context(text, Evidence(200, 205, "QUOTE"), marks=True).plain
    assert shown.startswith("…word") and shown.endswith("word…") and len(shown) < 140


def test_table_says_who_did_what_when(capsys: pytest.CaptureFixture[str]) -> None:
    """Heading, act, parties, date, status and source are all there."""
    out = printed(capsys, coded(event(date="2014-03-10", status="alleged", according_to=("two diplomats", "Wire"))))
    for part in (
        "Talks",
        "Sample Herald · 2014-03-12 · p.txt",
        "PROPOSE",
        "NOR →",
        "2014-03-10",
        "two diplomats < Wire",
    ):
        assert part in out


def test_events_below_the_confidence_asked_for_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """A page whose events are all unsure says that it has none."""
    assert "no events" in printed(capsys, coded(event(confidence=0.4)), least=0.5)


def test_page_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences, markup and marks of direction in a page are only words."""
    out = printed(capsys, coded(event(according_to=("\x1b]0;owned\x07 [red]x[/red]",)), title="\x1b[2J\u202eTitle"))
    assert "\x1b" not in out and "\x07" not in out and "\u202e" not in out
    assert "[red]x[/red]" in out
    assert clean("a\x00\x1b\nb") == "a b"
