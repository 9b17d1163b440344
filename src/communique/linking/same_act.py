"""Whether two reports tell one act: compatible types, parties and dates, and one matter.

``same_act`` is a pure function of two reports, so which reports are linked never depends on what else
the ledger holds or on the order in which pages came. ``block_keys`` gives the keys under which two
reports that could be one act meet, so that linking never compares all with all.
"""

from __future__ import annotations

from typing import NamedTuple

from communique.linking import days
from communique.linking.keys import part
from communique.linking.parties import SYMMETRIC, alike, together
from communique.linking.report import Report
from communique.linking.words import likeness, named_alike, telling

# Acts that a party repeats from day to day need more in common than acts done once.
NEEDED = {
    "CONSULT": 0.66, "ASSAULT": 0.66, "ACCUSE": 0.64, "SUPPORT": 0.62, "THREATEN": 0.6, "PROTEST": 0.62,
    "REQUEST": 0.6, "DENY": 0.6, "MOBILIZE": 0.6, "COERCE": 0.62, "AID": 0.6, "COOPERATE": 0.6,
}  # fmt: skip
NEEDED_ELSE = 0.54
CONTEST_NEEDED = 0.3  # likeness of matter between a denial and the act it denies
FAMILY = {
    "PROPOSE": ("ask",),
    "REQUEST": ("ask",),
    "ACCEPT": ("yes",),
    "AGREE": ("yes",),
    "ASSAULT": ("force",),
    "COERCE": ("force",),
}
NEARLY = {frozenset(pair): factor for *pair, factor in (
    ("PROPOSE", "REQUEST", 0.85), ("ACCEPT", "AGREE", 0.85), ("ASSAULT", "COERCE", 0.85),
    ("CONCEDE", "PROPOSE", 0.9), ("SANCTION", "THREATEN", 0.9),
)}  # fmt: skip
ONLY_PLANNED = {"CONCEDE", "SANCTION"}  # announced and not yet in force, these are an offer or a threat
CONTESTABLE = frozenset({"ACCEPT", "AGREE", "PROPOSE", "CONSULT", "ASSAULT", "CONCEDE", "BREACH", "AID", "MOBILIZE"})
# Acts that a page names by what they are about; one day's shelling is named like that of another.
NAMED = frozenset(
    {"PROPOSE", "REQUEST", "ACCEPT", "REJECT", "AGREE", "SUPPORT", "DENY", "SANCTION", "CONCEDE", "BREACH"}
)
NARROW = 31  # days: wider intervals are looked up by matter, not by time
TURNABLE = ("PROPOSE", "ASSAULT", "BREACH")  # acts of which sources may exchange the sides
RARE = ("AGREE", "BREACH")  # acts of which also reports years apart can tell one
APART = 400  # days between two undated reports' publications beyond which they are not one act


def same_act(a: Report, b: Report) -> float:
    """How surely two reports tell one act, 0..1; 0 where they do not. The same whichever of the two is named first."""
    a, b = (b, a) if b.key < a.key else (a, b)
    if a.type == "DENY" or b.type == "DENY":
        contested = contests(a, b) or contests(b, a)
        if contested:
            return contested
    if a.page == b.page:
        return 0.0
    factor = _type_factor(a, b)
    if not factor or _days_between(a, b) > days.LONGEST_GAP:
        return 0.0
    parties = _parties(a, b)
    time = days.agreement(a.when, b.when) if parties else None
    if not parties or time is None or _too_far_apart(a, b):
        return 0.0
    if (a.status == "negated") != (b.status == "negated") and apart_in_time(a, b):
        return 0.0  # "not yet" of the day before does not dispute what came the day after
    score = factor * (0.5 * _matter(a, b, time) + 0.25 * parties + 0.25 * time)
    needed = max(NEEDED.get(a.type, NEEDED_ELSE), NEEDED.get(b.type, NEEDED_ELSE))
    return round(score, 4) if score >= needed else 0.0


class Outline(NamedTuple):
    """What tells of most pairs of reports that they are not one act: see ``Report``."""

    page: str
    type: str
    since: int | None
    until: int | None


def ruled_out(a: Report, b: Outline) -> bool:
    """Whether ``same_act`` of two reports is sure to be 0, from what little tells so without comparing their words."""
    if a.type == "DENY" or b.type == "DENY":
        return False
    if a.page == b.page or not (a.type == b.type or frozenset((a.type, b.type)) in NEARLY):
        return True
    return _days_between(a, b) > days.LONGEST_GAP


def _days_between(a: Report, b: Report | Outline) -> int:
    """How far two intervals lie apart, where both are closed; else 0. Cheap, so it is asked before the rest."""
    if a.since is None or b.since is None or a.until is None or b.until is None:
        return 0
    return (a.since if a.since > b.since else b.since) - (a.until if a.until < b.until else b.until)


def apart_in_time(a: Report, b: Report) -> bool:
    """Whether the two intervals do not overlap."""
    return a.until is not None and b.until is not None and max(a.since or 0, b.since or 0) > min(a.until, b.until)


