"""Whether an act is reported as fact, as somebody's claim, as coming, or as not having happened.

The codebook's four values: actual, alleged, planned, negated. Chosen by boosted trees over the words
that turn a report one way or the other (``knowledge/attribution/status.csv``) and over the layers that
may carry the act; trained by ``training/attribution.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from communique.actor import Mention
from communique.coding.attribution import Attribution
from communique.coding.attribution_chain import LIKELY
from communique.coding.attribution_features import Act, ids_of
from communique.coding.labels import TYPES
from communique.coding.objects import Hints, WordPattern, rows
from communique.coding.trees import load

Span = tuple[int, int]
MODEL = "status.json"
_NO_SIGN = [0.0, 3.0, 0.0, 0.0]
AHEAD = 60
"""Characters before the act's words that are read as well."""
HEARD, WORDS_AFTER = 90, 7
"""Characters before what an act turns on that hearsay is looked for in, and words that may stand between."""


@cache
def signs() -> tuple[tuple[str, str, WordPattern], ...]:
    """The table of signs: (group, name, words), in the order of the table."""
    return tuple((row["group"], row["sign"], WordPattern.of(row["words"])) for row in rows("status.csv"))


@cache
def _hearsay() -> WordPattern:
    return WordPattern.of("|".join(row["words"] for row in rows("hearsay.csv")))


def hearsay(text: str, sentence: Span, trigger: Span) -> str | None:
    """The words right before what an act turns on by which the page itself leaves it to others, if there are any.

    "Oslo had reportedly agreed" and "is understood to have met" are claims (codebook), whoever made them. Such words
    far ahead may be of another act.
    """
    low = max(sentence[0], trigger[0] - HEARD)
    ahead = text[low : trigger[0]].lower()
    if not any(piece in ahead for piece in _hearsay().pieces):  # as nearly always, and far quicker than to search
        return None
    found = _hearsay().finditer(text, low, trigger[0])
    near = [match for match in found if len(text[match.end() : trigger[0]].split()) <= WORDS_AFTER]
    return near[-1][0] if near else None


@cache
def _hints() -> Hints:
    return Hints([words for _, _, words in signs()])


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
    table, first_sign = signs(), len(row)
    row += _NO_SIGN * len(table)
    for number in _hints().of(text[start - len(ahead) : end + len(behind)].lower()):
        words, place = table[number][2], first_sign + number * len(_NO_SIGN)
        first = words.search(quote)
        row[place : place + 2] = [float(first is not None), first.start() / 100 if first else 3.0]
        row[place + 2 : place + 4] = [float(bool(words.search(part))) for part in (ahead, behind)]
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
    asked = [status_row(act, layers, text, mentions, named) for act, layers in acts]
    best = [max(chances, key=lambda name: chances[name]) for chances in load(MODEL).chances(asked)]
    found = zip(best, acts, strict=True)
    return [(value, _why(value, text[act.quote[0] : act.quote[1]], layers)) for value, (act, layers) in found]


def _why(value: str, quote: str, layers: Sequence[tuple[float, Attribution]]) -> str:
    if value == "actual":
        return "said as fact"
    if value == "alleged" and layers and layers[0][0] >= LIKELY:
        return f"rests on {layers[0][1].source}"
    for group, name, words in signs():
        if group == value and words.search(quote):
            return name
    return "read off the sentence"
