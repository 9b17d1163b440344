"""Where sources differ on one move: whether it happened, who did it, direction, date, terms, acceptance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations

from communique.linking.parties import SYMMETRIC, alike
from communique.linking.report import Report
from communique.linking.words import stem, stopwords
from communique.move import Dispute, DisputeKind, Side

FIRM_DAYS = 10  # an interval no wider than this says a date
_NUMBER = re.compile(r"\b(\d{1,3}(?:,\d{3})+|\d+)[- ]([a-z]{3,})")
_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER_WORDS = {word: number for number, word in enumerate(_SMALL, start=2)}
_IN_WORDS = re.compile(r"\b(" + "|".join(_NUMBER_WORDS) + r")[- ]([a-z]{3,})")


def negates(report: Report) -> bool:
    """Whether a report says that the act did not happen: a denial, or status ``negated``."""
    return report.type == "DENY" or report.status == "negated"


def disputes(reports: Sequence[Report]) -> list[Dispute]:
    """Every point on which the reports of one move differ; each side has its sources and words."""
    found = [_whether(reports)]
    telling = [r for r in reports if not negates(r)]
    if len(telling) > 1:
        beyond = (_who(telling), _direction(telling), _date(telling), _terms(telling), _acceptance(telling))
        found += [dispute for dispute in beyond if dispute is not None and not _same_words(dispute)]
    return [dispute for dispute in found if dispute is not None]


def _same_words(dispute: Dispute) -> bool:
    """Whether two sides say it in the very same words: one story, printed again another day, is at odds with nobody."""
    said = [{" ".join(words.split()) for words in side.words} for side in dispute.sides]
    return any(not one.isdisjoint(other) for one, other in combinations(said, 2))


def side(says: str, reports: Iterable[Report]) -> Side:
    """One side: what it says, and the reports that say so."""
    listed = list(reports)
    return Side(
        says,
        tuple(dict.fromkeys(source_label(r) for r in listed)),
        tuple(r.key for r in listed),
        tuple(dict.fromkeys(r.quote for r in listed)),
    )


def source_label(report: Report) -> str:
    """Who says it, in words: "Martti Ahtisaari by way of The Guardian", or the outlet."""
    return " by way of ".join(report.via) if report.via else (report.outlet or report.origin)


def _whether(reports: Sequence[Report]) -> Dispute | None:
    yes = [r for r in reports if not negates(r)]
    no = [r for r in reports if negates(r)]
    if not yes or not no or all(r.type == "DENY" for r in reports) or _one_breath(reports):
        return None
    return Dispute("whether", (side("it happened", yes), side("it did not", no)))


def _one_breath(reports: Sequence[Report]) -> bool:
    """Whether all is told in the same words by one named source, who cannot be at odds with itself."""
    return bool(reports[0].via) and len({(r.page, r.quote, r.via) for r in reports}) == 1


def _who(reports: Sequence[Report]) -> Dispute | None:
    """Two groups of sources name actors that cannot be the same, for one act against one target."""
    if reports[0].type in SYMMETRIC:
        return None
    parts = _split(reports, lambda a, b: alike(a.actors, b.actors) > 0)
    if len(parts) < 2 or _is_turned(parts[0][0], parts[1][0]):
        return None
    return Dispute("who", tuple(side(", ".join(p[0].actors), p) for p in parts))


def _direction(reports: Sequence[Report]) -> Dispute | None:
    """One side has A put it to B, the other B to A."""
    parts: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for r in reports:
        if r.type not in SYMMETRIC and r.actors and r.targets:
            parts[(r.actors[0], r.targets[0])].append(r)
    for (a, b), forward in sorted(parts.items()):
        back = parts.get((b, a))
        if back and a < b:
            return Dispute("direction", (side(f"{a} to {b}", forward), side(f"{b} to {a}", back)))
    return None


def _is_turned(a: Report, b: Report) -> bool:
    return alike(a.actors, b.targets) > 0 and alike(a.targets, b.actors) > 0 and bool(a.targets and b.targets)


def _date(reports: Sequence[Report]) -> Dispute | None:
    """Sources put one act on days that exclude each other."""
    firm = [r for r in reports if r.date and len(r.date) >= 10 and (r.when.width or 99) <= FIRM_DAYS]
    parts = _split(sorted(firm, key=lambda r: (r.when.width, r.since)), _days_meet)
    if len(parts) < 2:
        return None
    return Dispute("date", tuple(side(str(p[0].date), p) for p in sorted(parts, key=lambda p: p[0].since or 0)))


def _days_meet(a: Report, b: Report) -> bool:
    return max(a.since or 0, b.since or 0) <= min(a.until or 0, b.until or 0)


def _terms(reports: Sequence[Report]) -> Dispute | None:
    """Sources give different numbers of the same thing: five hostages, ten hostages."""
    seen: dict[str, dict[int, list[Report]]] = defaultdict(lambda: defaultdict(list))
    for report in reports:
        for thing, number in quantities(" ".join((report.quote, *(t[2] for t in report.terms)))).items():
            seen[thing][number].append(report)
    for thing, numbers in sorted(seen.items()):
        pages = [{r.page for r in rs} for rs in numbers.values()]
        if len(numbers) > 1 and len(set().union(*pages)) > 1 and not set.intersection(*pages):
            return Dispute("terms", tuple(side(f"{n} {thing}", rs) for n, rs in sorted(numbers.items())))
    return None


def quantities(text: str) -> dict[str, int]:
    """Things that the text counts and how many: ``{"hostag": 5}``; a thing counted twice is left out."""
    lower = text.lower()
    found = [(stem(thing), int(n.replace(",", ""))) for n, thing in _NUMBER.findall(lower)]
    found += [(stem(thing), _NUMBER_WORDS[n]) for n, thing in _IN_WORDS.findall(lower)]
    things: dict[str, set[int]] = defaultdict(set)
    for thing, number in found:
        if thing not in stopwords():
            things[thing].add(number)
    return {thing: next(iter(numbers)) for thing, numbers in things.items() if len(numbers) == 1}


def _acceptance(reports: Sequence[Report]) -> Dispute | None:
    """Sources differ on whether a yes had conditions."""
    parts = _by([r for r in reports if r.type == "ACCEPT" and r.mode], lambda r: r.mode)
    if len(parts) < 2:
        return None
    return Dispute("acceptance", tuple(side(f"{mode} acceptance", rs) for mode, rs in sorted(parts.items())))


def _by(reports: Iterable[Report], key: Callable[[Report], Hashable]) -> dict[Hashable, list[Report]]:
    parts: dict[Hashable, list[Report]] = defaultdict(list)
    for report in reports:
        parts[key(report)].append(report)
    return parts


def _split(reports: Sequence[Report], same: Callable[[Report, Report], bool]) -> list[list[Report]]:
    """Reports in parts: each joins the first part whose first report is the same."""
    parts: list[list[Report]] = []
    for report in reports:
        home = next((part for part in parts if same(part[0], report)), None)
        if home is None:
            parts.append([report])
        else:
            home.append(report)
    return parts


KINDS: tuple[DisputeKind, ...] = ("whether", "who", "direction", "date", "terms", "acceptance")
