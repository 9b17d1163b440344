"""The outer layers of a chain: who carried what a speaker said ("told Reuters", "citing X")."""

from __future__ import annotations

from communique.coding.attribution_ahead import source_after
from communique.coding.attribution_cues import cues
from communique.coding.attribution_frames import Layer
from communique.coding.attribution_outlets import is_medium, medium_at
from communique.coding.attribution_source import Phrase
from communique.coding.attribution_tokens import Tokens

_TO = frozenset(["to", "with", "by", "in", "on"])


def carriers(tokens: Tokens, inner: list[Layer]) -> list[Layer]:
    """The layers outside those already found in the sentence, each over the content of the layer it carries."""
    found: list[Layer] = []
    if cues().carriers.isdisjoint(tokens.lower):
        return found
    hearers = cues().words["hearer"]
    for at, low in enumerate(tokens.lower):
        layer = None
        if low in hearers:
            layer = _carrier(tokens, at, inner)
        elif low == "citing":
            layer = _cited(tokens, at, inner)
        elif low == "as" and tokens.lower[at + 1 : at + 2] in (("saying",), ("telling",)):
            layer = _quoted(tokens, at, inner)
        if layer is not None:
            found.append(layer)
    return found


def _contents(tokens: Tokens, at: int, inner: list[Layer]) -> tuple[tuple[int, int], ...]:
    """What the carried layer says; the whole sentence where no speaker was found."""
    spoken = [layer for layer in inner if layer.source is not None and layer.frame not in ("adverb", "noun")]
    near = min(spoken, key=lambda layer: abs(layer.cue[0] - at), default=None)
    return near.contents if near else ((0, len(tokens)),)


def _carrier(tokens: Tokens, at: int, inner: list[Layer]) -> Layer | None:
    """ "told Reuters", "speaking to CNN", "in an interview with Die Zeit", "quoted by TASS"."""
    for ahead in range(at + 1, min(at + 8, len(tokens))):
        told = ahead == at + 1 and tokens.lower[at].startswith(("told", "tell"))
        if not told and tokens.lower[ahead] not in _TO:
            continue
        source = source_after(tokens, ahead if told else ahead + 1, appositions=False)
        if source is not None and is_medium(tokens, source.first, source.head) and not _crowd(tokens, source):
            return Layer("medium", "report", (at, ahead + (not told)), source, _contents(tokens, at, inner))
    return None


def _crowd(tokens: Tokens, source: Phrase) -> bool:
    """Whether the hearers are nobody in particular: "reporters", "Italian journalists in Oslo", "a news conference"."""
    words = cues().words
    at = source.first
    while at < source.head and tokens.lower[at] not in words["link"]:
        if tokens.lower[at] in words["crowd"]:
            return True
        at = medium_at(tokens, at, source.head) or at + 1  # in one step, for "the Associated Press" is no crowd
    return False


def _cited(tokens: Tokens, at: int, inner: list[Layer]) -> Layer | None:
    """ "the paper said, citing X": X is nearer to the fact than the paper."""
    source = source_after(tokens, at + 1)
    if source is None:
        return None
    return Layer("cited", "say", (at, at + 1), source, _contents(tokens, at, inner))


def _quoted(tokens: Tokens, at: int, inner: list[Layer]) -> Layer | None:
    """ "Reuters quoted X as saying ...": X is the speaker; who quotes was found as the subject of the verb."""
    quote = next(
        (i for i in range(at - 1, max(-1, at - 20), -1) if tokens.lower[i] in ("quoted", "quotes", "quoting", "cited")),
        None,
    )
    if quote is None or tokens.lower[quote - 1] in cues().words["passive"]:
        return None
    source = source_after(tokens, quote + 1, appositions=False)
    if source is None:
        return None
    end = len(tokens) - (tokens.words[-1] == ".")
    return Layer("cited", "say", (at, at + 2), source, ((at + 2, end),))
