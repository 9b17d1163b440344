"""Coders for the tests of worker processes, which import them by name."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.page import Page


def echo(page: Page) -> str:
    """The page's own words; those at fault say what to do: sleep, raise, die, recurse."""
    word, _, number = page.text.partition(" ")
    match word:
        case "sleep":
            time.sleep(float(number))
        case "hang":
            hang()
        case "raise":
            raise ValueError("no such\nrule")
        case "die":
            os._exit(3)
        case "recurse":
            return echo(page)
    return page.text.strip()


def hang() -> None:
    """Count up an integer inside compiled code, which no signal handler of Python's interrupts."""
    sum(range(10**12))


@dataclass
class Coded:
    """A coded page with one event a word: every second one is unsure, and each answers the one before."""

    page: Page

    def to_dict(self) -> dict[str, Any]:
        """The page's object, with the keys that the tests look at."""
        events = [
            {"id": f"e{n}", "quote": word, "answers": f"e{n - 1}" if n else None, "confidence": 1.0 - n % 2 * 0.6}
            for n, word in enumerate(self.page.text.split())
        ]
        return {
            "doc": self.page.doc,
            "path": self.page.path,
            "date": self.page.date,
            "url": self.page.url,
            "events": events,
        }


def words(page: Page) -> Coded:
    """A coder that goes through the faults above first."""
    echo(page)
    return Coded(page)


def partless(page: Page) -> str:
    """A coder whose tables are not installed."""
    return Path(__file__).with_name("no-such-table.csv").read_text(encoding="utf-8")