def contests(denial: Report, claim: Report) -> float:
    """1 where a page's denial answers an alleged act of the denier; else the likeness with another page's."""
    if denial.type != "DENY" or claim.type not in CONTESTABLE or claim.status == "actual":
        return 0.0
    if not set(denial.actors) & set(claim.parties):
        return 0.0
    if denial.answers == claim.key:
        return 1.0
    alike_matter = likeness(denial.words, claim.words)
    time = days.agreement(denial.when, claim.when)
    return round(alike_matter, 4) if alike_matter >= CONTEST_NEEDED and time is not None and time >= 0.6 else 0.0


def _type_factor(a: Report, b: Report) -> float:
    if a.type == b.type:
        return 1.0
    factor = NEARLY.get(frozenset((a.type, b.type)), 0.0)
    if factor and any(r.type in ONLY_PLANNED and r.status != "planned" for r in (a, b)):
        return 0.0
    return factor


def _parties(a: Report, b: Report) -> float:
    """Likeness of the parties, 0..1; 0 where they cannot be the same."""
    if a.type in SYMMETRIC or b.type in SYMMETRIC:
        return together(a.parties, b.parties)
    actors, targets = alike(a.actors, b.actors), alike(a.targets, b.targets)
    if actors and targets:
        return 0.6 * actors + 0.4 * targets
    return _turned(a, b)


def _turned(a: Report, b: Report) -> float:
    """Sources that differ on who did it, or on who offered to whom: only on one firm day."""
    if a.type != b.type or a.type not in TURNABLE or not (_firm(a) and _firm(b)) or apart_in_time(a, b):
        return 0.0
    if a.type == "PROPOSE":
        both = a.targets and b.targets
        return min(alike(a.actors, b.targets), alike(a.targets, b.actors)) * 0.8 if both else 0.0
    if a.place and a.place == b.place:
        return alike(a.targets, b.targets) * 0.6 if a.targets and b.targets else 0.0
    return 0.0


def _firm(report: Report) -> bool:
    """Whether a report puts its act within three days."""
    return report.since is not None and report.until is not None and report.until - report.since < 3


def _matter(a: Report, b: Report, time: float) -> float:
    """Likeness of the matter, stretched to 0..1; two parties hardly meet twice on one day."""
    matter = min(1.0, 1.6 * likeness(a.words, b.words))
    if matter < 1.0 and a.type in NAMED and b.type in NAMED:
        matter = max(matter, min(1.0, 1.2 * named_alike(a.about, a.words, b.about, b.words)))
    if a.place and a.place == b.place:
        matter = min(1.0, matter + 0.15)
    if a.type in ("CONSULT", "AGREE") and _one_time(a, b, time) and min(len(a.parties), len(b.parties)) > 1:
        return max(matter, 0.6)
    return matter


def _one_time(a: Report, b: Report, time: float) -> bool:
    """Whether two firm days are one, or next to each other where one is planned: a plan gives way by a day."""
    planned = (a.status == "planned") != (b.status == "planned")
    return _firm(a) and _firm(b) and (time == 1.0 or (planned and time == days.NEXT))


def _too_far_apart(a: Report, b: Report) -> bool:
    """Two reports of which one is undated must have come out within about a year, unless the act is rare."""
    if (a.since is not None and b.since is not None) or a.type in RARE:
        return False
    return a.published is not None and b.published is not None and abs(a.published - b.published) > APART


BlockKeys = tuple[list[int], list[int], bool]


def block_keys(report: Report) -> BlockKeys:
    """Keys by party and month, keys by parties and matter, and whether the report's interval is wide.

    Two reports are compared when they share a key by month, or when they share a key by matter and
    at least one of them is wide.
    """
    wide = report.since is None or report.until is None or report.until - report.since >= NARROW
    families, heavy = _families(report), [part("word", word) for word in telling(report.words, 4)]
    months = [] if wide else _months(report.since, report.until)  # type: ignore[arg-type]
    who = [part("T", family, party) for family in families for party in report.parties[:8]]
    timed = {party + month for party in who for month in months}
    pairs = [part("W", family, *pair) for family in families for pair in _pairs(report)]
    if report.type == "DENY" or (report.status != "actual" and report.type in CONTESTABLE):
        denying = report.actors if report.type == "DENY" else report.parties
        timed |= {part("D", party) + word for party in denying[:4] for word in heavy}
        timed.add(part("P", report.page))  # a denial meets every claim of its own page
    return sorted(timed), sorted({pair + word for pair in pairs for word in heavy}), wide


def _months(since: int, until: int) -> list[int]:
    """The parts of keys for the months, of thirty days, that an interval touches or comes near."""
    return [part("month", str(month)) for month in range((since - 2) // 30, (until + 2) // 30 + 1)]


def _pairs(report: Report) -> list[tuple[str, str]]:
    """The parties under which an undated report is looked up: each source with each target."""
    if report.type in SYMMETRIC:
        both = [(min(p, q), max(p, q)) for p in report.actors[:3] for q in report.targets[:4]]
        return both or [(p, "") for p in report.actors[:1]]
    return [(p, q) for p in report.actors[:4] for q in (*report.targets[:4], "")]


def _families(report: Report) -> tuple[str, ...]:
    own = FAMILY.get(report.type, (report.type,))
    if report.status == "planned" and report.type == "CONCEDE":
        return (*own, "ask")
    if report.status == "planned" and report.type == "SANCTION":
        return (*own, "THREATEN")
    return own
