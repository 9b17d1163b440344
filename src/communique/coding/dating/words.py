"""The words of time expressions, read from the tables in ``knowledge/dates``."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

TAGS = {
    "weekday": "W", "weekday-short": "w", "month": "M", "number": "n", "vague-number": "q", "ordinal": "o",
    "unit": "U", "unit-plural": "u", "season": "S", "season-ambiguous": "s", "daypart": "P", "deictic": "T",
    "overnight": "V", "last": "L", "previous": "p", "next": "X", "following": "f", "this": "H", "ago": "G",
    "earlier": "E", "later": "F", "before": "b", "after": "a", "later-now": "h", "part": "e", "part-noun": "k",
    "since": "0", "from": "1", "to": "2", "between": "3", "and": "4", "prep": "i", "of": "v", "the": "d", "a": "A",
    "that": "z", "about": "c", "or": "r", "so": "r", "half": "l", "every": "y", "set": "Y", "decade": "B",
    "holiday": "K", "vague": "g", "back": "t", "recent": "R",
}  # fmt: skip
"""One character for each tag of the word table, so that the grammar can be written as patterns over tags."""
DAY, YEAR, NUMBER, BREAK, OTHER, MAYBE_MONTH, POSSESSIVE = "D", "J", "N", "|", "x", "m", "'"


class Word(NamedTuple):
    """A word of the table: its tag character, its value, and whether it counts only with a capital."""

    tag: str
    value: int | str | None
    capital: bool


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table in ``knowledge/dates``, without its comment lines."""
    text = files("communique.knowledge").joinpath("dates", table).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines))


def number_or_text(value: str) -> int | str | None:
    """An integer where the cell holds one, None where it is empty, else the cell."""
    if not value:
        return None
    return int(value) if value.lstrip("-").isdigit() else value


@cache
def words() -> dict[str, Word]:
    """Every word of the table, lower case, with its tag."""
    return {
        row["word"]: Word(TAGS[row["tag"]], number_or_text(row["value"]), row["case"] == "cap")
        for row in rows("words.csv")
    }


@cache
def tenses() -> dict[str, str]:
    """Words that show whether a clause looks ahead (``future``) or back (``past``)."""
    return {row["word"]: row["tense"] for row in rows("verbs.csv")}


@cache
def holidays() -> dict[str, str]:
    """Names of holidays, lower case, with the rule that dates them (see the table's header)."""
    return {row["name"]: row["date"] for row in rows("holidays.csv")}
