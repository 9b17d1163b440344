"""Gold pages: what people coded, and the file each page is in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class GoldError(Exception):
    """Raised where a gold file, or a page of it, cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One page of a gold file: its name, its coded values, and the path of its text."""

    doc: str
    values: Mapping[str, Any]
    path: Path


def read_documents(path: Path) -> dict[str, dict[str, Any]]:
    """Documents with their events, by name, from JSON Lines. Raises GoldError."""
    found: dict[str, dict[str, Any]] = {}
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            document = _document(line, f"{path}:{number}")
            found[document["doc"]] = document
    return found


def _document(line: str, where: str) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except ValueError as error:
        raise GoldError(f"{where}: no JSON: {error}") from error
    if not isinstance(document, dict) or "doc" not in document or not isinstance(document.get("events"), list):
        raise GoldError(f'{where}: expected an object with "doc" and a list of "events"')
    return document


def read_gold(path: Path, folder: Path) -> list[GoldPage]:
    """The pages of a gold file, each with the path of its text below ``folder``. Raises GoldError.

    The text is the file named by ``text_file``, or else one called after ``doc``.
    """
    return [GoldPage(doc, values, _text(folder, values)) for doc, values in read_documents(path).items()]


def _text(folder: Path, values: Mapping[str, Any]) -> Path:
    names = [values["text_file"]] if values.get("text_file") else [f"{values['doc']}.txt", f"{values['doc']}.html"]
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise GoldError(f"{folder / names[0]}: missing, the text of {values['doc']}")
