"""The pieces of a sentence are those that the shipped tokenizer gives, however they are cut."""

import random

import pytest

from communique.coding.pieces import pieces, tokenizer

SENTENCES = [
    "Brell's cabinet turned down the harbour plan, Foreign Minister Ostrava said on 3 May 2024.",
    "“We will not re-open the talks – not now,” she told the N.W.A. in Kostroma…",
    "Tabs\tand\nbreaks and\u00a0hard spaces; under_score, $5.6bn & 100%!",
    "Café owners in São Tomé met Łukasz; a [MASK] and a [SEP] stood in the text.",
    "Null \x00 and bell \x07 in hostile words, \ufffd too",
    "外交部发言人 spoke",
    "x" * 100 + " " + "y" * 101 + " " + "qzxj" * 20,
    "",
]


def _by_tokenizer(text: str, most: int = 160) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    encoding = tokenizer().encode(text, add_special_tokens=False)
    return tuple(encoding.ids[:most]), tuple(encoding.offsets[:most])


@pytest.mark.parametrize("sentence", SENTENCES)
def test_pieces_are_the_tokenizers(sentence: str) -> None:
    """Plain sentences, other scripts, special pieces and control characters all come out as the tokenizer has them."""
    assert pieces(sentence, 0, len(sentence), 160) == _by_tokenizer(sentence)


def test_pieces_of_random_text_are_the_tokenizers() -> None:
    """Random mixes of letters, marks and odd characters are cut as the tokenizer cuts them."""
    chance = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789     "
    odd = "".join(map(chr, range(9, 127))) + "‘’“”–—…\u00a0é«€"
    for _ in range(800):
        kinds = chance.choices((letters, odd), (9, 1), k=60)
        text = "".join(map(chance.choice, kinds))
        assert pieces(text, 0, len(text), 160) == _by_tokenizer(text), text


def test_offsets_count_from_the_page_and_are_cut_short() -> None:
    """Ranges are those of the page, and no more pieces come back than were asked for."""
    page = "First line. Talks resumed in Oslo."
    ids, offsets = pieces(page, 12, len(page), 2)
    assert len(ids) == 2
    assert [page[a:b] for a, b in offsets] == ["Talks", "resumed"]
