"""Windows are runs of neighbouring sentences, tokenised and with their parties marked, that the encoder reads at once.

Every sentence is scored in exactly one window, as one of its core sentences; the title and the
sentences just before the core are read along as context, so that "he" and "the offer" have
something to lean on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from communique.actor import Mention
from communique.coding.pieces import pieces

MAX_PIECES = 256
CONTEXT_PIECES = 32
SENTENCE_PIECES = 160
KINDS = ("state", "igo", "group", "collective", "civilians", "person", "unknown")
VIAS = ("name", "person", "role", "surname", "pronoun", "description")
CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a page as the coder sees it: its range, whether it is the title, its parties, its pieces.

    ``runs`` holds for each party the half-open range of its pieces (see ``piece_range``).
    """

    start: int
    end: int
    title: bool
    mentions: tuple[Mention, ...]
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    runs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces of several sentences in one sequence.

    ``sentence`` holds for each piece the index of its sentence in the page, -1 for special
    pieces; ``party`` its party kind (see ``party_code``), 0 for none; ``core`` the indices of
    the sentences to be scored here; ``starts`` the index of each sentence's first piece.
    """

    ids: np.ndarray
    party: np.ndarray
    sentence: np.ndarray
    core: tuple[int, ...]
    starts: dict[int, int] = field(default_factory=dict)


def party_code(mention: Mention) -> int:
    """What the encoder is told of a piece inside ``mention``: 1.. by kind, qualifiers and pronouns apart."""
    if mention.adjective:
        return len(KINDS) + 1
    if mention.via == "pronoun":
        return len(KINDS) + 2
    return _CODES[mention.kind]


PARTY_CODES = len(KINDS) + 3
_CODES = {kind: code for code, kind in enumerate(KINDS, 1)}


def prepare(text: str, spans: Sequence[tuple[int, int]], mentions: Sequence[Mention], titled: bool) -> list[Sentence]:
    """The sentences at ``spans`` (the title first, where ``titled``) with their mentions and pieces."""
    out: list[Sentence] = []
    ordered = sorted(mentions, key=lambda m: m.start)
    position = 0
    for number, (start, end) in enumerate(sorted(spans)):
        while position < len(ordered) and ordered[position].start < start:
            position += 1
        inside = []
        while position < len(ordered) and ordered[position].start < end:
            inside.append(ordered[position])
            position += 1
        ids, offsets = pieces(text, start, end, SENTENCE_PIECES)
        runs = tuple([piece_range(offsets, m.start, m.end) for m in inside])
        out.append(Sentence(start, end, titled and number == 0, tuple(inside), ids, offsets, runs))
    return out


def _context(sentences: Sequence[Sentence], first: int) -> list[int]:
    """The title and the sentences before ``first`` that fit in the room for context."""
    room, chosen = CONTEXT_PIECES, []
    for index in range(first - 1, max(-1, first - 4), -1):
        room -= len(sentences[index].ids) + 1
        if room < 0:
            break
        chosen.append(index)
    if sentences and sentences[0].title and first > 0 and 0 not in chosen:
        chosen.append(0)
    return sorted(chosen)


def pack(sentences: Sequence[Sentence], live: Sequence[int], limit: int = MAX_PIECES) -> list[Window]:
    """Windows in which every sentence of ``live`` (indices, ascending) is core exactly once."""
    windows: list[Window] = []
    position = 0
    while position < len(live):
        context = _context(sentences, live[position])
        used = 1 + sum(len(sentences[i].ids) + 1 for i in context)
        core: list[int] = []
        while position < len(live):
            cost = len(sentences[live[position]].ids) + 1
            if core and used + cost > limit:
                break
            core.append(live[position])
            used += cost
            position += 1
        windows.append(_window(sentences, [i for i in context if i not in core], core))
    return windows


def _window(sentences: Sequence[Sentence], context: list[int], core: list[int]) -> Window:
    ids, party, sentence, starts = [CLS], [0], [-1], {}
    for index in context + core:
        one = sentences[index]
        starts[index] = len(ids)
        ids += [*one.ids, SEP]
        party += [*party_marks(one), 0]
        sentence += [index] * len(one.ids) + [-1]
    return Window(np.array(ids, np.int64), np.array(party, np.int64), np.array(sentence, np.int64), tuple(core), starts)


def party_marks(sentence: Sentence) -> list[int]:
    """The party code of each piece of a sentence."""
    marks = [0] * len(sentence.ids)
    for mention, (first, last) in zip(sentence.mentions, sentence.runs, strict=True):
        marks[first:last] = [party_code(mention)] * (last - first)
    return marks


def piece_range(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The half-open range of the pieces at ``offsets`` that touch the characters ``start..end``; empty if cut off."""
    first, last = bisect_left(offsets, (start,)), bisect_left(offsets, (end,))  # those that begin before each
    while first and offsets[first - 1][1] > start:
        first -= 1
    return (first, last) if first < last else (0, 0)
