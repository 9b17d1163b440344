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
def _vocabulary() -> dict[str, int]:
    return tokenizer().get_vocab(with_added_tokens=False)


def pieces(text: str, start: int, end: int, most: int) -> tuple[tuple[int, ...], Offsets]:
    """The numbers of the first ``most`` pieces of ``text[start:end]``, and the range of the text that each covers."""
    words = text[start:end]
    if not _PLAIN.fullmatch(words):
        encoding = tokenizer().encode(words, add_special_tokens=False)
        return tuple(encoding.ids[:most]), tuple([(start + a, start + b) for a, b in encoding.offsets[:most]])
    known, ids, offsets = _vocabulary(), [], []
    for found in _WORD.finditer(words.lower()):
        word, (first, last) = found[0], found.span()
        number = known.get(word)
        if number is not None:  # as most words are
            ids.append(number)
            offsets.append((start + first, start + last))
            continue
        for number, a, b in _cut(word):
            ids.append(number)
            offsets.append((start + first + a, start + first + b))
    return tuple(ids[:most]), tuple(offsets[:most])


@lru_cache(1 << 14)
def _cut(word: str) -> tuple[tuple[int, int, int], ...]:
    """A word as the longest pieces that the vocabulary holds, from the left: the number and the range of each."""
    known, found, at = _vocabulary(), [], 0
    while at < len(word) <= _LONGEST_WORD:
        lead = _INSIDE if at else ""
        last = next((n for n in range(len(word), at, -1) if lead + word[at:n] in known), None)
        if last is None:
            break
        found.append((known[lead + word[at:last]], at, last))
        at = last
    return tuple(found) if at == len(word) else ((known[_UNKNOWN], 0, len(word)),)
