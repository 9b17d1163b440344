"""One JSON file with a list in it, written an item a line, so that a ledger of any size fits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


def write_list(path: Path, head: Mapping[str, Any], key: str, items: Iterable[Any]) -> None:
    """Write the members of ``head`` and, as the last member ``key``, the list of ``items``."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.write("{\n" + "".join(f"{_dumped(name)}: {_dumped(value)},\n" for name, value in head.items()))
        file.write(f"{_dumped(key)}: [")
        for number, item in enumerate(items):
            file.write((",\n" if number else "\n") + _dumped(item))
        file.write("\n]\n}\n")


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without those that are missing: None, and lists with nothing in them."""
    return {key: value for key, value in values.items() if value is not None and value != []}
