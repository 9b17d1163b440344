"""The exact words that show an act: the part of its sentence that the model marks around the trigger."""

from __future__ import annotations

from communique.coding.scoring import ScoredPage
from communique.evidence import Evidence

QUOTED = 0.4
GAP = 4
LEAST_WORDS = 4


def quote(page: ScoredPage, text: str, index: int, trigger: tuple[int, int]) -> Evidence:
    """The words of sentence ``index`` that show the act at ``trigger``; the whole sentence where no part stands out."""
    if (index, trigger) not in page.quotes:
        page.quotes[index, trigger] = _quote(page, text, index, trigger)
    return page.quotes[index, trigger]


def _quote(page: ScoredPage, text: str, index: int, trigger: tuple[int, int]) -> Evidence:
    sentence = page.sentences[index]
    if index not in page.marked:
        page.marked[index] = (page.quoted[index] >= QUOTED).tobytes()
    at = sentence.offsets.index(trigger) if trigger in sentence.offsets else 0
    first, last = _run(page.marked[index], at)
    start, end = _whole_words(text, sentence.offsets[first][0], sentence.offsets[last][1], sentence.start, sentence.end)
    if len(text[start:end].split()) < LEAST_WORDS:
        start, end = sentence.start, sentence.end
    return Evidence.of(text, start, end)


def _run(marked: bytes, at: int) -> tuple[int, int]:
    """The first and last marked piece (a byte of one) around ``at``, reaching over gaps of up to ``GAP`` pieces."""
    low, high = marked.rfind(_TOO_WIDE, 0, at), marked.find(_TOO_WIDE, at + 1)
    first = marked.find(_MARK, low + len(_TOO_WIDE) if low >= 0 else 0, at)
    last = marked.rfind(_MARK, at + 1, high if high >= 0 else len(marked))
    return at if first < 0 else first, at if last < 0 else last


_MARK, _TOO_WIDE = b"\1", bytes(GAP + 1)


def _whole_words(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """The range widened to whole words, within ``low..high``."""
    while start > low and not text[start - 1].isspace():
        start -= 1
    while end < high and not text[end].isspace():
        end += 1
    return start, end
