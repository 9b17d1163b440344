"""Gold pages as training examples: sentences with parties, and for each act which sentences tell it.

Pages come from ``../shared/gold`` and from our own written pages in ``training/written``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from communique.coding.mentions import find_mentions
from communique.coding.sentences import sentences as split
from communique.coding.windows import Sentence, prepare
from communique.evaluation.laid import body_spans, overlapped, title_span
from training.scheme import MODE_INDEX, STATUSES, TYPE_INDEX, date_class

LEFT_OUT = frozenset(Path(__file__).with_name("slice.txt").read_text(encoding="utf-8").split())
"""The ids of real pages that nothing learns from, kept to measure on."""
TERM_ROLES = ("gives", "asks", "condition")


@dataclass
class Act:
    """A gold event laid over the sentences of its page."""

    id: str
    type: int
    mode: int | None
    status: int
    attributed: bool
    date: int
    sources: frozenset[str]
    targets: frozenset[str]
    main: int
    sentences: list[int]
    answers: str | None
    quote: tuple[int, int]
    terms: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass
class Example:
    """One page: its sentences, its acts, and the id of the page."""

    doc: str
    text: str
    published: str | None
    sentences: list[Sentence]
    acts: list[Act]
    gold: dict


def _act(event: dict, text: str, sentences: list[Sentence], published: str | None, after: int) -> Act | None:
    def place(quote: str) -> tuple[int, int] | None:
        at = text.find(quote, after)
        at = at if at >= 0 else text.find(quote)
        return (at, at + len(quote)) if at >= 0 else None

    spot = place(event["quote"])
    if spot is None:
        return None
    told = overlapped(sentences, *spot)
    if not told:
        return None
    also = [s for m in event.get("mentions") or [] if (p := place(m)) for s in overlapped(sentences, *p)[:1]]
    terms = [
        (TERM_ROLES.index(t["role"]), *p)
        for t in event.get("terms") or []
        if t.get("quote") and (p := place(t["quote"]))
    ]
    return Act(
        event["id"],
        TYPE_INDEX[event["type"]],
        MODE_INDEX.get((event["type"], event.get("mode"))),
        STATUSES.index(event["status"]),
        bool(event.get("according_to")),
        date_class(event.get("date"), published),
        frozenset(a["id"] for a in event["sources"]),
        frozenset(a["id"] for a in event["targets"]),
        told[0],
        list(dict.fromkeys(told + also)),
        event.get("answers"),
        spot,
        terms,
    )


def example(page: dict, text: str) -> Example:
    """A gold page as an Example."""
    body = body_spans(text, set(page["body_lines"]))
    title = title_span(text, page.get("title"), body)
    spans = split(text, ([title] if title else []) + body)
    if title:
        spans = [title, *[s for s in spans if s[0] >= title[1] or s[1] <= title[0]]]
    mentions = find_mentions(text, spans, page.get("published"))
    ordered = sorted(spans)
    sentences = prepare(text, ordered, mentions, bool(title) and ordered[0] == title)
    after = body[0][0] if body else 0
    acts = [_act(e, text, sentences, page.get("published"), after) for e in page["events"]]
    return Example(page["doc"], text, page.get("published"), sentences, [a for a in acts if a], page)


def uncoded(doc: str, published: str | None, text: str, start: int) -> Example:
    """A page that nobody coded, read from ``start`` on as one body without a title."""
    spans = split(text, [(start, len(text))])
    return Example(doc, text, published, prepare(text, spans, find_mentions(text, spans, published), False), [], {})


def load(gold: Path, folder: Path) -> list[Example]:
    """All pages of a gold file whose texts lie in ``folder``."""
    pages = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [example(p, (folder / p["text_file"]).read_text(encoding="utf-8")) for p in pages]
