"""Who published the page: from its address, its structured metadata, its head lines, or how it speaks of itself."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from communique.cleaning.dates import find_dates
from communique.cleaning.lines import Lines
from communique.page import Page

CAPITALISED = r"(?:(?:[A-Z]\.)+(?=\s|$)|(?:St|Mt|Ft|Dr)\.|[A-Z&](?:[\w'’&]|\.(?!\s))*)"
"""A word of a name. A stop that a space follows ends the name, but after an initial or one of these short forms."""
NAME = rf"(?P<name>(?:The )?(?!&){CAPITALISED}(?: (?:of|and|the|de|{CAPITALISED})){{0,4}})"
SELF = tuple(
    (literals, re.compile(form))
    for literals, form in (
        (("essage from ",), rf"^(?:A|An) [Mm]essage from {NAME}:?$"),
        (("Support ",), rf"^Support {NAME}$"),
        ((" logo",), rf"^{NAME} logo$"),
        (("ontent created by ",), rf"[Cc]ontent created by (?:the )?{NAME}(?:,| is| are)"),
        (("y supporting ",), rf"[Bb]y supporting {NAME},"),
        (("translated for ",), rf"translated for {NAME}(?: by\b|\.|$)"),
        (
            ("Sign up for ", "Subscribe to ", "Follow "),
            rf"^(?:Sign up for|Subscribe to|Follow) {NAME}(?: on\b|['’]s|$| newsletter)",
        ),
        (
            ("©", "opyright"),
            rf"(?:©|[Cc]opyright)(?: \(c\))?,? ?(?:(?:19|20)\d\d)?(?:[-–](?:19|20)\d\d)?,? (?:by )?{NAME}",
        ),
        (
            ("Reporter, ", "Correspondent, ", "Editor, ", "Writer, "),
            rf"(?:Reporter|Correspondent|Editor|Writer), {NAME}$",
        ),
        (("We, the journalists",), rf"^We, the journalists of {NAME},"),
    )
)
"""How a page speaks of itself: words that each form must hold, looked for first, and the form."""
LEGAL = re.compile(r"(?:,? (?:LLC|Inc|Ltd|Limited|Corp|GmbH|Company|Co|PLC|plc|Network))+\.?$|\.$")
NOT_NAMES = frozenset(
    [
        "us",
        "our",
        "the",
        "this",
        "all",
        "me",
        "him",
        "copyright",
        "your",
        "independent",
        "journalism",
        "facebook",
        "twitter",
        "google",
    ]
)


@cache
def agencies() -> dict[str, str]:
    """Marks in datelines to the names of outlets."""
    text = (files("communique.cleaning") / "agencies.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#"))
    return {row["mark"]: row["outlet"] for row in rows}


@cache
def known() -> tuple[dict[str, str], dict[str, str]]:
    """Names and domains of outlets, in lower case, to their proper names, from the table of outlets."""
    names = {mark.lower(): name for mark, name in agencies().items() if len(mark) > 2}
    domains: dict[str, str] = {}
    table = files("communique.knowledge") / "data" / "outlets.csv"
    if table.is_file():
        rows = csv.DictReader(
            line for line in table.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
        )
        for row in rows:
            _add(row, names, domains)
    return names, domains


def _add(row: dict[str, str], names: dict[str, str], domains: dict[str, str]) -> None:
    name = row.get("name") or ""
    for alias in (name, row.get("id") or "", *re.split(r"[|;]", row.get("aliases") or "")):
        if alias.strip():
            names.setdefault(alias.strip().lower(), name)
    for domain in re.split(r"[|;\s]+", row.get("domains") or row.get("domain") or ""):
        if domain:
            domains.setdefault(domain.lower().removeprefix("www."), name)


def proper_name(name: str) -> str | None:
    """The table's name of an outlet, by any of its names; None where the table has none."""
    return known()[0].get(name.strip().lower())


def as_printed(name: str) -> str:
    """The name as the page prints it; the table's where the page has only a mark in small letters."""
    return (proper_name(name) or name) if name == name.lower() else name


def outlet_of_url(url: str | None) -> str | None:
    """The outlet whose domain a URL is under, or None."""
    if not url:
        return None
    try:
        host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").removeprefix("www.")
    except ValueError:
        return None
    domains = known()[1]
    parts = host.split(".")
    return next((domains[tail] for at in range(len(parts)) if (tail := ".".join(parts[at:])) in domains), None)


def outlet_line(lines: Lines, before: int) -> int | None:
    """The index of a line near the top that is an outlet's name: a known one, or one right above a bare date."""
    for index in range(min(before, 8)):
        words = lines.words(index)
        if len(words) < 60 and (
            proper_name(words) or (_bare_date(lines, index + 1) and index > 0 and len(words.split()) < 6)
        ):
            return index
    return None


def _bare_date(lines: Lines, index: int) -> bool:
    """Whether a line is a date in ISO form and nothing else."""
    return index < min(len(lines), 8) and re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d", lines.words(index)) is not None


def structured_outlet(page: Page) -> str | None:
    """The outlet as told from outside, by the address, or by the page's structured metadata."""
    if page.outlet:
        return as_printed(page.outlet)
    by_address = outlet_of_url(page.url)
    if by_address:
        return by_address
    for key in (
        "og:site_name",
        "jsonld:publisher",
        "meta:application-name",
        "jsonld:site",
        "itemprop:publisher",
        "feed:outlet",
        "mail:from",
    ):
        value = page.meta.get(key)
        if value and len(value) < 60:
            return as_printed(value)
    return None


def self_named(texts: Iterable[str]) -> str | None:
    """The outlet that the furniture of a page names as itself, or None."""
    votes: Counter[str] = Counter()
    heads = [words[:400] for words in texts]
    page = "\n".join(heads)
    forms = [(literal, form) for literals, form in SELF for literal in literals if literal in page]
    for words in heads if forms else ():
        for match in _speaks_of_itself(words, forms):
            name = LEGAL.sub("", match["name"]).strip(" ,.")
            if name.lower() not in NOT_NAMES and len(name) > 2 and not next(find_dates(name), None):
                votes[name] += 1
    if not votes:
        return None
    best = _merged(votes)
    return as_printed(best)


def _speaks_of_itself(words: str, forms: Sequence[tuple[str, re.Pattern[str]]]) -> Iterator[re.Match[str]]:
    tried: re.Pattern[str] | None = None
    for literal, form in forms:
        if literal in words and form is not tried:
            tried = form
            match = form.search(words)
            if match:
                yield match


def _merged(votes: Counter[str]) -> str:
    """The name with most votes; ``South Front`` and ``SouthFront`` count together."""
    together: Counter[str] = Counter()
    for name, count in votes.items():
        together[re.sub(r"^the|\W", "", name.lower())] += count
    top = max(together.values())
    return next(name for name, _ in votes.most_common() if together[re.sub(r"^the|\W", "", name.lower())] == top)


def furniture_texts(lines: Lines, body: Sequence[bool]) -> Iterable[str]:
    """The lines that are not body."""
    return (lines.words(index) for index, is_body in enumerate(body) if not is_body)
