"""What the chain chooser looks at: one act, one layer that may carry it, as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from communique.actor import Mention
from communique.coding.attribution import Attribution
from communique.coding.attribution_cues import CLAUSAL

Span = tuple[int, int]

TYPES = (
    "PROPOSE",
    "REQUEST",
    "ACCEPT",
    "REJECT",
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "ACCUSE",
    "DENY",
    "THREATEN",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "BREACH",
    "SANCTION",
    "MOBILIZE",
    "PROTEST",
    "COERCE",
    "ASSAULT",
)
SPOKEN = frozenset(["PROPOSE", "REQUEST", "ACCEPT", "REJECT", "SUPPORT", "ACCUSE", "DENY", "THREATEN"])
"""Types done in words: whoever does such an act by saying it is no source beside the act itself."""

FRAMES = (
    "before",
    "after",
    "inverted",
    "according",
    "noun",
    "participle",
    "shared",
    "passive",
    "medium",
    "cited",
    "carried",
)
VERBS = ("say", "claim", "report", "confirm", "show", "write", "think", "ask", "judge", "deny")
KINDS = ("person", "official", "anonymous", "outlet", "document", "post", "organisation", "pronoun")
REACH = 3

_PERFECT = re.compile(r"\b(?:had|has|have|having|been|was|were|did)\b", re.I)
_FUTURE = re.compile(
    r"\b(?:will|would|is to|are to|expected|plans?|ready|could|should|must|may|might)\b|['’]ll\b", re.I
)
_FIRST = re.compile(r"\b(?:we|our|us|i|my)\b", re.I)
_HEARSAY = re.compile(
    r"\b(?:reported|reportedly|allegedly|alleged|said to|believed to|apparently|claims?|unconfirmed)\b", re.I
)
_PERFORMS = re.compile(
    r"\b(?:reject|refus|urg|call|demand|accus|condemn|den(?:y|ied|ies)|warn|threat|welcom|prais|offer|propos|accept|agree"
    r"|insist|ask|appeal|support|back|criti|blam|declin|vow|pledg|invit|dismiss|ruled? out|express)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Act:
    """One act to be attributed: its type, the range that shows it, its sentence, and the ids of its sources."""

    type: str
    quote: Span
    sentence: Span
    sources: frozenset[str]


def ids_of(layer: Attribution, mentions: Sequence[Mention], named: Mapping[str, set[str]]) -> set[str]:
    """The parties that a layer's source speaks for, as far as the mentions tell."""
    found = set(named.get(layer.source or "", ()))
    if layer.source_span is not None:
        start, end = layer.source_span
        found |= {m.id for m in mentions if m.start < end and start < m.end}
    return found


def ids_by_name(mentions: Iterable[Mention]) -> dict[str, set[str]]:
    """Ids of parties by the names of people and parties in the page."""
    table: dict[str, set[str]] = {}
    for mention in mentions:
        for name in (mention.person, mention.name):
            if name:
                table.setdefault(name, set()).add(mention.id)
    return table


