"""Running a batch as a user does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from batch.archives import CODER
from communique.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs ``communique batch`` into ``out`` of the test's folder, with the quick coder and no engine unless told."""

    def batch(*words: object, coder: str | None = CODER, workers: int = 0, out: str = "out") -> Result:
        line = ["batch", *map(str, words), "--out", str(tmp_path / out), "--workers", str(workers)]
        return CliRunner().invoke(main, [*line, *(["--coder", coder] if coder else [])], catch_exceptions=False)

    return batch
