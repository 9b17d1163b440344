"""The words that hang a report on a source, read once from the tables in ``knowledge/attribution``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CLAUSAL = frozenset({"say", "claim", "report", "confirm", "show", "write", "deny"})
"""Kinds of verb that a report rests on even where no "that" follows."""


_SPEAKERS = ("speaker", "anonymous", "organisation", "medium", "document", "title", "title_tail", "crowd", "post")

_TRAILING = ("tail", "timeword", "link", "determiner")
_LOOSE = ("determiner", "stop", "between", "quantity", "fresh", "timeword")
_OWNING = ("'", "’", "'s", "’s")


@dataclass(frozen=True, slots=True)
class Cues:
    """The tables as look-ups: words are lower case, phrases are tuples of words, listed by their first.

    ``bare`` holds the forms without an ending ("report", "state") and those in -s, which are often nouns; ``openers``
    every word that a frame of a sentence may begin with, ``carriers`` those of a carrier's, and ``speakers`` every noun
    for somebody or something that can tell, ``trailing`` and ``loose`` the words that cannot end and cannot head a
    phrase for one, ``opening`` those that only open a sentence.
    """

    verbs: dict[str, str]
    bare: frozenset[str]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]
    nouns: dict[str, str]
    media: frozenset[tuple[str, ...]]
    media_starts: frozenset[str]
    words: dict[str, frozenset[str]]
    openers: frozenset[str]
    carriers: frozenset[str]
    speakers: frozenset[str]
    trailing: frozenset[str]
    loose: frozenset[str]
    opening: frozenset[str]


def _rows(name: str) -> list[dict[str, str]]:
    table = files("communique.knowledge").joinpath("attribution", name)
    with table.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def inflected(lemma: str, irregular: str = "") -> set[str]:
    """The forms of a regular verb (lemma, -s, -ed, -ing), with those given besides.

    >>> sorted(inflected("note"))
    ['note', 'noted', 'notes', 'noting']
    """
    head, _, rest = lemma.partition(" ")
    stem = head.removesuffix("e")
    regular = {head, head + "s", stem + "ed", stem + "ing"}
    given = {form.replace("_", " ") for form in irregular.split()}
    return {f"{form} {rest}".strip() for form in regular} | given


def _verbs() -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    single: dict[str, str] = {}
    phrases: dict[tuple[str, ...], str] = {}
    for row in _rows("verbs.csv"):
        for form in inflected(row["lemma"], row["forms"] or ""):
            parts = tuple(form.split())
            if len(parts) == 1:
                single[form] = row["kind"]
            else:
                phrases[parts] = row["kind"]
    return single, phrases


def _bare() -> set[str]:
    return {form for row in _rows("verbs.csv") for form in (row["lemma"], row["lemma"] + "s")}


@cache
def cues() -> Cues:
    """The tables, read once a process."""
    single, phrases = _verbs()
    media = frozenset(tuple(row["name"].replace("-", " ").replace("'", " '").split()) for row in _rows("media.csv"))
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, kind in phrases.items():
        by_first.setdefault(phrase[0], []).append((phrase, kind))
    words: dict[str, set[str]] = {}
    for row in _rows("words.csv"):
        words.setdefault(row["class"], set()).add(row["word"])
    nouns = {row["noun"]: row["kind"] for row in _rows("nouns.csv")}
    return Cues(
        verbs=single,
        bare=frozenset(_bare()) - words["verb_only"],
        phrases=by_first,
        nouns=nouns,
        media=media,
        media_starts=frozenset(name[0] for name in media),
        words={name: frozenset(group) for name, group in words.items()},
        openers=frozenset(["according", *words["reportedly"], *by_first, *single, *nouns]),
        carriers=frozenset(["citing", "as", *words["hearer"]]),
        speakers=frozenset().union(*(words[name] for name in _SPEAKERS)),
        trailing=frozenset(_OWNING).union(*(words[name] for name in _TRAILING)),
        loose=frozenset(_OWNING).union(*(words[name] for name in _LOOSE)),
        opening=frozenset(words["stop"] | words["determiner"]),
    )
