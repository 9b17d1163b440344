"""The command: it says where it listens, and does not listen to the world without a token."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from click.testing import CliRunner

from communique.cli import main


def test_the_command_serves_a_ledger(sample_file: Path) -> None:
    """``communique serve`` names its address, and the threads are there."""
    command = [sys.executable, "-m", "communique", "serve", str(sample_file), "--port", "0"]
    if not (Path(__file__).parents[2] / "src" / "communique" / "__main__.py").exists():
        command[1:3] = ["-c", "from communique.cli import main; main()"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            address = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
            assert address is not None
            assert "Skarv Bank" in answer(address.group() + "/threads")
        finally:
            process.terminate()


def answer(url: str) -> str:
    """What a server says, once it answers."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(url) as response:
                return response.read().decode()
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


def test_a_missing_ledger_is_said_in_one_line(tmp_path: Path) -> None:
    """No ledger, no server."""
    result = CliRunner().invoke(main, ["serve", str(tmp_path / "none.ledger")])
    assert result.exit_code == 1 and "there is no ledger" in result.output
