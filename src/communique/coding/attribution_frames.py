"""The frames in which a sentence hangs its content on a source: "X said that ...", "..., said X", "according to X"."""

from __future__ import annotations

from typing import NamedTuple

from communique.coding.attribution_ahead import source_after
from communique.coding.attribution_cues import CLAUSAL, Cues, cues
from communique.coding.attribution_nouns import bare_noun, infinitive_or_noun
from communique.coding.attribution_source import Phrase, is_word, source_before, subject
from communique.coding.attribution_tokens import DOUBLE, Tokens, is_name

Range = tuple[int, int]


class Layer(NamedTuple):
    """One attribution inside one sentence, in token numbers; every pair is half-open.

    ``frame`` is before ("X said that"), after (", X said"), inverted (", said X"), according,
    noun ("X's claim that"), participle (", saying that"), shared ("... and added"), passive ("is said to"),
    adverb ("reportedly"). ``verb`` is the kind of the cue.
    """

    frame: str
    verb: str
    cue: Range
    source: Phrase | None
    contents: tuple[Range, ...]


def layers(tokens: Tokens) -> list[Layer]:
    """The attributions of one sentence, in the order of their cues."""
    table = cues()
    found: list[Layer] = []
    skip = 0
    openers = table.openers
    for at in [at for at, low in enumerate(tokens.lower) if low in openers]:
        if at < skip:
            continue
        layer = _at(tokens, at, tokens.lower[at], table, found)
        if layer is not None and layer.contents:
            found.append(layer)
            skip = layer.cue[1]
    return found


def _at(tokens: Tokens, at: int, low: str, table: Cues, found: list[Layer]) -> Layer | None:
    if low == "according" and tokens.lower[at + 1 : at + 2] == ("to",):
        return _according(tokens, at)
    if low in table.words["reportedly"]:
        return Layer("adverb", "claim", (at, at + 1), None, _both_sides(tokens, at, at + 1))
    for phrase, kind in table.phrases.get(low, ()):
        if tokens.lower[at : at + len(phrase)] == phrase:
            return _verb(tokens, at, at + len(phrase), kind, found)
    if low in table.verbs and low not in table.words["not_cue"] and not (at and is_name(tokens.words[at])):
        layer = _verb(tokens, at, at + 1, table.verbs[low], found)
        if layer is not None:
            return layer
    if low in table.nouns:
        return _noun(tokens, at, table.nouns[low])
    return None


def _according(tokens: Tokens, at: int) -> Layer | None:
    source = source_after(tokens, at + 2)
    if source is None:
        return None
    left, right = _trim(tokens, 0, at), _trim(tokens, source.last, len(tokens))
    contents = tuple(r for r in (left, right) if r[1] - r[0] > 2) if left[1] - left[0] <= 2 else (left,)
    return Layer("according", "say", (at, at + 2), source, contents or (right,))


def _noun(tokens: Tokens, at: int, kind: str) -> Layer | None:
    """ "X's claim that ...", "reports that ...", "a statement by X that ..."."""
    via = next((i for i in range(at + 1, min(at + 5, len(tokens))) if tokens.lower[i] in ("by", "from")), None)
    by = source_after(tokens, via + 1) if via is not None else None
    after = by.last if by else at + 1
    if tokens.lower[after : after + 1] != ("that",):
        return None
    owner = by
    if owner is None and at > 1 and tokens.lower[at - 1] in ("'s", "’s", "'", "’"):
        owner = source_before(tokens, at - 1)
    return Layer("noun", kind, (at, at + 1), owner, (_trim(tokens, after + 1, len(tokens)),))


def _verb(tokens: Tokens, at: int, end: int, kind: str, found: list[Layer]) -> Layer | None:
    if infinitive_or_noun(tokens, at) or bare_noun(tokens, at):
        return None
    if _passive(tokens, at):
        return _passive_layer(tokens, at, end, kind)
    if tokens.lower[at].endswith("ing"):
        return _participle(tokens, at, end, kind, found)
    closing = _closing(tokens, at, end, kind)
    source = source_before(tokens, at) if closing is None else None
    if closing is not None:
        return Layer("inverted", kind, (at, end), closing, (_trim(tokens, 0, at),))
    if source is None or source.empty:
        return _no_subject(tokens, at, end, kind, found)
    return _with_subject(tokens, at, end, kind, source)


def _closing(tokens: Tokens, at: int, end: int, kind: str) -> Phrase | None:
    """Who speaks at the close of a sentence: "..., announced the finance minister, Jan Roe."."""
    if (
        kind not in CLAUSAL
        or not at
        or tokens.words[at - 1] != ","
        or not tokens.lower[at].endswith(("ed", "said", "says"))
    ):
        return None
    source = source_after(tokens, end)
    rest = len(tokens) - source.last if source else 2
    return source if source and (rest == 0 or (rest == 1 and tokens.words[-1] == ".")) else None


