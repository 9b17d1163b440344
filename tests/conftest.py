"""What tests share: the data beside the repository, where it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def shared_folder() -> Path:
    """Where the gold pages lie: beside the repository, or where COMMUNIQUE_SHARED says."""
    return Path(os.environ.get("COMMUNIQUE_SHARED") or ROOT.parent / "shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold pages; a test that needs it is skipped where it is absent."""
    folder = shared_folder()
    if not folder.is_dir():
        pytest.skip(f"needs the gold pages, which are not in {folder}")
    return folder
