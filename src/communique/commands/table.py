"""Coded pages as tables for eyes, the words that show each event highlighted."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.actor import Actor
from communique.event import Event
from communique.evidence import Evidence

if TYPE_CHECKING:
    from communique.coding.coded import CodedPage

PLAIN_WIDTH = 100  # where the output is no terminal
CONTEXT = 60  # characters shown before and after the words, at most
HIGHLIGHT = "bold black on yellow"
# Characters that could steer a terminal, or turn the direction of what follows. Pages may hold any.
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class PageTables:
    """Prints one table a page. ``least`` is the confidence below which an event is left out."""

    def __init__(self, least: float = 0.0) -> None:
        self.least = least
        self.console = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False)

    def show(self, coded: CodedPage) -> None:
        """Print one coded page: what it is, and its events."""
        events = [event for event in coded.events if event.confidence >= self.least]
        for line in _heading(coded):
            self.console.print(line, soft_wrap=True)
        self.console.print(self._table(coded.page.text, events) if events else Text("  no events\n"))

    def _table(self, text: str, events: Iterable[Event]) -> Table:
        table = Table(box=SIMPLE_HEAD, pad_edge=False, width=self.console.width)
        for name, wide in (("", 3), ("act", 15), ("who → whom", 16), ("when", 10)):
            table.add_column(name, width=wide, overflow="fold")
        table.add_column("words", ratio=1, overflow="fold")
        for event in events:
            words = in_context(text, event.evidence, marks=not self.console.is_terminal)
            table.add_row(event.id, _act(event), _who(event), _when(event), _sourced(words, event.according_to))
        return table


def _heading(coded: CodedPage) -> list[Text]:
    article = coded.article
    name = PurePath(coded.page.path or coded.page.doc).name
    about = " · ".join(clean(part) for part in (article.outlet, article.published, name) if part)
    return [Text(clean(article.title or "(no title)"), style="bold"), Text(about, style="dim")]


def _act(event: Event) -> Text:
    words = Text(event.type, style="bold")
    if event.mode:
        words.append(f"\n{event.mode}")
    if event.answers:
        words.append(f"\nanswers {event.answers}", style="dim")
    return words


def _who(event: Event) -> Text:
    return Text(f"{_ids(event.sources)} → {_ids(event.targets)}" if event.targets else _ids(event.sources))


def _ids(actors: Iterable[Actor]) -> str:
    return ", ".join(clean(actor.id) for actor in actors) or "-"


def _when(event: Event) -> Text:
    words = Text((event.date or "undated").replace("/", "/\n"))
    if event.status != "actual":
        words.append(f"\n{event.status}", style="italic")
    return words


def in_context(text: str, evidence: Evidence, marks: bool) -> Text:
    """The words of an event with those around them in its line; ``marks`` puts them between « and »."""
    before = text[max(0, evidence.start - CONTEXT) : evidence.start].rpartition("\n")[2]
    after = text[evidence.end : evidence.end + CONTEXT].partition("\n")[0]
    if len(before) == CONTEXT:
        before = "…" + before.partition(" ")[2]
    if len(after) == CONTEXT:
        after = after.rpartition(" ")[0] + "…"
    quote = clean(evidence.quote)
    shown = Text(clean(before))
    shown.append(f"«{quote}»" if marks else quote, style=HIGHLIGHT)
    shown.append(clean(after))
    return shown


def _sourced(words: Text, chain: tuple[str, ...]) -> Text:
    """The words, and under them who says so according to the page."""
    if chain:
        words.append("\naccording to " + clean(" < ".join(chain)), style="dim")
    return words


def clean(words: str) -> str:
    """Words of a page without characters that could steer the terminal."""
    return _STEERING.sub(" ", words)
