"""Results go to standard output and nothing else does; progress is for a person at a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="this system has no terminals of this kind")

TESTS = Path(__file__).parents[1]
PROGRAM = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
from communique.commands import workers
workers.CODER = "coders:words"
from communique.cli import main
main(sys.argv[1:])
"""


def at_terminal(*words: str, stdout: int) -> tuple[int, str]:
    """Run a command with a terminal as its standard error: its exit code, and what the terminal got."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", PROGRAM, *words]
    child = subprocess.Popen(
        command, stdout=theirs if stdout < 0 else stdout, stderr=theirs, env={**os.environ, "TERM": "xterm"}
    )
    os.close(theirs)
    seen = b""
    try:
        while data := os.read(ours, 4096):
            seen += data
    except OSError:  # Linux says so where the other side has closed
        pass
    os.close(ours)
    return child.wait(30), seen.decode()


def test_progress_goes_to_the_terminal_and_results_to_the_file(tmp_path: Path) -> None:
    """With the output in a file, the terminal shows how far it is and what went wrong, in lines of their own."""
    (tmp_path / "a.txt").write_text("words")
    with (tmp_path / "out.jsonl").open("wb") as out:
        code, seen = at_terminal("code", str(tmp_path / "a.txt"), str(tmp_path / "gone.txt"), stdout=out.fileno())
    assert code == 1
    assert [page["doc"] for page in map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())] == ["a"]
    assert "pages" in seen and f"communique: {tmp_path / 'gone.txt'}: missing" in seen


def test_no_progress_among_results(tmp_path: Path) -> None:
    """With the output at the terminal too, only results are shown."""
    (tmp_path / "a.txt").write_text("words")
    code, seen = at_terminal("code", str(tmp_path / "a.txt"), stdout=-1)
    assert (code, json.loads(seen)["doc"]) == (0, "a")
