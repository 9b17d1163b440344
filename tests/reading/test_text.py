"""Reading text: encodings, line ends and bad input."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from communique.reading import ReadError, ReadFailure, read_path, read_paths

WORDS = "The envoy’s “offer” stands — for now.\nIt was put on Monday.\n"
RUSSIAN = "Министр иностранных дел заявил, что переговоры продолжатся в понедельник.\n" * 4


def write(folder: Path, name: str, data: bytes) -> Path:
    """A file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_english_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    """The same words come out of every encoding, and no byte order mark with them."""
    page = next(read_path(write(tmp_path, "a.txt", WORDS.encode(encoding))))
    assert page.text == WORDS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1251", "koi8_r"])
def test_cyrillic_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    """One-byte Cyrillic is told apart from Western text without a declaration."""
    page = next(read_path(write(tmp_path, "a.txt", RUSSIAN.encode(encoding))))
    assert page.text == RUSSIAN


def test_line_ends_and_hard_spaces_stay(tmp_path: Path) -> None:
    """Carriage returns and non-breaking spaces stay in the text, so that offsets hold."""
    text = "One\u00a0offer.\r\nTwo answers.\rThree."
    page = next(read_path(write(tmp_path, "a.txt", text.encode())))
    assert page.text == text


def test_digest_is_of_the_bytes(tmp_path: Path) -> None:
    """The digest is the SHA-256 of the file as it is on disk."""
    data = WORDS.encode("utf-16")
    page = next(read_path(write(tmp_path, "a.txt", data)))
    assert page.digest == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  \n\n ", "empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"not a page \x00\x01\xff\xfe", "binary"),
        (b"\x00\x01\x02ELF\x07\x13 words", "binary"),
        (b"\xff\xfeA\x00" + b"\x00\xdc" * 50, "undecodable"),
        (b"word " * 1_100_000, "over 5 MB"),
    ],
)
def test_bad_bytes_become_failures(tmp_path: Path, data: bytes, reason: str) -> None:
    """Each kind of bad input gives one failure with its reason, and the next page is still read."""
    paths = [write(tmp_path, "a.txt", data), write(tmp_path, "b.txt", WORDS.encode())]
    first, second = read_paths(paths)
    assert isinstance(first, ReadFailure) and reason in first.reason and first.path == str(paths[0])
    assert not isinstance(second, ReadFailure) and second.text == WORDS


def test_missing_file_raises_from_read_path(tmp_path: Path) -> None:
    """``read_path`` raises where ``read_paths`` goes on."""
    with pytest.raises(ReadError, match="missing"):
        list(read_path(tmp_path / "nowhere.txt"))


def test_folders_are_read_in_order_and_loops_are_left(tmp_path: Path) -> None:
    """Files come sorted and recursively; a link back up is reported once and not followed."""
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "b/one.txt", "a.txt"):
        write(tmp_path, name, WORDS.encode())
    os.symlink(tmp_path, tmp_path / "b" / "again")
    found = list(read_paths([tmp_path]))
    assert [item.doc for item in found if not isinstance(item, ReadFailure)] == ["a", "one", "z"]
    assert [item.reason for item in found if isinstance(item, ReadFailure)] == ["directory loop"]


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    """A named pipe would never end, so it is not opened."""
    os.mkfifo(tmp_path / "pipe")
    (failure,) = read_paths([tmp_path / "pipe"])
    assert isinstance(failure, ReadFailure) and failure.reason == "not a regular file"
