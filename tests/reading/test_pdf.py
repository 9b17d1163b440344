"""PDF with a text layer: its words, its paragraphs, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.cleaning import clean
from communique.page import Page
from communique.reading import ReadFailure, read_paths
from pdf_maker import pdf

pytest.importorskip("pypdfium2")

COLUMN = [
    "The foreign minister of Sampleland said on Tuesday that his government would offer a",
    "truce of thirty days to the rebels in the north, if they let aid convoys through to the",
    "towns of the valley before the month is out.",
]


def read(path: Path, data: bytes) -> list[Page | ReadFailure]:
    """What reading these bytes gives."""
    path.write_bytes(data)
    return list(read_paths([path]))


def test_broken_lines_become_a_paragraph(tmp_path: Path) -> None:
    """The lines of a column are one paragraph; pages stay apart, in order."""
    (page,) = read(tmp_path / "x", pdf([COLUMN, ["A spokesman said (on Friday) that an answer would come."]]))
    assert isinstance(page, Page) and page.encoding == "pdf"
    assert page.text == " ".join(COLUMN) + "\n\nA spokesman said (on Friday) that an answer would come."
    article = clean(page)
    assert [page.text[start:end] for start, end in article.body] == page.text.split("\n\n")


def test_letters_beyond_ascii(tmp_path: Path) -> None:
    """Letters of the font's encoding come out as themselves."""
    (page,) = read(tmp_path / "x", pdf([["Le café est fermé – “à midi”, says the envoy."]]))
    assert isinstance(page, Page) and page.text == "Le café est fermé – “à midi”, says the envoy."


@pytest.mark.parametrize(
    ("data", "reason"),
    [(pdf([[]]), "without a text layer"), (pdf([COLUMN])[:200], "broken or locked"), (b"%PDF-1.4\nno", "broken")],
)
def test_what_cannot_be_read(tmp_path: Path, data: bytes, reason: str) -> None:
    """A PDF of pictures, a cut one and one in name only are failures with their reason."""
    (failure,) = read(tmp_path / "x", data)
    assert isinstance(failure, ReadFailure) and reason in failure.reason
