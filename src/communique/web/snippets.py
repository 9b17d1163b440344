"""Small pieces of HTML that lists repeat hundreds of times: made in one go and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup, escape

from communique.web.escaping import html
from communique.web.wording import day, tone_of_outcome

KEPT = 8192
Choice = tuple[str, str]  # a value and what it is called


@lru_cache(KEPT)
def party(actor: str, name: str) -> Markup:
    """A party as a link to its page."""
    return Markup('<a class="party" href="/actors/{}"><bdi>{}</bdi></a>').format(quote(actor, safe=""), name)


def parties(listed: Sequence[Mapping[str, str]], most: int = 6) -> Markup:
    """Parties with commas, the last ones counted where there are many."""
    rest = len(listed) - most
    links = ", ".join([party(actor["id"], actor["name"]) for actor in listed[:most]])
    return html(f"{links} and {rest} more" if rest > 0 else links)


@lru_cache(KEPT)
def outcome(name: str, date: str | None = None) -> Markup:
    """What became of a thread, and since when."""
    shown = Markup('<span class="outcome tone-{}">{}</span>').format(tone_of_outcome(name), name)
    return shown + Markup(' <span class="when">{}</span>').format(day(date)) if date else shown


def options(choices: Sequence[str | Mapping[str, str]], chosen: str | None, lower: bool = False) -> Markup:
    """The options of a filter, after one for any; one that is chosen and not among them stands last.

    A choice is a word, shown in small letters with ``lower``, or something with ``id`` and ``name``.
    """
    pairs = ((c, c.lower() if lower else c) if isinstance(c, str) else (c["id"], c["name"]) for c in choices)
    return _options(tuple(pairs), chosen or "")


@lru_cache(256)
def _options(choices: tuple[Choice, ...], chosen: str) -> Markup:
    known = choices if not chosen or any(value == chosen for value, _ in choices) else (*choices, (chosen, chosen))
    return Markup("\n").join(_option(value, name, value == chosen) for value, name in (("", "any"), *known))


def _option(value: str, name: str, chosen: bool) -> Markup:
    selected = Markup(" selected") if chosen and value else ""
    return Markup('<option value="{}"{}>{}</option>').format(value, selected, escape(name))
