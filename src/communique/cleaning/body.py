"""Which lines are body: the classifier's word, corrected by what the furniture table is sure of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from communique.cleaning.features import line_key
from communique.cleaning.furniture import Sign
from communique.cleaning.lines import Lines
from communique.cleaning.replies import replies
from communique.page import Block

SURE = 0.5
LEAST = 0.25
CERTAIN = 0.8
ENOUGH = 3
LONG = 180
SNIPPET = 5
FEW = 2
COMMENTS = frozenset(("comment", "comments", "commentlist", "disqus"))
_SENTENCE = re.compile(r"^(?:\S+\s+){3,400}\S*[.!?][\"”’')]*$")


def body_flags(lines: Lines, odds: NDArray[np.float64], signs: Sequence[Sign]) -> NDArray[np.bool_]:
    """True for each body line.

    A whole-line phrase of the table is never body; a phrase at the start or inside a line makes
    a short line furniture; after a stop phrase nothing is body, once ``ENOUGH`` lines of body came,
    unless most of what is certainly body stands below it: then it heads a box amid the article. Nor is
    anything body once readers' comments begin.
    """
    body = odds >= likeliest_cut(odds)
    stop = len(lines)
    starts, ends = lines.bounds()
    sizes = ends - starts
    certain = np.where(odds > CERTAIN, sizes, 0)
    for sign in signs:
        size = int(sizes[sign.line])
        if sign.phrase.effect == "stop" and _enough(lines, body, sign.line):
            boxed = 2 * certain[sign.line :].sum() > certain.sum()
            stop = stop if boxed else min(stop, sign.line)
        if _outweighs(sign, size, odds[sign.line]):
            body[sign.line] = False
    said = replies(lines)
    if said is not None and body[:said].any():
        stop = min(stop, said)
    body[stop:] = False
    return body if body.any() else _snippet(lines, {sign.line for sign in signs})


def likeliest_cut(odds: NDArray[np.float64]) -> float:
    """The chance from which on lines count as body, so that the F1 to be expected of the page is greatest.

    Where much is unsure, a line that is left out costs more than one too many. Never below ``LEAST``;
    a page where no line is likelier body than not has none.
    """
    ranked = np.sort(odds)[::-1]
    if not len(ranked) or ranked[0] <= SURE:
        return 2.0
    expected = np.cumsum(ranked) / (np.arange(1, len(ranked) + 1) + ranked.sum())
    return min(max(float(ranked[expected.argmax()]), LEAST), SURE)


def _snippet(lines: Lines, marked: set[int]) -> NDArray[np.bool_]:
    """The sentences of a text of a few lines, such as one pasted alone: it has no page around it to tell body by."""
    few = len(lines) <= SNIPPET
    return np.array(
        [few and i not in marked and bool(_SENTENCE.search(lines.words(i))) for i in range(len(lines))], bool
    )


def drop_recurring(lines: Lines, body: NDArray[np.bool_], siblings: Mapping[str, int] | None) -> None:
    """Take out of the body what stands on other pages of the outlet as well.

    Where most of the body does, the other page is the same article, and nothing is taken out.
    """
    if not siblings:
        return
    at = np.flatnonzero(body).tolist()
    seen = [index for index in at if siblings.get(line_key(lines.words(index)), 0) > 0]
    if len(seen) * 2 <= len(at):
        body[seen] = False


def drop_comments(blocks: Sequence[Block], body: NDArray[np.bool_]) -> list[int]:
    """Take out of the body what stands in a part of an HTML page that its markup calls comments; the lines' indices.

    Where hardly any body stands outside, the word means something else, and nothing is taken out.
    """
    at = np.flatnonzero(body).tolist()
    said = [index for index in at if not COMMENTS.isdisjoint(blocks[index].hints)]
    if len(at) - len(said) < FEW:
        return []
    body[said] = False
    return said


def _outweighs(sign: Sign, size: int, odds: float) -> bool:
    """Whether a phrase of the table makes its whole line furniture."""
    if sign.phrase.match == "line":
        return True
    if sign.phrase.kind == "licence" and size < 600:
        return True
    return size < LONG and odds < 0.9


def _enough(lines: Lines, body: NDArray[np.bool_], line: int) -> bool:
    """Whether enough body stands above a line for a stop phrase to be believed."""
    above = np.flatnonzero(body[:line])
    return len(above) >= ENOUGH or sum(lines.ends[i] - lines.starts[i] for i in above) > 1500
