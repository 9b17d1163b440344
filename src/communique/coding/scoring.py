"""Run a network over a page and score each sentence: the vectors everything else is judged from."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from communique.actor import Mention
from communique.coding import features
from communique.coding.heads import attended
from communique.coding.networks import Network, Seen, quick
from communique.coding.windows import Sentence, Window, pack, piece_range
from communique.evidence import Evidence


@dataclass(slots=True)
class PartyCast:
    """The M party mentions of one window in text order, the rows of each sentence's, and their vectors [M, H].

    ``parties`` are the ids that each stands for; ``features`` [M, F] is what the role scorers are told of them, where
    the place from the act is left open (see ``features.role_features``).
    """

    mentions: list[Mention]
    parties: list[frozenset[str]]
    rows: dict[int, range]
    vectors: np.ndarray
    features: np.ndarray


@dataclass(slots=True)
class ScoredPage:
    """A page's sentences with what a network sees in them.

    For a live sentence index: ``types`` [T] the chance of each type, ``looked`` [L, T] how strongly each of its
    pieces bears on it, ``quoted`` [L] the chance that each belongs to the words that show an act. ``window`` tells
    which window (and its vectors) a sentence was scored in, ``lower`` the same with what a layer below made of it, and
    ``starts`` where each sentence begins. ``acts``, ``casts``, ``quotes`` and ``marked`` keep what was asked once:
    vectors of acts, parties by window, words that show an act, and the pieces of a sentence that may belong to such
    words.
    """

    sentences: list[Sentence]
    window: dict[int, tuple[Window, np.ndarray]]
    looked: dict[int, np.ndarray]
    types: dict[int, np.ndarray]
    quoted: dict[int, np.ndarray]
    frequency: Counter[str]
    starts: list[int] = field(init=False)
    acts: dict[tuple[int, int], np.ndarray] = field(default_factory=dict)
    casts: dict[int, PartyCast] = field(default_factory=dict)
    quotes: dict[tuple[int, tuple[int, int]], Evidence] = field(default_factory=dict)
    marked: dict[int, bytes] = field(default_factory=dict)
    network: Network = field(default_factory=quick)
    lower: dict[int, tuple[Window, np.ndarray]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.starts = [one.start for one in self.sentences]

    def below(self) -> ScoredPage:
        """The page as choosers see it: by the vectors of the layer below, or as it is where there are none.

        What the heads say of it stays the same.
        """
        return replace(self, window=self.lower, lower={}, acts={}, casts={}) if self.lower else self

    def pieces(self, index: int, at: int | None = None) -> np.ndarray:
        """The vectors [L, H] of a sentence, as seen in the window of sentence ``at`` (by default its own)."""
        window, vectors = self.window[index if at is None else at]
        start = window.starts[index]
        return vectors[start : start + len(self.sentences[index].ids)]

    def words(self, start: int, end: int) -> np.ndarray:
        """The mean vector [H] of the pieces in a range of the page; zeros where the encoder has not read them."""
        index = max(0, bisect_right(self.starts, start) - 1)
        if index in self.window:
            first, last = piece_range(self.sentences[index].offsets, start, end)
            if last == first + 1:  # as most words are: the sum of one is itself
                return self.pieces(index)[first]
            if last > first:
                return np.asarray(self.pieces(index)[first:last].sum(0) / (last - first))
        return np.zeros(self.network.heads.width, np.float32)

    def cast(self, index: int) -> PartyCast:
        """The parties of the window of sentence ``index``, made once for each window."""
        window, vectors = self.window[index]
        if id(window) not in self.casts:
            self.casts[id(window)] = _party_cast(self.sentences, window, vectors, self.frequency)
        return self.casts[id(window)]

    def trigger(self, index: int, type_index: int) -> tuple[int, int]:
        """The characters of the piece that bears most on the type in the sentence."""
        return self.sentences[index].offsets[int(self.looked[index][:, type_index].argmax())]

    def vector(self, index: int, type_index: int) -> np.ndarray:
        """The vector [H] of an act of the type told in the sentence."""
        key = (index, type_index)
        if key not in self.acts:
            seen = attended(self.pieces(index), self.looked[index][:, type_index])
            self.acts[key] = self.network.heads.act(seen, type_index)
        return self.acts[key]


def _party_cast(
    sentences: Sequence[Sentence], window: Window, vectors: np.ndarray, frequency: Counter[str]
) -> PartyCast:
    kept: list[Mention] = []
    runs: list[tuple[int, int]] = []
    rows: dict[int, range] = {}
    for place, start in sorted(window.starts.items()):
        before = len(kept)
        for mention, (first, last) in zip(sentences[place].mentions, sentences[place].runs, strict=True):
            if last > first:
                kept.append(mention)
                runs.append((start + first, start + last))
        rows[place] = range(before, len(kept))
    told = features.told_of(kept, frequency)
    return PartyCast(kept, [m.parties for m in kept], rows, _means(vectors, runs), told)


def _means(vectors: np.ndarray, runs: Sequence[tuple[int, int]]) -> np.ndarray:
    """The mean vectors [M, H] of half-open runs of pieces. Most are of one piece, so only the others are summed up."""
    means = vectors[[first for first, _ in runs]] if runs else np.zeros((0, vectors.shape[1]), np.float32)
    for row, (first, last) in enumerate(runs):
        if last - first > 1:
            means[row] = np.add.reduce(vectors[first:last]) / np.float32(last - first)
    return means


def live_sentences(sentences: Sequence[Sentence]) -> list[int]:
    """The sentences that can tell an act: with pieces, and a party in them or just before."""
    out = []
    for i, one in enumerate(sentences):
        near = one.mentions or (i and sentences[i - 1].mentions) or (i > 1 and sentences[i - 2].mentions)
        if len(one.ids) > 2 and near:
            out.append(i)
    return out


def score(sentences: list[Sentence], network: Network | None = None) -> ScoredPage:
    """Score the live sentences of a page by a network, the quick one unless another is given."""
    network = network or quick()
    windows = pack(sentences, live_sentences(sentences))
    return scored(sentences, network, windows, network.encode(windows))


def scored(sentences: list[Sentence], network: Network, windows: Sequence[Window], seen: Sequence[Seen]) -> ScoredPage:
    """A page whose windows the encoder of a network has ``seen``, as its heads score them."""
    heads = network.heads
    page = ScoredPage(sentences, {}, {}, {}, {}, features.counts(sentences), network=network)
    for window, one in zip(windows, seen, strict=True):
        looked, judged, quoted = heads.read(one.vectors)
        runs = np.array([(window.starts[i], window.starts[i] + len(sentences[i].ids)) for i in window.core])
        for index, (start, end), chances in zip(window.core, runs, heads.types(looked, judged, runs), strict=True):
            page.window[index] = (window, one.vectors)
            if one.lower is not None:
                page.lower[index] = (window, one.lower)
            page.looked[index], page.types[index], page.quoted[index] = looked[start:end], chances, quoted[start:end]
    return page