def candidates(act: Act, attributions: Sequence[Attribution], sentences: Sequence[Span] = ()) -> list[Attribution]:
    """The layers near enough to carry the act, one a source: the one that covers most of it."""
    start, end = act.quote
    best: dict[str, tuple[float, Attribution]] = {}
    for layer in attributions:
        if layer.source is None or layer.verb in ("judge", "ask", "deny"):
            continue
        covers = layer.covers(start, end)
        gap = min(abs(layer.cue_span[0] - end), abs(start - layer.cue_span[1]))
        inside = start <= layer.cue_span[0] < end or act.sentence[0] <= layer.cue_span[0] < act.sentence[1]
        if covers <= 0.2 and not inside and gap > 350:
            continue
        rank = covers + inside - gap / 1000
        if layer.source not in best or rank > best[layer.source][0]:
            best[layer.source] = (rank, layer)
    return [layer for _, layer in best.values()]


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of an act say, whichever layer is asked about; booleans and counts in the order of the row."""

    tense: tuple[float, ...]
    verbs: tuple[float, ...]
    shape: tuple[float, ...]


def words_of(quote: str) -> Words:
    """The part of the features that is the same for all layers of an act."""
    return Words(
        tuple(bool(rule.search(quote)) for rule in (_PERFECT, _FUTURE, _FIRST, _HEARSAY)),
        (len(_PERFORMS.findall(quote)), any(mark in quote for mark in '“”"')),
        (
            bool(_RELATIVE.search(quote)),
            bool(_NOMINAL.match(quote)),
            bool(_FINITE.search(quote)),
            quote[:1].isupper(),
            quote.rstrip()[-1:] in '.!?”"',
        ),
    )


def layer_features(
    act: Act,
    layer: Attribution,
    near: Sequence[Attribution],
    text: str,
    ids: set[str],
    mentions: Sequence[Mention],
    words: Words,
) -> list[float]:
    """One row for one candidate layer.

    ``near`` holds all candidates of the act, ``ids`` the parties of the layer's source, ``mentions`` those inside
    the act's quote, and ``words`` is ``words_of`` the quote.
    """
    start, end = act.quote
    cue = layer.cue_span
    quote = text[start:end]
    covers = layer.covers(start, end)
    rest = _rest_covered(layer, start, end)
    own = bool(ids & act.sources)
    told = [m for m in mentions if _told(m, layer, start, end)]
    actor = next((m for m in told if m.id in act.sources), None)
    row = [
        act.type in SPOKEN,
        covers,
        rest,
        own,
        not ids,
        actor is not None,
        bool(told) and told[0] is actor,
        len(told),
        act.sources == frozenset({"unknown"}) or not act.sources,
        start <= cue[0] < end,
        act.sentence[0] <= cue[0] < act.sentence[1],
        cue[0] < start,
        (cue[0] - start) / 200,
        bool(layer.source_span and start <= layer.source_span[0] < end),
        layer.verb in CLAUSAL,
        len(near),
        sum(o.frame in ("medium", "carried", "cited") or o.kind == "outlet" for o in near),
        sum(o.covers(start, end) > covers for o in near),
        _inner(layer, near),
        _outer(layer, near),
        sum(b - a for a, b in layer.content_spans) / 300,
        *words.tense,
        bool(_PERFORMS.search(_after_cue(layer, quote, start))),
        *words.verbs,
        *_clause(layer, text, start, end, words.shape),
        (end - start) / 200,
        len(act.sources),
    ]
    names = ((act.type, TYPES), (layer.frame, FRAMES), (layer.verb, VERBS), (layer.kind, KINDS))
    return [*map(float, row), *(x for name, all_names in names for x in _one_hot(name, all_names))]


@cache
def _one_hot(name: str, names: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(float(name == other) for other in names)


_SUBORDINATE = re.compile(
    r"(?:\b(?:as|after|before|while|since|despite|although|though|because|amid|following|when|where|until|whose|by|of|for|to|"
    r"with|on|in|from|over|against|into|at|about)\s*[\"“”‘'`]*\s*)$",
    re.I,
)
_CLAUSE_OPENS = re.compile(r"(?:\b(?:that|and|but|said|says)|[:,\"“])\s*[\"“‘'`]*\s*$", re.I)
_OPENED = re.compile(r"\bthat\b|[\"“:]")
_RELATIVE = re.compile(r"\b(?:who|which|whose|whom)\b", re.I)
_NOMINAL = re.compile(r"(?:the|a|an|its|his|her|their|this|these|last|\w+['’]s|\w+ ['’]s)\b", re.I)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|should|can|may|might|must|did|does|do|said|says|\w{3,}ed|went|came|met|held|"
    r"made|took|gave|led|began|told|put|set|sent)\b",
    re.I,
)


def _clause(layer: Attribution, text: str, start: int, end: int, shape: tuple[float, ...]) -> tuple[float, ...]:
    """How the act stands in the content: as its main clause, or as a phrase or aside within it."""
    ahead = text[max(0, start - 24) : start]
    held = [(a, b) for a, b in layer.content_spans if a < end and start < b]
    first = min((a for a, _ in held), default=start)
    lead = text[layer.cue_span[1] : first] if layer.cue_span[1] <= first else ""
    return (
        bool(held),
        max(-3.0, min(3.0, (start - first) / 100)),
        max(-3.0, min(3.0, (max((b for _, b in held), default=end) - end) / 100)),
        bool(_SUBORDINATE.search(ahead)),
        bool(_CLAUSE_OPENS.search(ahead)),
        bool(_OPENED.search(lead[-40:])),
        *shape,
        text[layer.cue_span[0] : layer.cue_span[1]].lower() in ("told", "tells"),
        min(3.0, (first - layer.cue_span[1]) / 50),
    )


def _told(mention: Mention, layer: Attribution, start: int, end: int) -> bool:
    """Whether a mention lies in the act's words and in the layer's content, outside the words for its source."""
    if not (start <= mention.start < end) or layer.covers(mention.start, mention.end) < 0.5:
        return False
    span = layer.source_span
    return span is None or not (span[0] <= mention.start < span[1])


def _after_cue(layer: Attribution, quote: str, start: int) -> str:
    """The words of the act that lie behind the cue, where the cue stands inside it."""
    cut = layer.cue_span[1] - start
    return quote[cut:] if 0 < cut < len(quote) else quote


def _rest_covered(layer: Attribution, start: int, end: int) -> float:
    """The share of the act's words inside the layer's content, leaving its own source and cue out of account."""
    taken = [span for span in (layer.source_span, layer.cue_span) if span]
    left = end - start - sum(max(0, min(end, b) - max(start, a)) for a, b in taken)
    inside = sum(max(0, min(end, b) - max(start, a)) for a, b in layer.content_spans)
    return min(1.0, inside / max(1, left))


def _inner(layer: Attribution, near: Sequence[Attribution]) -> int:
    return sum(layer.source in other.chain[1:] for other in near)


def _outer(layer: Attribution, near: Sequence[Attribution]) -> int:
    return sum(other.source in layer.chain[1:] for other in near)
