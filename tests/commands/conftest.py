"""What the tests of several commands read."""

from __future__ import annotations

from pathlib import Path

import pytest

STORY = "Chile offered Peru a new border treaty on Monday.\n\nPeru rejected the offer, its foreign minister said.\n"


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A short page on disk."""
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return str(path)
