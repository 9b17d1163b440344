"""The pieces of a sentence that the encoder reads: word pieces, as the tokenizer shipped beside the model cuts them.

Most sentences hold nothing but plain letters and marks. Those are cut here, which is several times as quick as to ask
the tokenizer and gives the same; whatever holds more (other scripts, accents, control characters) is left to it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from tokenizers import Tokenizer

MODEL = Path(__file__).parent / "model"
_PLAIN = re.compile(r"[\t\n\r -Z\\^-~\u00a0‘’“”–—…]*")
"""What is cut here. A square bracket is not: it may open one of the tokenizer's special pieces."""
_WORD = re.compile(r"[a-z0-9]+|[^a-z0-9\s]")
_BLANKS = str.maketrans("\t\n\r\u00a0", "    ")
_LONGEST_WORD = 100
"""A longer word is unknown to the tokenizer, whatever it holds."""
_UNKNOWN, _INSIDE = "[UNK]", "##"

Offsets = tuple[tuple[int, int], ...]


@cache
def tokenizer() -> Tokenizer:
    """The encoder's tokenizer, from the file shipped beside the model."""
    made = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


@cache
def vocabulary() -> dict[str, int]:
    """The pieces and their numbers."""
    return tokenizer().get_vocab(with_added_tokens=False)


def is_word(word: str) -> bool:
    """Whether a word in lower case is a piece by itself, as common English words and the best known names are."""
    return word in vocabulary()


def pieces(text: str, start: int, end: int, most: int) -> tuple[tuple[int, ...], Offsets]:
    """The numbers of the first ``most`` pieces of ``text[start:end]``, and the range of the text that each covers."""
    words = text[start:end]
    if not _PLAIN.fullmatch(words):
        encoding = tokenizer().encode(words, add_special_tokens=False)
        return tuple(encoding.ids[:most]), tuple([(start + a, start + b) for a, b in encoding.offsets[:most]])
    known, at = _whole(), start
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    for run in words.lower().translate(_BLANKS).split(" "):
        number = known.get(run)
        if number is not None:  # as most words are
            ids.append(number)
            offsets.append((at, at + len(run)))
        else:
            for number, first, last in _parts(run):
                ids.append(number)
                offsets.append((at + first, at + last))
        at += len(run) + 1
    return tuple(ids[:most]), tuple(offsets[:most])


@cache
def _whole() -> dict[str, int]:
    """The words and marks that are a piece by themselves."""
    return {word: number for word, number in vocabulary().items() if _WORD.fullmatch(word)}


@lru_cache(1 << 14)
def _parts(run: str) -> tuple[tuple[int, int, int], ...]:
    """What stands between two blanks as pieces: the number and the range of each."""
    if run.isalpha():
        return _cut(run)
    end = len(run) - 1
    if run[:end].isalpha() and run[end] in ",.":  # as most are
        return *_cut(run[:end]), (vocabulary()[run[end]], end, end + 1)
    found = ((word.start(), piece) for word in _WORD.finditer(run) for piece in _cut(word[0]))
    return tuple([(number, start + first, start + last) for start, (number, first, last) in found])


@lru_cache(1 << 14)
def _cut(word: str) -> tuple[tuple[int, int, int], ...]:
    """A word as the longest pieces that the vocabulary holds, from the left: the number and the range of each."""
    known, found, at = vocabulary(), [], 0
    while at < len(word) <= _LONGEST_WORD:
        lead, last = _INSIDE if at else "", len(word)
        while last > at and lead + word[at:last] not in known:
            last -= 1
        if last == at:
            break
        found.append((known[lead + word[at:last]], at, last))
        at = last
    return tuple(found) if at == len(word) else ((known[_UNKNOWN], 0, len(word)),)