def _passive(tokens: Tokens, at: int) -> bool:
    back = at - 1
    while back >= 0 and (tokens.lower[back].endswith("ly") or tokens.lower[back] in ("also", "not", "been", "widely")):
        if tokens.lower[back] == "been":
            return not tokens.lower[at].endswith("ing")
        back -= 1
    ends = tokens.lower[at].endswith(("ed", "own", "aid", "old", "ought", "ood", "ound", "een"))
    return back >= 0 and ends and tokens.lower[back] in cues().words["passive"]


def _passive_layer(tokens: Tokens, at: int, end: int, kind: str) -> Layer | None:
    """ "is said to have", "was reported by X to", "it was announced that"; told or asked are no source."""
    ahead = tokens.lower[end : end + 1]
    if tokens.lower[at] in ("told", "asked", "informed", "briefed") or kind in ("ask", "judge", "deny"):
        return None
    if tokens.lower[at] in ("quoted", "cited"):
        return _quoted(tokens, at, end)
    source = source_after(tokens, end + 1) if ahead == ("by",) else None
    if source is None and ahead not in (("to",), ("that",), ("as",), ("in",)):
        return None
    return Layer("passive", kind, (at, end), source, _both_sides(tokens, at, source.last if source else end))


def _quoted(tokens: Tokens, at: int, end: int) -> Layer | None:
    """ "X was quoted (by Y) as saying ...": X is the speaker; Y is found as the medium."""
    source = source_before(tokens, at - 1) if at > 1 else None
    if source is None or source.empty:  # "Roe met the envoy and was quoted as saying"
        source = subject(tokens, at - 1)
    says = next((i for i in range(end, min(end + 14, len(tokens))) if tokens.lower[i] in ("saying", "telling")), None)
    if source is None or source.empty:
        return None
    start = says + 1 if says is not None else end
    content = _trim(tokens, start, len(tokens))
    if content[1] - content[0] < 2:
        content = _trim(tokens, 0, source.first)
    return Layer("before", "say", (at, end), source, (content,))


def _participle(tokens: Tokens, at: int, end: int, kind: str, found: list[Layer]) -> Layer | None:
    """ ", saying that ...": the source is that of the clause it hangs on."""
    if kind not in CLAUSAL or tokens.lower[at - 1 : at] == ("as",):
        return None
    if tokens.lower[at - 1 : at] in (("is",), ("are",), ("was",), ("were",), ("been",)):  # "have been hinting that"
        said, (_, ready) = source_before(tokens, at - 1), _content_start(tokens, end)
        return _with_subject(tokens, at, end, kind, said) if ready and said and not said.empty else None
    own = source_before(tokens, at)
    if own and not own.empty and own.first and tokens.lower[own.first - 1] == "with":
        source: Phrase | None = own
    else:
        source = found[-1].source if found and found[-1].source else subject(tokens, at)
    return Layer("participle", kind, (at, end), source, (_trim(tokens, _content_start(tokens, end)[0], len(tokens)),))


_SINGLE = ("'", "’")


def _no_subject(tokens: Tokens, at: int, end: int, kind: str, found: list[Layer]) -> Layer | None:
    before = tokens.lower[at - 1] if at else ""
    if (
        kind in CLAUSAL
        and tokens.lower[at] != "told"
        and at
        and (before in (",", "as", "-", "–", "—") or before in DOUBLE or before in _SINGLE)
    ):
        source = source_after(tokens, end)
        if source is not None:
            content = _trim(tokens, 0, at)
            tail = _trim(tokens, source.last, len(tokens))
            more = (tail,) if _quote_in(tokens, *tail) else ()
            return Layer("inverted", kind, (at, end), source, (content, *more))
    if before in ("and", "but", "then", "also") and found and found[-1].source:
        start, ready = _content_start(tokens, end)
        if ready or kind in CLAUSAL:
            return Layer("shared", kind, (at, end), found[-1].source, (_trim(tokens, start, len(tokens)),))
    return None


_CREDITED = frozenset(["reported", "contributed"])


