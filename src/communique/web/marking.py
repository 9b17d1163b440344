"""A page's lines in pieces, so that each piece lies wholly inside or outside every marked range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """A range of a text that backs ``event``, in a role: words, gives, asks, condition, mention."""

    start: int
    end: int
    event: str
    role: str


def lines(text: str, kinds: Mapping[int, str], spans: Sequence[Span]) -> list[dict[str, Any]]:
    """The lines of a text: number, kind, and pieces. Joined by line breaks, the pieces are the text."""
    ordered = sorted(spans, key=lambda s: (s.start, -s.end))
    made, start, open_spans, at = [], 0, [], 0
    for number, line in enumerate(text.split("\n")):
        end = start + len(line)
        while at < len(ordered) and ordered[at].start < end:
            open_spans.append(ordered[at])
            at += 1
        open_spans = [span for span in open_spans if span.end > start]
        made.append({"number": number, "kind": kinds.get(number, "other"), "pieces": pieces(line, start, open_spans)})
        start = end + 1
    return made


def pieces(line: str, start: int, spans: Sequence[Span]) -> list[dict[str, Any]]:
    """A line cut at every edge of a range: ``text``, the ``events`` it backs, their ``roles``, and those that begin."""
    end = start + len(line)
    inside = [span for span in spans if span.start < end and span.end > start]
    edges = sorted({start, end, *(e for s in inside for e in (s.start, s.end) if start < e < end)})
    return [_piece(line[a - start : b - start], a, b, inside) for a, b in pairwise(edges)]


def _piece(words: str, start: int, end: int, spans: Sequence[Span]) -> dict[str, Any]:
    here = [span for span in spans if span.start <= start and end <= span.end]
    begins = [span.event for span in here if span.start == start and span.role == "words"]
    return {
        "text": words,
        "events": list(dict.fromkeys(span.event for span in here)),
        "roles": sorted({span.role for span in here}),
        "begins": list(dict.fromkeys(begins)),
    }
