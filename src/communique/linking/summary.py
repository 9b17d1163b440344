"""What a group of reports says together: one Move, with its outlets, independent sources and disputes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from communique.linking.disputes import disputes, negates, source_label
from communique.linking.matter import matter, matter_of
from communique.linking.report import Report
from communique.linking.sources import outlet_key
from communique.linking.words import heaviest_first
from communique.move import Move

_COPIES = "copies "
MOST_WORDS = 40  # weighted words kept of a move


def summarise(reports: Sequence[Report], copies: Mapping[str, str]) -> Move:
    """The Move told by ``reports`` (in order); ``copies`` maps a page to its group of copies, if it has any."""
    return told_once(reports[0]) if len(reports) == 1 else summarise_all(reports, copies)


def summarise_all(reports: Sequence[Report], copies: Mapping[str, str]) -> Move:
    """The Move of any number of reports, weighed against one another."""
    telling = [r for r in reports if not negates(r)] or list(reports)
    first, best = reports[0], fullest(telling)
    span, sources = _span(telling), independent(telling, copies)
    return Move(
        id=f"m-{first.key}",
        type=best.type,
        mode=_commonest(r.mode for r in telling if r.type == best.type),
        actors=_commonest_parties([r.actors for r in telling if r.type == best.type]),
        targets=_commonest_parties([r.targets for r in telling if r.type == best.type and r.targets]),
        about=matter_of(telling),
        date=_finest([r for r in telling if r.date]),
        since=span[0],
        until=span[1],
        status=_status(reports),
        reports=tuple(r.key for r in reports),
        outlets=tuple(dict.fromkeys(r.outlet for r in reports if r.outlet)),
        sources=sources,
        words=_words(telling),
        quote=best.quote,
        said_by=tuple(next(source_label(r) for r in telling if r.origin == key) for key in sources),
        contested=tuple(r.key for r in reports if negates(r) and r not in telling),
        disputes=tuple(disputes(reports)),
    )


def told_once(report: Report) -> Move:
    """The Move of a single report: what ``summarise_all`` gives of one, without weighing it against others."""
    dated = report.since is not None and report.until is not None
    return Move(
        id=f"m-{report.key}",
        type=report.type,
        mode=report.mode or None,
        actors=report.actors,
        targets=report.targets,
        about=matter(report),
        date=report.date or None,
        since=report.since if dated else None,
        until=report.until,
        status=report.status,
        reports=(report.key,),
        outlets=(report.outlet,) if report.outlet else (),
        sources=(report.origin,),
        words=heaviest(report.words),
        quote=report.quote,
        said_by=(source_label(report),),
    )


def heaviest(words: Mapping[str, float]) -> dict[str, float]:
    """The words that weigh most, the heaviest first."""
    return {word: words[word] for word in heaviest_first(words)[:MOST_WORDS]}


def fullest(reports: Sequence[Report]) -> Report:
    """The report that says most: with terms, target, date and own voice; earlier first among equals."""
    return min(
        reports,
        key=lambda r: (r.type == "DENY", -len(r.terms), not r.targets, not r.date, r.status != "actual", len(r.via)),
    )


def independent(reports: Sequence[Report], copies: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of the independent sources: reports of one origin, or of pages that copy each other, count once."""
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    shown: dict[str, None] = {}
    for report in reports:
        shown.setdefault(report.origin)
        group = copies.get(report.page)
        if group is not None and cites_nobody(report):
            low, high = sorted(
                (find(report.origin), find("copies " + group)), key=lambda k: (k.startswith("copies "), k)
            )
            parent[high] = low
    roots = {find(key) for key in shown}
    first: dict[str, str] = {}
    for key in shown:
        first.setdefault(find(key), key)
    return tuple(first[root] for root in dict.fromkeys(find(key) for key in shown) if root in roots)


def cites_nobody(report: Report) -> bool:
    """Whether the report's origin is the page's own (or credited) outlet: only then a copy shares its source."""
    return not report.via or report.outlet is None or report.origin == outlet_key(report.outlet)


def _span(reports: Sequence[Report]) -> tuple[int | None, int | None]:
    """The days that every dated report allows; where they allow none, those of the narrowest report."""
    dated = [r.when for r in reports if r.since is not None and r.until is not None]
    if not dated:
        return None, max((r.until for r in reports if r.until is not None), default=None)
    since, until = max(w.since for w in dated), min(w.until for w in dated)  # type: ignore[type-var]
    if since <= until:  # type: ignore[operator]
        return since, until
    narrow = min(dated, key=lambda w: (w.width, w.since))
    return narrow.since, narrow.until


def _finest(dated: Sequence[Report]) -> str | None:
    """The finest date that reports give; the commonest, then the earliest, among equals."""
    if not dated:
        return None
    counts = Counter(r.date for r in dated)
    return min(counts, key=lambda d: (-_precision(d), -counts[d], d or ""))


def _precision(date: str | None) -> int:
    return len((date or "").partition("/")[0])


def _commonest(values: object) -> str | None:
    counts = Counter(v for v in values if v)  # type: ignore[attr-defined]
    return counts.most_common(1)[0][0] if counts else None


def _commonest_parties(lists: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return Counter(lists).most_common(1)[0][0] if lists else ()


def _status(reports: Sequence[Report]) -> str:
    """The firmest word of any source for it; ``negated`` only where nobody asserts it."""
    said = {r.status for r in reports if r.type != "DENY"}
    return next((s for s in ("actual", "alleged", "planned", "negated") if s in said), reports[0].status)


def _words(reports: Sequence[Report]) -> dict[str, float]:
    """The mean weight of each word over the reports, the heaviest only."""
    total: Counter[str] = Counter()
    for report in reports:
        total.update(report.words)
    return heaviest({word: round(w / len(reports), 2) for word, w in total.items()})
