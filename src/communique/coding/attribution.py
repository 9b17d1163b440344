"""Who says so: every attribution of a page, with its source, its cue and what hangs on it.

An attribution is a layer between the fact and the reader: the speaker, the agency that carried the
speaker's words, the paper that quotes the agency. Definitions of source, cue and content follow
Pareti (2012) and PolNeAR (Newell et al. 2018), read here with closed classes of words and no parser.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import NamedTuple

from communique.actor import Mention
from communique.coding.attribution_ahead import source_after
from communique.coding.attribution_cues import CLAUSAL
from communique.coding.attribution_frames import Layer, layers
from communique.coding.attribution_media import carriers
from communique.coding.attribution_names import Names, name_of
from communique.coding.attribution_phrases import naming
from communique.coding.attribution_refer import definite, namesake, pronoun
from communique.coding.attribution_source import Phrase
from communique.coding.attribution_tokens import Tokens, tokens
from communique.coding.quotations import quotations

Span = tuple[int, int]
_ONE = frozenset(["person", "official", "definite"])
"""Kinds of source that "he" or "she" can be."""


class Attribution(NamedTuple):
    """One layer: ``source`` (None where the page names none, as with "reportedly"), its passage, the cue
    and the contents, all as ranges of the page's text.

    ``kind`` is person, official, anonymous, outlet, document, post, organisation or pronoun (one that
    nothing resolves). ``chain`` holds the sources from this layer outwards, nearest to the fact first.
    ``frame`` and ``verb`` tell how it is said (see ``attribution_frames.Layer``); ``sentence`` is the
    number of the sentence that holds the cue.
    """

    source: str | None
    source_span: Span | None
    cue_span: Span
    content_spans: tuple[Span, ...]
    kind: str
    chain: tuple[str, ...]
    frame: str
    verb: str
    sentence: int

    def inside(self, start: int, end: int) -> int:
        """How many characters of the range lie inside the contents."""
        count = 0
        for low, high in self.content_spans:  # a plain loop: this is asked for every pair of layer and act
            if low < end and start < high:
                count += (high if high < end else end) - (low if low > start else start)
        return count

    def covers(self, start: int, end: int) -> float:
        """The share of the range that lies inside the contents, 0..1."""
        return min(1.0, self.inside(start, end) / max(1, end - start))


def attributions(text: str, sentences: Sequence[Span], mentions: Sequence[Mention] = ()) -> list[Attribution]:
    """Every attribution in the sentences given, in the order of the page.

    ``mentions`` gives people their full names; without it, the page's own full names are used.
    """
    names = Names(text, sentences, mentions)
    found: list[Attribution] = []
    said: list[str] = []
    before: Tokens | None = None
    for number, (start, end) in enumerate(sentences):
        cut = tokens(text, start, end)
        spoken = layers(cut)
        for layer in (*spoken, *carriers(cut, spoken)):
            named = _referred(cut, layer, _named(cut, layer, number, text, names), found, said)
            found.append(_opened(named, cut, layer, before, text, names))
            said.append(" ".join(cut.lower[layer.source.first : layer.source.last]) if layer.source else "")
        before = cut
    return _chained(_carried_on(_through_quotes(text, sentences, found)))


def _named(cut: Tokens, layer: Layer, number: int, text: str, names: Names) -> Attribution:
    contents = tuple(cut.span(a, b) for a, b in layer.contents if b > a)
    source, kind, span = _called(cut, layer.source, text, names)
    return Attribution(source, span, cut.span(*layer.cue), contents, kind, (), layer.frame, layer.verb, number)


def _called(cut: Tokens, phrase: Phrase | None, text: str, names: Names) -> tuple[str | None, str, Span | None]:
    """The name, the kind and the range of what names a source in a phrase; no name where nothing does."""
    part = naming(cut, phrase, text) if phrase is not None else None
    if part is None:
        return None, "anonymous", None
    return *name_of(cut, part, text, names), cut.span(part.first, part.last)


def _opened(
    named: Attribution, cut: Tokens, layer: Layer, before: Tokens | None, text: str, names: Names
) -> Attribution:
    """The attribution of a "he" who has not spoken yet as that of whom the sentence before begins with."""
    if named.kind != "pronoun" or before is None or layer.source is None:
        return named
    if cut.lower[layer.source.head - 1] not in ("he", "she"):
        return named
    source, kind, _ = _called(before, source_after(before, 0), text, names)
    if source is None or kind not in _ONE or (kind == "person" and " " not in source):  # "Snow fell. ..., he said"
        return named
    return named._replace(source=source, kind="official" if kind == "definite" else kind)


def _referred(
    cut: Tokens, layer: Layer, named: Attribution, earlier: Sequence[Attribution], said: Sequence[str]
) -> Attribution:
    """The attribution with the source that its pronoun or short form goes back to, where there is one."""
    if layer.source is None or named.kind not in ("pronoun", "definite", "person"):
        return named
    words = cut.lower[layer.source.first : layer.source.head]
    if named.kind == "person":
        again = namesake(words, earlier)
        return named._replace(source=again.source) if again else named
    if named.kind == "pronoun":
        meant = pronoun(words[-1], named.sentence, earlier)
        return named._replace(source=meant.source if meant else None, kind=meant.kind if meant else "pronoun")
    meant = definite(words, named.sentence, earlier, said)
    return named._replace(source=meant.source if meant else named.source, kind=meant.kind if meant else "official")


def _by_sentence(found: Sequence[Attribution]) -> dict[int, list[Attribution]]:
    table: dict[int, list[Attribution]] = {}
    for layer in found:
        table.setdefault(layer.sentence, []).append(layer)
    return table


def _carried_on(found: list[Attribution]) -> list[Attribution]:
    """Who spoke to an agency still speaks to it in the sentences that follow: "he added" is the agency's too."""
    carrier: dict[str, Attribution] = {}
    more: list[Attribution] = []
    for _, together in sorted(_by_sentence(found).items()):
        for layer in together:
            held = carrier.get(layer.source) if layer.source else None
            if held is not None and layer.frame != "medium" and layer.verb in CLAUSAL:
                span = held.source_span
                more.append(layer._replace(source=held.source, kind=held.kind, frame="carried", source_span=span))
        for layer in together:
            if layer.frame == "medium":
                told = (one for one in together if one.content_spans == layer.content_spans)
                carrier.update({one.source: layer for one in told if one.source})
    return sorted((*found, *more), key=lambda layer: layer.sentence)


