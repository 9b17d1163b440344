"""Small files that exports write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON that a person can read; a lone surrogate is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    path.write_bytes((text + "\n").encode("utf-8", "backslashreplace"))
