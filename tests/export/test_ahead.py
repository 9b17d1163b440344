"""Reading ahead never fails, and asks for nothing that memory cannot hold."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from communique.export.arrow import ahead


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The ranges of a file that the system was asked for, as it really is."""
    found: list[tuple[int, int]] = []
    advise = os.posix_fadvise

    def noted(file: int, at: int, count: int, advice: int) -> None:
        found.append((at, count))
        advise(file, at, count, advice)

    monkeypatch.setattr(os, "posix_fadvise", noted)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="other systems are not asked")
def test_a_file_is_asked_for_from_end_to_end(tmp_path: Path, asked: list[tuple[int, int]]) -> None:
    """All of it, one part after another."""
    path = tmp_path / "large"
    path.write_bytes(b"x" * (ahead.STEP + 1))
    ahead.read_ahead(path).join()
    assert asked == [(0, ahead.STEP), (ahead.STEP, ahead.STEP)]
    assert ahead.available() > 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems are not asked")
def test_what_memory_cannot_hold_is_not_asked_for(
    tmp_path: Path, asked: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor what is not there, nor where the system does not say what memory it has."""
    path = tmp_path / "large"
    path.write_bytes(b"x" * 100)
    ahead.read_ahead(tmp_path / "none").join()
    (tmp_path / "memory").write_text("MemTotal: 1 kB\nMemAvailable: 0 kB\n")
    for told in ("memory", "not there"):
        monkeypatch.setattr(ahead, "_MEMORY", tmp_path / told)
        ahead.read_ahead(path).join()
    assert asked == []