def _through_quotes(text: str, sentences: Sequence[Span], found: list[Attribution]) -> list[Attribution]:
    """Let a quotation that runs over several sentences belong to its speaker, whoever else is told of within it."""
    quotes = quotations(text, sentences)
    outside = [layer for layer in found if not _within_one(quotes, layer.cue_span)]
    spoken = {layer.sentence for layer in outside if layer.frame in ("before", "after", "inverted", "medium")}
    return [_stretched(layer, quotes, sentences, spoken) for layer in found]


def _within_one(quotes: list[Span], cue: Span) -> bool:
    """Whether a cue stands inside a quotation; they are in order and apart from each other."""
    at = bisect.bisect_right(quotes, cue) - 1
    return at >= 0 and quotes[at][0] < cue[0] and cue[1] < quotes[at][1]


def _stretched(layer: Attribution, quotes: list[Span], sentences: Sequence[Span], spoken: set[int]) -> Attribution:
    if layer.verb in ("judge", "ask") or layer.frame in ("adverb", "noun", "passive"):
        return layer
    if _within_one(quotes, layer.cue_span):
        return layer
    start, end = sentences[layer.sentence]
    near = _within(quotes, start, end)
    own = [q for q in near if any(q[0] < b - 2 and a < q[1] - 2 for a, b in layer.content_spans)]
    beyond = [q for q in own if q[0] < start or q[1] > end]
    if own:
        beyond += _next_quotes(layer.sentence, quotes, sentences, spoken)
    return layer._replace(content_spans=(*layer.content_spans, *beyond)) if beyond else layer


def _within(quotes: list[Span], start: int, end: int) -> list[Span]:
    """The quotations that touch a range; they are in order and apart from each other."""
    first = bisect.bisect_left(quotes, (start, start))
    return [q for q in quotes[max(0, first - 1) : bisect.bisect_left(quotes, (end, end))] if q[1] > start]


def _next_quotes(number: int, quotes: list[Span], sentences: Sequence[Span], spoken: set[int]) -> list[Span]:
    """The quotations that fill the sentences after, as long as nobody else is said to speak."""
    more: list[Span] = []
    for at in range(number + 1, min(number + 9, len(sentences))):
        start, end = sentences[at]
        filled = any(q[0] <= start + 2 and q[1] >= end - 2 for q in _within(quotes, start, end))
        if at in spoken or not filled:
            break
        more.append((start, end))
    return more


def _chained(found: list[Attribution]) -> list[Attribution]:
    """Give every layer the sources outside it: those of its sentence whose contents cover its own cue or content."""
    beside = _by_sentence(found)
    chained = []
    for layer in found:
        outer = [o for o in beside[layer.sentence] if o is not layer and o.source and _outside(o, layer)]
        outer.sort(key=_width)
        names = [layer.source, *[o.source for o in outer]]
        chained.append(layer._replace(chain=tuple(dict.fromkeys([name for name in names if name]))))
    return chained


def _outside(outer: Attribution, inner: Attribution) -> bool:
    if outer.verb in ("judge", "ask", "think"):
        return False
    if outer.frame in ("medium", "carried") and inner.frame not in ("medium", "carried"):
        return outer.content_spans == inner.content_spans
    return _width(outer) > _width(inner) and outer.covers(*inner.cue_span) > 0.5


def _width(layer: Attribution) -> tuple[int, int]:
    """Layers nearer to the fact are narrower; a carrier lies outside the speaker it carries."""
    return sum([b - a for a, b in layer.content_spans]), layer.frame in ("medium", "carried")
