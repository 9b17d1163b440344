"""Reading for the commands: one input that hangs its reader is left, and the others go on."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from communique.commands import inputs
from communique.commands.inputs import read_inputs
from communique.page import Page
from communique.reading import ReadFailure, files


def hang() -> None:
    """Work without end, as a reader does that meets a page made to trap it."""
    while True:
        pass


def test_pages_come_with_what_the_user_says(tmp_path: Path) -> None:
    """Date and address given on the command line are the page's."""
    (tmp_path / "a.txt").write_text("words")
    (page,) = read_inputs([str(tmp_path)], url="https://x.example/1", date="2014-03-12")
    assert isinstance(page, Page) and (page.url, page.date) == ("https://x.example/1", "2014-03-12")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no alarms")
def test_input_that_hangs_its_reader_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time a page may take, the reader goes on to the next input."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("words")
    read = files.read_file
    monkeypatch.setattr(inputs, "PAGE_SECONDS", 0.3)
    monkeypatch.setattr(files, "read_file", lambda path, s: hang() if path.stem == "a" else read(path, s))
    first, second = read_inputs([str(tmp_path)])
    assert first == ReadFailure(str(tmp_path / "a.txt"), "left after 0.3 s of reading")
    assert isinstance(second, Page)


def test_the_alarm_is_taken_back(tmp_path: Path) -> None:
    """Between pages no alarm runs, and the caller's own handler is back in its place."""
    (tmp_path / "a.txt").write_text("words")
    before = signal.getsignal(signal.SIGPROF)
    assert len(list(read_inputs([str(tmp_path)]))) == 1
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