def _with_subject(tokens: Tokens, at: int, end: int, kind: str, source: Phrase) -> Layer | None:
    if kind not in CLAUSAL and tokens.lower[source.first] in ("i", "we", "you"):
        return None
    if tokens.lower[at] in _CREDITED and tokens.lower[end : end + 1] == ("from",):
        return None  # "Jan Roe reported from Oslo": who wrote the page
    start, ready = _content_start(tokens, end, addressee=tokens.lower[at] in ("told", "tell", "tells", "informed"))
    after = _trim(tokens, start, len(tokens))
    left = _trim(tokens, 0, source.first)
    ahead = left[1] - left[0]
    # "Oslo, Roe said, has agreed"
    name = ahead == 1 and is_name(tokens.words[left[0]]) and _parenthesis(tokens, source, start)
    set_off = source.first > 0 and not is_word(tokens, source.first - 1) and (ahead >= 2 or name)
    if kind in CLAUSAL and set_off and _broken_quote(tokens, source, start):
        return Layer("after", kind, (at, end), source, (left, after))
    nothing = after[1] - after[0] < 2 or ((not ready and tokens.words[start] in ",;") or tokens.words[start] in "–—")
    if kind in CLAUSAL and set_off and nothing:
        goes_on = _parenthesis(tokens, source, start) or _quote_in(tokens, *after)
        more = (after,) if after[1] - after[0] >= 2 and goes_on else ()
        return Layer("after", kind, (at, end), source, (left, *more))
    if after[1] - after[0] < 2 or (nothing and kind not in CLAUSAL):
        return None
    return Layer("before", kind, (at, end), source, (after,))


def _broken_quote(tokens: Tokens, source: Phrase, start: int) -> bool:
    """Whether a quotation closes right before the speaker and opens again behind: "“The deal,” he said, “is dead”"."""
    again = start < len(tokens) and tokens.words[start] in DOUBLE and tokens.words[start - 1] == ","
    return again and any(word in DOUBLE for word in tokens.words[max(0, source.first - 2) : source.first])


def _parenthesis(tokens: Tokens, source: Phrase, start: int) -> bool:
    """Whether commas stand at either side: "the deal, he said, is dead"."""
    closed = (
        start < len(tokens) and tokens.words[start] in ",–—" and tokens.lower[start + 1 : start + 2] != ("according",)
    )
    return closed and tokens.words[source.first - 1] in ",–—"


def _content_start(tokens: Tokens, at: int, addressee: bool = False) -> tuple[int, bool]:
    """Where the content begins behind a cue, and whether a word or mark opens it for certain."""
    if addressee:
        told = source_after(tokens, at, appositions=False)
        at = told.head if told else at
    at = _over_adjuncts(tokens, at)
    if at >= len(tokens):
        return len(tokens), False
    if tokens.lower[at] == "that":
        return at + 1, True
    if tokens.words[at] == ":" or tokens.words[at] in DOUBLE:
        return at + (tokens.words[at] == ":"), True
    if tokens.words[at] == "," and at + 1 < len(tokens) and tokens.words[at + 1] in DOUBLE:
        return at + 1, True
    return at, False


_ADJUNCT = frozenset(
    ("on", "in", "at", "during", "late", "early", "last", "after", "before", "following", "via", "by", "through", "to")
)

_AMOUNT = (("at", "least"), ("at", "most"))


def _over_adjuncts(tokens: Tokens, at: int) -> int:
    """Step over "on Monday", "in a statement", "at a news conference in Oslo" if the content follows them."""
    table = cues()
    while at < len(tokens) and (
        tokens.lower[at] in table.words["timeword"] or tokens.lower[at] in table.words["between"]
    ):
        at += 1
    if at >= len(tokens) or tokens.lower[at] not in _ADJUNCT or tokens.lower[at : at + 2] in _AMOUNT:
        return at
    for ahead in range(at + 1, min(at + 16, len(tokens))):
        word = tokens.words[ahead]
        if tokens.lower[ahead] == "that" or word in ",:" or word in DOUBLE or word == ".":
            return ahead
        if tokens.lower[ahead] in table.words["timeword"] and ahead <= at + 2:
            return _over_adjuncts(tokens, ahead + 1)
        if tokens.lower[ahead] in table.words["pronoun"]:
            return ahead
    return at


def _both_sides(tokens: Tokens, start: int, end: int) -> tuple[Range, ...]:
    sides = (_trim(tokens, 0, start), _trim(tokens, end, len(tokens)))
    return tuple(side for side in sides if side[1] > side[0])


def _quote_in(tokens: Tokens, start: int, end: int) -> bool:
    return any(word in DOUBLE for word in tokens.words[start:end])


def _trim(tokens: Tokens, start: int, end: int) -> Range:
    """The range without commas, stops and dashes at either side."""
    while start < end and tokens.words[start] in ",;:–—.":
        start += 1
    while end > start and tokens.words[end - 1] in ",;:–—.-":
        end -= 1
    return start, end
