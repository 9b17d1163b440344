"""Whether an act is reported as fact, as somebody's claim, as coming, or as not having happened.

The codebook's four values: actual, alleged, planned, negated. Chosen by boosted trees over the words
that turn a report one way or the other (``knowledge/attribution/status.csv``) and over the layers that
may carry the act; trained by ``training/attribution.py``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from communique.actor import Mention
from communique.coding.attribution import Attribution
from communique.coding.attribution_chain import LIKELY
from communique.coding.attribution_features import TYPES, Act, ids_of
from communique.coding.trees import load

Span = tuple[int, int]
MODEL = "status.json"
AHEAD = 60
"""Characters before the act's words that are read as well."""


@cache
def signs() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """The table of signs: (group, name, pattern), in the order of the table."""
    table = files("communique.knowledge").joinpath("attribution", "status.csv")
    with table.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return tuple((row["group"], row["sign"], _pattern(row["words"])) for row in rows)


def _pattern(words: str) -> re.Pattern[str]:
    """Alternatives stand between bars; a star at the end of a word stands for any ending."""
    parts = [re.escape(part.strip()).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for part in words.split("|")]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE)


def status_row(
    act: Act,
    layers: Sequence[tuple[float, Attribution]],
    text: str,
    mentions: Sequence[Mention],
    named: Mapping[str, set[str]],
) -> list[float]:
    """What the chooser looks at, as numbers."""
    start, end = act.quote
    quote = text[start:end]
    ahead = text[max(act.sentence[0], start - AHEAD) : start]
    behind = text[end : min(act.sentence[1], end + AHEAD)]
    row: list[float] = [float(act.type == name) for name in TYPES]
    for _, _, pattern in signs():
        first = pattern.search(quote)
        row += [float(first is not None), first.start() / 100 if first else 3.0, float(bool(pattern.search(ahead)))]
        row.append(float(bool(pattern.search(behind))))
    return row + _layers(act, layers, mentions, named) + [(end - start) / 200, float(len(act.sources))]


def _layers(
    act: Act,
    layers: Sequence[tuple[float, Attribution]],
    mentions: Sequence[Mention],
    named: Mapping[str, set[str]],
) -> list[float]:
    spoken = [(c, layer) for c, layer in layers if layer.kind != "outlet"]
    carried = [(c, layer) for c, layer in layers if layer.kind == "outlet"]
    chance, top = spoken[0] if spoken else (0.0, None)
    own = bool(top and ids_of(top, mentions, named) & act.sources)
    covering = max((layer.covers(*act.quote) for c, layer in layers if c > 0.1), default=0.0)
    claims = bool(top and top.verb in ("claim", "think"))
    return [chance, max((c for c, _ in carried), default=0.0), float(own), covering, float(claims), own * chance]


def statuses(
    acts: Sequence[tuple[Act, Sequence[tuple[float, Attribution]]]],
    text: str,
    mentions: Sequence[Mention],
    named: Mapping[str, set[str]],
) -> list[tuple[str, str]]:
    """The status of each act and how it was found: the sign that spoke for it.

    With each act comes what ``attribution_chain.weighed`` gave for it; ``named`` is ``ids_by_name`` of the mentions.
    """
    rows = [status_row(act, layers, text, mentions, named) for act, layers in acts]
    best = [max(chances, key=lambda name: chances[name]) for chances in load(MODEL).chances(rows)]
    found = zip(best, acts, strict=True)
    return [(value, _why(value, text[act.quote[0] : act.quote[1]], layers)) for value, (act, layers) in found]


def _why(value: str, quote: str, layers: Sequence[tuple[float, Attribution]]) -> str:
    if value == "actual":
        return "said as fact"
    if value == "alleged" and layers and layers[0][0] >= LIKELY:
        return f"rests on {layers[0][1].source}"
    for group, name, pattern in signs():
        if group == value and pattern.search(quote):
            return name
    return "read off the sentence"
