"""From linked pairs of reports to moves: the part of linking that looks at more than two reports at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from communique.linking.days import agreement
from communique.linking.report import Report, sort_key

Edge = tuple[str, str, float]
SAME, DIFFERENT = 9.0, -1.0  # scores of pairs that a person judged
DENSITY = 0.34  # the share of pairs between two groups that must be linked before the groups are joined


def components(keys: Iterable[str], edges: Iterable[Edge]) -> list[list[str]]:
    """Keys that hang together by edges, each list sorted."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for a, b, score in edges:
        if score < 0:
            continue
        neighbours[a].append(b)
        neighbours[b].append(a)
    seen: set[str] = set()
    found = []
    for key in keys:
        if key not in seen:
            found.append(sorted(_reach(key, neighbours, seen)))
    return found


def _reach(start: str, neighbours: Mapping[str, list[str]], seen: set[str]) -> list[str]:
    stack, part = [start], []
    seen.add(start)
    while stack:
        key = stack.pop()
        part.append(key)
        for other in neighbours.get(key, ()):
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return part


def group(reports: Mapping[str, Report], edges: Sequence[Edge]) -> list[list[Report]]:
    """The moves within one component: its reports, joined from the surest pair down.

    Two groups are joined only when enough pairs between them are linked, no two of their dates exclude each
    other, and no page would stand in the group twice: one page tells one act once. A denial is the
    exception, beside what it denies. What a person judged the same or different act is so.
    """
    clusters: dict[str, list[str]] = {key: [key] for key in reports}
    home = {key: key for key in reports}
    linked = {frozenset(edge[:2]) for edge in edges if edge[2] > 0}
    apart = [edge[:2] for edge in edges if edge[2] < 0]
    for a, b, score in sorted(edges, key=lambda e: (-e[2], *sorted(e[:2]))):
        left, right = sorted((home[a], home[b])) if score > 0 and a in home and b in home else ("", "")
        if left == right or _judged_apart(left, right, home, apart):
            continue
        if score < SAME and not _may_join(clusters[left], clusters[right], reports, linked):
            continue
        for key in clusters.pop(right):
            home[key] = left
            clusters[left].append(key)
    return [sorted((reports[key] for key in keys), key=sort_key) for keys in clusters.values()]


def _judged_apart(left: str, right: str, home: Mapping[str, str], apart: Iterable[tuple[str, str]]) -> bool:
    return any({home.get(a), home.get(b)} == {left, right} for a, b in apart)


def _may_join(left: list[str], right: list[str], reports: Mapping[str, Report], linked: set[frozenset[str]]) -> bool:
    if {reports[key].page for key in left if told(reports[key])} & {
        reports[key].page for key in right if told(reports[key])
    }:
        return False
    if len(left) * len(right) == 1:
        return True
    if any(agreement(reports[a].when, reports[b].when) is None for a in left for b in right):
        return False
    joined = sum(frozenset((a, b)) in linked for a in left for b in right)
    return joined >= DENSITY * len(left) * len(right)


def told(report: Report) -> bool:
    """Whether a report tells the act rather than denies it."""
    return report.type != "DENY"
